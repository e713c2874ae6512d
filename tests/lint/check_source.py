#!/usr/bin/python3
"""Rules that the compiler does not check: the layering of design.md section 2, the home of each third-party header, the one shape a
coroutine may have, SQL only in the store, no left-overs, no endless lines. Run by ctest as `lint`; prints file:line and the reason.

    tests/lint/check_source.py ROOT          check the tree
    tests/lint/check_source.py --self-test   check that each rule still bites
"""

import pathlib
import re
import sys

# A room may include from itself and from the rooms named here (the whole list on purpose: reading this table is reading the architecture).
PURE = ["shared/base", "shared/crypto", "shared/law", "shared/ballot", "shared/strike", "shared/protocol"]
MAY_INCLUDE = {
    "shared/base": [],
    "shared/crypto": ["shared/base"],
    "shared/law": ["shared/base"],
    "shared/ballot": ["shared/base", "shared/crypto", "shared/law"],
    "shared/strike": ["shared/base", "shared/law", "shared/ballot"],
    "shared/protocol": ["shared/base", "shared/crypto", "shared/ballot"],
    "shared/wire": PURE,
    "server/store": PURE + ["shared/wire"],
    "server/mail": ["shared/base", "shared/wire"],
    "server/documents": ["shared/base", "shared/crypto"],
    "server/service": PURE + ["shared/wire", "server/store"],
    "server/jobs": PURE + ["shared/wire", "server/store", "server/service", "server/mail"],
    "server/http": ["shared/base"],
    "server/api": PURE + ["shared/wire", "server/store", "server/service", "server/documents", "server/jobs", "server/http"],
    "server/app": PURE + ["shared/wire", "server/store", "server/mail", "server/service", "server/documents", "server/jobs", "server/http", "server/api"],
    "server/main.cpp": ["shared/base", "server/app"],
    "client/net": ["shared/base"],
    "client/cli": PURE + ["shared/wire", "client/net"],
    "client/main.cpp": ["shared/base", "client/cli"],
}

# Third-party headers each have one home, so that an upgrade, an audit or a slow compile is confined.
HOMES = {
    "openssl/": ["shared/crypto"],
    "gmp": ["shared/crypto"],
    "sqlite3": ["server/store"],
    "boost/asio": ["server/http", "client/net"],
    "boost/beast": ["server/http", "client/net"],
    "nlohmann/": ["shared/wire", "shared/protocol", "server/documents"],
    "kainjow/": ["server/documents"],
    "cmark": ["server/documents"],
    "pango/": ["server/documents"],
    "cairo": ["server/documents"],
    "date/": ["shared/base"],
    "toml++/": ["server/app", "client/cli"],
    "CLI/": ["server/app", "server/main.cpp", "client/cli", "client/main.cpp"],
    "qrencode": ["server/documents"],
}

# The aim is 140; this is where reading stops being comfortable on any screen.
LONGEST_LINE = 180


def room_of(path):
    return "/".join(path.parts[:2])


def code_of(line):
    return line.split("//")[0]


def layering(path, lines):
    room = room_of(path)
    if path.suffix not in (".cpp", ".hpp") or path.parts[0] == "tests":
        return
    if room not in MAY_INCLUDE:
        yield 1, f"{room} is no room of design.md section 2: add it to the table in tests/lint, or move the file"
        return
    for number, line in enumerate(lines, 1):
        if own := re.match(r'#include "([^"]+)"', line):
            target = "/".join(own[1].split("/")[:2])
            if target.split("/")[0] not in ("shared", "server", "client"):
                yield number, f'"{own[1]}": includes are written from the root'
            elif target != room and target not in MAY_INCLUDE[room]:
                yield number, f"{room} may not depend on {target}"
        if outside := re.match(r"#include <([^>]+)>", line):
            for prefix, homes in HOMES.items():
                if outside[1].startswith(prefix) and room not in homes:
                    yield number, f"<{outside[1]}> belongs in {' or '.join(homes)}"


def json_stays_inside(path, lines):
    """A public header that shows nlohmann/json makes every file that includes it compile it."""
    if path.suffix == ".hpp" and path.parts[0] != "tests" and path.name not in ("codec_impl.hpp", "json.hpp", "strict_json.hpp"):
        for number, line in enumerate(lines, 1):
            if line.startswith("#include <nlohmann/json.hpp>"):
                yield number, "nlohmann/json.hpp in a public header: keep it in .cpp files and the rooms' private headers"


# g++ 12.2 miscompiles co_await in conditions, next to braced lists and next to capturing lambdas (style.md section 0).
GOOD_AWAIT = re.compile(
    r"\s*((\[\[maybe_unused\]\]\s*)?((const\s+)?[\w:]+(<[\w:,\s]*>)?\s+(\w+|\[[\w\s,]+\])|[\w.]+)\s*=\s*)?co_await\s[^{}\[\]]*;")


