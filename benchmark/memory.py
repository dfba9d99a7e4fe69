"""The most memory that computing a case takes beyond its inputs.

Each spelling of each contender has a process of its own. What its library allocates once
and what compiling takes is not counted: a smaller case of the same kind runs before. The
system's high-water mark of the process is reset before each run.
"""

import json
import os
import sys

from . import contenders
from .cases.attention import Attention
from .cases.case import WARM
from .worker import explain

SMALL = Attention("memory_small", keys=256)


def case_for(keys):
    return Attention(f"memory_{keys}", keys=keys)


def status(field):
    """A field of /proc/self/status in bytes."""
    with open("/proc/self/status") as lines:
        line = next(line for line in lines if line.startswith(field + ":"))
    return int(line.split()[1]) * 1024


def reset_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def spellings(threads):
    """The contenders that are there and their spellings."""
    for name in contenders.CONTENDERS:
        try:
            contender = contenders.create(name, threads)
            if contender.role == "bound" or contender.missing():
                continue
            SMALL.load()
            contender.prepare_library()
            for spelling in contender.spellings(SMALL, WARM):
                yield name, spelling
        except Exception:
            continue


def set_up(contender, case, spelling):
    case.load()
    return contender.spellings(case, WARM)[spelling]()


def measure(name, spelling, keys, threads):
    contender = contenders.create(name, threads)
    contender.prepare_library()
    small = set_up(contender, SMALL, spelling)
    for _ in range(2):
        small.run()
    ready = set_up(contender, case_for(keys), spelling)
    peaks = []
    reset_peak()
    before = status("VmRSS")
    for _ in range(2):
        result = ready.run()
        peaks.append(status("VmHWM") - before)
        del result
        reset_peak()
    return {"first": peaks[0], "later": peaks[1], "retained": status("VmRSS") - before}


def main():
    request = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    if "contender" not in request:
        answer = list(spellings(request["threads"]))
    else:
        try:
            answer = measure(
                request["contender"],
                request["spelling"],
                request["keys"],
                request["threads"],
            )
        except Exception as error:
            answer = {"skipped": explain(error)}
    print(json.dumps(answer), file=out, flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
