#!/usr/bin/python3
"""Runs the end-to-end tests, several at a time, and ends with the line "N passed, N failed" and, where some were skipped, ", N skipped".

    tests/e2e/run.py [--bin build/dev/bin] [-j N] [NAME...]     NAME: a module (scenario_test) or part of a test's name
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
        took = time.monotonic() - getattr(self, "began", time.monotonic())
        name = test.id().replace("_test", "", 1).split(".")
        self.stream.writeln(f"{verdict:5} {took:6.1f} s  {name[0]}: {name[-1].removeprefix('test_').replace('_', ' ')}")
        self.stream.flush()

    def addSuccess(self, test):
        self._line(test, "ok")

    def addFailure(self, test, error):
        unittest.TestResult.addFailure(self, test, error)
        self._line(test, "FAIL")

    def addError(self, test, error):
        unittest.TestResult.addError(self, test, error)
        self._line(test, "ERROR")

    def addSkip(self, test, reason):
        unittest.TestResult.addSkip(self, test, reason)
        self._line(test, "skip")
        self.stream.writeln(f"      {reason}")


class Count:
    """What became of tests. One that was skipped has not passed."""

    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def __add__(self, other):
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")

    @staticmethod
    def read(line):
        found = re.fullmatch(r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", line)
        return Count(*(int(n or 0) for n in found.groups())) if found else None


def run_here(names):
    chosen = [test for test in all_tests() if matches(test, names)]
    result = unittest.TextTestRunner(resultclass=Told, verbosity=0, stream=sys.stdout).run(unittest.TestSuite(chosen))
    bad = len({test.id() for test, _ in result.failures + result.errors})
    skipped = len(result.skipped)
    return Count(max(0, result.testsRun - bad - skipped), bad, skipped)


def matches(test, names):
    """A name that begins with "=" is the whole one, of a test or a class."""
    return not names or any((test.id() + ".").startswith(name[1:] + ".") if name.startswith("=") else name in test.id() for name in names)


def unit_of(test):
    """What runs in a process of its own: one test, or all tests of a class that makes its world once for them all."""
    shares_a_world = "setUpClass" in type(test).__dict__
    return test.id().rpartition(".")[0] if shares_a_world else test.id()


def run_unit(name):
    """Returns what it said and its count."""
    done = subprocess.run([sys.executable, __file__, "-j", "1", "=" + name], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    *said, last = done.stdout.splitlines() or [""]
    count = Count.read(last)
    return ("\n".join(said), count) if count else (done.stdout, Count(failed=1))


# What takes longest begins first, so that no processor is left alone with it at the end.
LONGEST = ("published_test", "kill_test", "law_2026_test", "scenario_test", "per_employer_test")


def run_side_by_side(names, jobs):
    units = sorted({unit_of(test) for test in all_tests() if matches(test, names)},
                   key=lambda unit: (LONGEST + (unit.split(".")[0],)).index(unit.split(".")[0]))
    total = Count()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for ended in concurrent.futures.as_completed([pool.submit(run_unit, unit) for unit in units]):
            said, count = ended.result()
            shown = [line for line in said.splitlines() if count.failed or line.startswith(("ok ", "skip ", "      "))]
            print("\n".join(shown), flush=True)
            total += count
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=os.environ.get("WALKOUT_BIN", "build/dev/bin"), help="folder with walkout, walkoutd and walkout-crowd")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="how many run side by side; otherwise as many as there are processors")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    folder = pathlib.Path(given.bin).resolve()
    for program in ("walkout", "walkoutd", "walkout-crowd"):
        if not (folder / program).exists():
            sys.exit(f"{folder / program} is missing: build it first")
    os.environ.setdefault("LSAN_OPTIONS", f"print_suppressions=0:suppressions={HERE.parent / 'support' / 'lsan.supp'}")
    os.environ["WALKOUT_BIN"] = str(folder)
    count = run_here(given.names) if given.jobs == 1 else run_side_by_side(given.names, given.jobs)
    print(count)
    return 1 if count.failed or not count.passed else 0


if __name__ == "__main__":
    sys.exit(main())