def coroutines(path, lines):
    if path.suffix not in (".cpp", ".hpp"):
        return
    text = "\n".join(code_of(line) for line in lines)
    for await_at in re.finditer(r"\bco_await\b", text):
        start = max(text.rfind(mark, 0, await_at.start()) for mark in ";{}") + 1
        statement = text[start:text.find(";", await_at.start()) + 1]
        if not GOOD_AWAIT.fullmatch(statement):
            yield (text.count("\n", 0, await_at.start()) + 1,
                   "co_await must be a whole statement or a local's whole initialiser (g++ 12.2 miscompiles the rest)")
    for awaited in re.finditer(r"\bco_return\b[^;]*\{[^;]*\bco_await\b", text):
        yield text.count("\n", 0, awaited.start()) + 1, "await into a local first, then co_return it (g++ 12.2)"


SQL = re.compile(r'"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|TRIGGER)\s|PRAGMA\s|SAVEPOINT\s'
                 r'|BEGIN\s+IMMEDIATE|ROLLBACK"|COMMIT")')


def sql_in_the_store(path, lines):
    if path.suffix in (".cpp", ".hpp") and path.parts[0] != "tests" and room_of(path) != "server/store":
        for number, line in enumerate(lines, 1):
            if SQL.search(line):
                yield number, "SQL belongs in server/store"


# Spelled apart so that this file passes its own rule.
LEFT_OVERS = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK")) + r")\b")


def left_overs(path, lines):
    for number, line in enumerate(lines, 1):
        if LEFT_OVERS.search(line):
            yield number, "a left-over note: do it, or file an issue"


def long_lines(path, lines):
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE and "http" not in line and path.suffix in (".cpp", ".hpp", ".py", ".sql", ""):
            yield number, f"{len(line)} characters; the longest allowed is {LONGEST_LINE}"


RULES = (layering, json_stays_inside, coroutines, sql_in_the_store, left_overs, long_lines)
ROOMS = ("shared", "server", "client", "certs", "tests", "deploy")
DATA = ("tests/vectors", "tests/fuzz/corpus", "tests/support/audit-archive")


def sources(root):
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            relative = path.relative_to(root)
            is_source = path.suffix in (".cpp", ".hpp", ".py", ".sql", ".txt", ".cmake", ".sh") or (path.suffix == "" and path.is_file())
            if is_source and path.is_file() and "__pycache__" not in path.parts and not str(relative).startswith(DATA):
                yield path


def check(root):
    bad = 0
    for path in sources(root):
        lines = path.read_text(errors="replace").splitlines()
        for rule in RULES:
            for number, why in rule(path.relative_to(root), lines):
                print(f"{path.relative_to(root)}:{number}: {why}")
                bad += 1
    print(f"{bad} findings" if bad else "source: all rules kept")
    return 1 if bad else 0


WRONG = (  # each must be found: a rule that cannot fail guards nothing
    (layering, "shared/law/a.cpp", '#include "server/store/sqlite.hpp"'),
    (layering, "server/api/a.cpp", "#include <sqlite3.h>"),
    (layering, "shared/ballot/a.cpp", "#include <openssl/evp.h>"),
    (layering, "server/cellar/a.cpp", ""),
    (json_stays_inside, "shared/wire/a.hpp", "#include <nlohmann/json.hpp>"),
    (coroutines, "server/http/a.cpp", "void f() { if (co_await g()) h(); }"),
    (coroutines, "server/http/a.cpp", "void f() { auto a = co_await g({1, 2}); }"),
    (coroutines, "server/http/a.cpp", "void f() { auto a = co_await g([k]() { return k; }); }"),
    (coroutines, "server/http/a.cpp", "void f() { co_return Row{1, co_await g()}; }"),
    (sql_in_the_store, "server/service/a.cpp", 'tx.prepare("SELECT 1");'),
    (left_overs, "shared/a.cpp", "// TO" "DO later"),
    (long_lines, "shared/base/a.cpp", "x" * (LONGEST_LINE + 1)),
)
RIGHT = (
    (layering, "server/store/a.cpp", '#include "shared/ballot/roll.hpp"'),
    (layering, "server/store/a.cpp", "#include <sqlite3.h>"),
    (coroutines, "server/http/a.cpp", "void f() { co_await g(); }"),
    (coroutines, "server/http/a.cpp", "void f() { const auto [error, size] = co_await g(a, b); }"),
    (sql_in_the_store, "server/store/a.cpp", 'tx.prepare("SELECT 1");'),
    (long_lines, "shared/base/a.cpp", "x" * LONGEST_LINE),
)


def self_test():
    for expected, cases in ((True, WRONG), (False, RIGHT)):
        for rule, path, line in cases:
            found = bool(list(rule(pathlib.Path(path), [line])))
            if found != expected:
                print(f"{rule.__name__} {'misses' if expected else 'refuses'} {path}: {line[:60]}")
                return 1
    print(f"{len(WRONG) + len(RIGHT)} cases: the rules bite")
    return 0


if __name__ == "__main__":
    sys.exit(self_test() if sys.argv[1:] == ["--self-test"] else check(pathlib.Path(sys.argv[1]).resolve()))
