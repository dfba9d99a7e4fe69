"""One process that checks and times cases: reads a request, writes a line per row.

A crash of a library takes only this process down; the driver starts another one.
"""

import json
import os
import re
import sys
import time

from . import cases, contenders, machine, timing
from .checking import WrongResult, check
from .contenders.contender import Skip

REASON_LENGTH = 160


def explain(error):
    text = " ".join(str(error).split())[:REASON_LENGTH]
    expected = isinstance(error, (Skip, WrongResult, RuntimeError))
    return text if expected and text else f"{type(error).__name__}: {text}"


class Worker:
    def __init__(self, request, write):
        self.request, self.write = request, write
        self.threads = request["threads"]
        self.contenders = list(self.available(re.compile(request["contenders"])))
        self.evict = None

    def available(self, wanted):
        for name in contenders.CONTENDERS:
            if not wanted.search(name) and name != "bound":
                continue
            try:
                contender = contenders.create(name, self.threads)
                missing = contender.missing()
                if self.request["quick"] and not contender.quick:
                    raise Skip("not in a quick run")
                if missing:
                    raise Skip(f"not there: {missing}")
                contender.prepare_library()
                yield contender
            except Exception as error:
                self.write({"absent": name, "reason": explain(error)})

    def run(self, case):
        start = time.monotonic()
        case.load()
        reference = case.reference()
        prepared, kind = {}, None
        for mode in case.modes:
            if mode.name not in self.request["modes"]:
                continue
            if kind is None or kind != mode.fresh:
                prepared, kind = self.prepare(case, mode, reference), mode.fresh
            self.time(case, mode, prepared)
        case.unload()
        self.write({"done": case.name, "seconds": round(time.monotonic() - start, 1)})

    def row(self, case, mode, contender, spelling, **more):
        self.write(
            {
                **case.describe(),
                "mode": mode.name,
                "threads": self.threads,
                "contender": contender.name,
                "role": contender.role,
                "spelling": spelling,
                **more,
            }
        )

    def prepare(self, case, mode, reference):
        """What was compiled and computed the right result."""
        result = {}
        for contender in self.contenders:
            for spelling, set_up in contender.spellings(case, mode).items():
                try:
                    ready = set_up()
                    case.spoil_result()  # else it would be the last contender's
                    value = ready.run()
                    error = None
                    if ready.result:
                        error = check(case, reference, ready.result(value))
                    del value
                    result[contender, spelling] = (ready, error)
                except Exception as failure:
                    self.row(case, mode, contender, spelling, skipped=explain(failure))
        return result

    def time(self, case, mode, prepared):
        if mode.cold and self.evict is None:
            self.evict = timing.evictor(machine.last_level_cache())
        summaries = timing.measure(
            {key: ready.run for key, (ready, _) in prepared.items()},
            self.threads,
            self.request["rounds"],
            self.request["budget"],
            self.evict if mode.cold else None,
        )
        for (contender, spelling), summary in summaries.items():
            ready, error = prepared[contender, spelling]
            self.row(
                case, mode, contender, spelling, error=error, note=ready.note, **summary
            )


def main():
    request = json.load(sys.stdin)
    # Libraries print what they like; the rows go where nothing else does.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def write(row):
        print(json.dumps(row), file=out, flush=True)

    worker = Worker(request, write)
    for name in request["cases"]:
        write({"begin": name})
        worker.run(cases.by_name(name))
    out.flush()
    os._exit(0)  # the threads of some libraries do not end by themselves


if __name__ == "__main__":
    main()
