#!/usr/bin/python3
"""Every test that deploy/threat-model.md names exists. There a test is quoted as `target: its name`, of a doctest target (casting_tests: ...) or an
end-to-end module (kill_test: ...), and a source file by its path.

    tests/lint/check_threat_model.py ROOT
    tests/lint/check_threat_model.py --self-test
"""

import pathlib
import re
import sys

TEST = re.compile(r"`(\w+_tests?): ([^`]+)`")
SOURCE = re.compile(r"`((?:tests|server|shared|client|deploy)/[\w./-]+\.\w+)`")


def targets(root):
    """Of each doctest target the names of its cases; of each end-to-end module those of its tests."""
    known = {}
    for listing in root.glob("tests/**/CMakeLists.txt"):
        for target, sources in re.findall(r"walkout_test\((\w+)\s+SOURCES\s+([^)]*?)\s+USES", listing.read_text()):
            files = [listing.parent / source for source in sources.split() if source.endswith(".cpp")]
            known[target] = {name for file in files if file.exists() for name in re.findall(r'TEST_CASE(?:_FIXTURE)?\([^"]*"([^"]+)"', file.read_text())}
    for module in root.glob("tests/e2e/*_test.py"):
        known[module.stem] = {name.replace("_", " ") for name in re.findall(r"def test_(\w+)\(", module.read_text())}
    return known


def faults(text, known, exists):
    for number, line in enumerate(text.splitlines(), 1):
        for target, name in TEST.findall(line):
            if target not in known:
                yield f"{number}: there is no test target {target}"
            elif name not in known[target]:
                yield f'{number}: {target} has no test "{name}"'
        for path in SOURCE.findall(line):
            if not exists(path):
                yield f"{number}: there is no {path}"


def check(root):
    page = root / "deploy" / "threat-model.md"
    known = targets(root)
    found = list(faults(page.read_text(), known, lambda path: (root / path).exists()))
    for fault in found:
        print(f"deploy/threat-model.md:{fault}")
    quoted = len(TEST.findall(page.read_text()))
    print(f"{len(found)} findings" if found else f"threat model: all {quoted} tests it names exist")
    return 1 if found or not quoted else 0


def self_test():
    known = {"a_tests": {"good is kept"}, "b_test": {"bad is refused"}}
    cases = (("`a_tests: good is kept` and `b_test: bad is refused`", 0), ("`a_tests: good is gone`", 1), ("`c_tests: good is kept`", 1), ("`tests/none.py`", 1))
    for text, expected in cases:
        if len(list(faults(text, known, lambda path: False))) != expected:
            print(f"wrong verdict on {text}")
            return 1
    print(f"{len(cases)} cases: the rule bites")
    return 0


if __name__ == "__main__":
    sys.exit(self_test() if sys.argv[1:] == ["--self-test"] else check(pathlib.Path(sys.argv[1]).resolve()))
