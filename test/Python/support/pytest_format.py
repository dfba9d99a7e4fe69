"""Files of pytest as tests of lit, which counts what is in them by metrics."""

import os
import re
import subprocess

import lit.formats
import lit.Test


class PytestFormat(lit.formats.FileBasedTest):
    def __init__(self, python, environment):
        self.python = python
        self.environment = environment

    def getTestsInDirectory(self, suite, path, config, local_config):
        directory = suite.getSourcePath(path)
        for name in sorted(os.listdir(directory)):
            if name.startswith("test_") and name.endswith(".py"):
                yield lit.Test.Test(suite, path + (name,), local_config)

    def execute(self, test, lit_config):
        if not self.python:
            return lit.Test.UNSUPPORTED, "built without DITTO_ENABLE_PYTHON"
        command = [self.python, "-m", "pytest", "-q", "-rs", "--color=no"]
        command += ["-p", "no:cacheprovider", test.getSourcePath()]
        run = subprocess.run(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        counts = count(run.stdout)
        # 5: every test of the file is skipped or there is none.
        passes = run.returncode == 0 or (run.returncode == 5 and counts["skipped"])
        code = lit.Test.FAIL
        if passes:
            code = lit.Test.PASS if counts["passed"] else lit.Test.UNSUPPORTED
        result = lit.Test.Result(code, run.stdout)
        for name, number in counts.items():
            result.addMetric(name, lit.Test.IntMetricValue(number))
        return result


def count(output):
    """The numbers of pytest's last line: 3 passed, 1 failed, 2 skipped, 1 error in 0.12s."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    names = {"error": "failed", "errors": "failed", "xfailed": "passed", "xpassed": "failed"}
    lines = output.strip().splitlines()
    for number, name in re.findall(r"(\d+) (\w+)", lines[-1] if lines else ""):
        name = names.get(name, name)
        if name in counts:
            counts[name] += int(number)
    return counts
