#!/usr/bin/python3
"""Runs the end-to-end tests and ends with the line "N passed, N failed".

    tests/e2e/run.py [--bin build/dev/bin] [NAME...]     NAME: a module (scenario_test) or part of a test's name
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def all_tests():
    sys.path.insert(0, str(HERE))
    return tests_in(unittest.defaultTestLoader.discover(str(HERE), pattern="*_test.py"))


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


def run_here(names):
    chosen = [test for test in all_tests() if not names or any(name in test.id() for name in names)]
    result = unittest.TextTestRunner(resultclass=Told, verbosity=0, stream=sys.stdout).run(unittest.TestSuite(chosen))
    bad = len({test.id() for test, _ in result.failures + result.errors})
    return max(0, result.testsRun - bad), bad


def run_class(name):
    """A class of tests in a process of its own: (its output, passed, failed)."""
    done = subprocess.run([sys.executable, __file__, "--jobs", "1", name], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    *said, last = done.stdout.splitlines() or [""]
    counts = re.fullmatch(r"(\d+) passed, (\d+) failed", last)
    return ("\n".join(said), int(counts[1]), int(counts[2])) if counts else (done.stdout, 0, 1)


def run_side_by_side(names, jobs):
    classes = sorted({test.id().rpartition(".")[0] for test in all_tests() if not names or any(name in test.id() for name in names)})
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for ended in concurrent.futures.as_completed([pool.submit(run_class, name) for name in classes]):
            said, good, bad = ended.result()
            shown = [line for line in said.splitlines() if bad or line.startswith("ok ")]
            print("\n".join(shown), flush=True)
            passed, failed = passed + good, failed + bad
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.environ.get("WALKOUT_BIN", "build/dev/bin"), help="folder with walkout, walkoutd and walkout-crowd")
    parser.add_argument("--jobs", type=int, default=2, help="how many classes of tests run side by side")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    folder = pathlib.Path(given.bin).resolve()
    for program in ("walkout", "walkoutd", "walkout-crowd"):
        if not (folder / program).exists():
            sys.exit(f"{folder / program} is missing: build it first")
    os.environ["WALKOUT_BIN"] = str(folder)
    passed, failed = run_here(given.names) if given.jobs == 1 or given.names else run_side_by_side(given.names, given.jobs)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
