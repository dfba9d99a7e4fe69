"""Who is missing is named, who is wrong is not timed, who is right has a time.

REQUIRES: numpy
RUN: env PYTHONPATH=%ditto_src DITTO_BENCHMARK_LOCK=%t.lock %python %s
"""

import sys
import types
import unittest

import numpy

from benchmark import contenders
from benchmark.cases.copies import Interleave
from benchmark.contenders.contender import Contender, Prepared, Skip
from benchmark.worker import Worker


class Missing(Contender):
    name = "missing"
    needs = ("numpy", "no_such_module.part")


class Right(Contender):
    name = "right"

    def copies(self, case, mode):
        if mode.fresh:
            return {"repeat": lambda: Prepared(case.reference, lambda r: r)}
        return {"into": lambda: Prepared(lambda: self.fill(case), lambda _: case.out)}

    def fill(self, case):
        case.out[...] = case.reference()


class Wrong(Contender):
    name = "wrong"

    def copies(self, case, mode):
        def set_up():
            return Prepared(lambda: numpy.tile(case.x, (1, 2)), lambda r: r)

        def refuse():
            raise Skip("not on a Tuesday")

        def do_nothing():
            return Prepared(lambda: None, lambda _: case.out)

        return {"tile": set_up, "refused": refuse, "nothing": do_nothing}


class RunOneCase(unittest.TestCase):
    def setUp(self):
        fakes = types.ModuleType("benchmark.contenders.fakes")
        fakes.Missing, fakes.Right, fakes.Wrong = Missing, Right, Wrong
        sys.modules[fakes.__name__] = fakes
        contenders.CONTENDERS = {
            cls.name: ("fakes", cls.__name__) for cls in (Missing, Right, Wrong)
        }
        self.messages = []
        request = {
            "quick": False,
            "threads": 1,
            "rounds": 3,
            "budget": 1,
            "modes": ["warm", "fresh"],
            "contenders": "",
        }
        worker = Worker(request, self.messages.append)
        worker.run(Interleave("small", "small", (2, 3), "f32", 1, 2))
        self.rows = {
            (m["contender"], m["spelling"], m["mode"]): m
            for m in self.messages
            if "contender" in m
        }

    def test_missing(self):
        absent = [m for m in self.messages if "absent" in m]
        self.assertEqual(
            absent, [{"absent": "missing", "reason": "not there: no_such_module.part"}]
        )

    def test_right(self):
        for key in (("right", "into", "warm"), ("right", "repeat", "fresh")):
            row = self.rows[key]
            self.assertEqual(row["error"], 0)
            self.assertGreater(row["median"], 0)
            self.assertGreaterEqual(row["median"], row["min"])

    def test_wrong(self):
        row = self.rows["wrong", "tile", "fresh"]
        self.assertIn("expected equal bits", row["skipped"])
        self.assertNotIn("median", row)

    def test_nothing_written(self):
        """What another contender wrote does not count."""
        row = self.rows["wrong", "nothing", "warm"]
        self.assertIn("expected equal bits", row["skipped"])

    def test_refused(self):
        self.assertEqual(
            self.rows["wrong", "refused", "warm"]["skipped"], "not on a Tuesday"
        )


unittest.main()
