"""A process that dies costs the case that it was at, not those after it.

REQUIRES: numpy
RUN: env PYTHONPATH=%ditto_src DITTO_BENCHMARK_LOCK=%t.lock DITTO_BENCHMARK_WORK=%t \
RUN:   %python %s
"""

import unittest

from benchmark import driver, paths

REQUEST = {
    "quick": False,
    "threads": 1,
    "rounds": 1,
    "budget": 0.1,
    "modes": ["warm"],
    "contenders": "^numpy$",
}


class Death(unittest.TestCase):
    def test_case_is_lost(self):
        paths.WORK.mkdir(parents=True, exist_ok=True)
        results, said = driver.Results(), []
        names = ["bytes_4096_f32", "no_such_case", "bytes_8192_f32"]
        driver.measure_cases(REQUEST, names, results, said.append)
        measured = [row["case"] for row in results.rows if row["contender"] == "numpy"]
        self.assertEqual(measured, ["bytes_4096_f32", "bytes_8192_f32"])
        self.assertIn("the process died", results.absent["all, in no_such_case"])


unittest.main()
