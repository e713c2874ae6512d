"""A mandate of 2026 with a walkout in January 2027, from which the tests of strike day set out."""

import harness
from harness import members, plan

TRUST, BRANCH, BALLOT, WALKOUT = "Hampshire Probation Trust", "Hampshire", "autumn-2026", "jan-2027"


class StrikeWorldTest(harness.WorldTest):
    def mandate(self, world, register):
        """Balloted, counted and declared; eleven of its members have voted."""
        world.import_register(register)
        world.person("gs").run("law", "commence", "online", "--from", "2026-08-01", "--instrument", "SI 2026/9999 (invented)")
        held = plan(BALLOT, "2026-09-21T09:00", "2026-10-05T17:00", "2026-09-04")
        codes = world.open(held, [TRUST])
        world.cast(BALLOT, codes, {f"M{n:04}": ("yes", "yes") for n in range(1, 12)})
        world.close_and_declare(held)

    def called(self, co_chairs):
        """Twenty members, two co-chairs, and a walkout of noon to noon on 13 January 2027."""
        world = self.world(clock="2026-09-01T08:00:00Z")
        world.begin({number: (name, "co_chair", BRANCH) for number, name in co_chairs.items()})
        self.mandate(world, members(20, TRUST, BRANCH, "Andover Road"))
        world.set_clock("2026-10-13T09:00:00Z")
        world.receipts(BALLOT, [TRUST], "result", "2026-10-06")
        world.receipts(BALLOT, [TRUST], "action", "2026-10-13", "--action", "strike", "--first-day", "2026-10-23", "--last-day", "2027-10-05")
        world.person("gs").run("strike", "call", "--id", WALKOUT, "--ballot", BALLOT, "--noon", "2027-01-13")
        return world
