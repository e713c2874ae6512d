"""A ballot per employer: each its own roll, archive, result and mandate."""

import subprocess
import unittest

import harness
from harness import members, plan

PASSES, FAILS = "Hampshire Probation Trust", "Dorset Probation Trust"


class PerEmployerTest(harness.WorldTest):
    def test_one_employer_gives_a_mandate_and_one_misses_it_so_only_one_may_be_called_out(self):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        world.import_register(members(12, PASSES) + members(11, FAILS, branch="Dorset", workplace="Bournemouth", first=13))
        gs = world.person("gs")
        gs.run("law", "commence", "online", "--from", "2026-08-01", "--instrument", "SI 2026/9999 (invented)")
        held = plan("apart", "2026-09-21T09:00", "2026-10-05T17:00", "2026-09-04", constituencies="per_employer", aggregate_ground=None)
        codes = world.open(held, [PASSES, FAILS])
        shown = gs.json("ballot", "show", "apart")["constituencies"]
        self.assertEqual({place["name"]: place["entitled"] for place in shown}, {PASSES: 12, FAILS: 11})
        world.cast("apart", codes, {f"M{n:04}": ("yes", "no") for n in range(1, 7)})   # 6 of 12
        world.cast("apart", codes, {f"M{n:04}": ("yes", "yes") for n in range(13, 18)})  # 5 of 11
        result = {place["name"]: place for place in world.close_and_declare(held)["constituencies"]}

        strike, short = result[PASSES]["questions"]
        self.assertEqual((strike["yes"], strike["supported"], short["yes"], short["supported"]), (6, True, 0, False))
        self.assertIn("mandate", strike)
        self.assertEqual([(q["yes"], q["supported"], "mandate" in q) for q in result[FAILS]["questions"]], [(5, False, False)] * 2)

        archives = world.archives("apart")
        self.assertEqual(len(archives), 2)
        for archive in archives:
            world.person("anyone").run("archive", "verify", archive)
            self.assertEqual(subprocess.run([harness.ROOT / "tests/support/audit-archive", archive], capture_output=True, timeout=300).returncode, 0)

        world.set_clock("2026-10-20T08:00:00Z")
        for employer in (PASSES, FAILS):
            world.receipts("apart", [employer], "result", "2026-10-06")
            world.receipts("apart", [employer], "action", "2026-10-08", "--first-day", "2026-11-03", "--last-day", "2026-11-04")
        called = gs.json("strike", "call", "--id", "nov", "--ballot", "apart", "--noon", "2026-11-03", "--leave-out-unready")
        self.assertEqual([part["employer"] for part in called["called"]], [PASSES])


if __name__ == "__main__":
    unittest.main()
