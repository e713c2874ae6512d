#!/usr/bin/python3
"""Runs the end-to-end tests and ends with the line "N passed, N failed".

    tests/e2e/run.py [--bin build/dev/bin] [NAME...]     NAME: a module (scenario_test) or part of a test's name
"""

import argparse
import os
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def tests_in(suite):
    for item in suite:
        yield from tests_in(item) if isinstance(item, unittest.TestSuite) else (item,)


class Told(unittest.TextTestResult):
    """One line a test, with its time."""

    def startTest(self, test):
        self.began = time.monotonic()
        unittest.TestResult.startTest(self, test)

    def _line(self, test, verdict):
        name = test.id().replace("_test", "", 1).split(".")
        self.stream.writeln(f"{verdict:5} {time.monotonic() - self.began:6.1f} s  {name[0]}: {name[-1].removeprefix('test_').replace('_', ' ')}")
        self.stream.flush()

    def addSuccess(self, test):
        self._line(test, "ok")

    def addFailure(self, test, error):
        unittest.TestResult.addFailure(self, test, error)
        self._line(test, "FAIL")

    def addError(self, test, error):
        unittest.TestResult.addError(self, test, error)
        self._line(test, "ERROR")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/dev/bin", help="folder with walkout and walkoutd")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    folder = pathlib.Path(given.bin).resolve()
    for program in ("walkout", "walkoutd"):
        if not (folder / program).exists():
            sys.exit(f"{folder / program} is missing: build it first")
    os.environ["WALKOUT_BIN"] = str(folder)
    sys.path.insert(0, str(HERE))
    found = tests_in(unittest.defaultTestLoader.discover(str(HERE), pattern="*_test.py"))
    chosen = [test for test in found if not given.names or any(name in test.id() for name in given.names)]
    result = unittest.TextTestRunner(resultclass=Told, verbosity=0, stream=sys.stdout).run(unittest.TestSuite(chosen))
    bad = len({test.id() for test, _ in result.failures + result.errors})
    print(f"{max(0, result.testsRun - bad)} passed, {bad} failed")
    return 1 if bad or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
