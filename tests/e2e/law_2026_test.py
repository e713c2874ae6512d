"""Today's law, from 18 February 2026: turnout to the vote, the life of a mandate, and when online voting may be used at all."""

import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
DATES = {"opens": "2026-09-21T09:00", "closes": "2026-10-05T17:00", "cut_off": "2026-09-04"}


class Law2026Test(harness.WorldTest):
    def test_turnout_missed_by_one_vote_gives_no_mandate_and_met_exactly_gives_one(self):
        for returned, supported in ((9, False), (10, True)):
            with self.subTest(returned=returned):
                result = self.hold([("yes", "yes")] * returned)
                self.assertEqual((result["entitled"], result["cast"]), (20, returned))
                for question in result["questions"]:
                    self.assertEqual((question["yes"], question["supported"]), (returned, supported))
                    self.assertEqual("mandate" in question, supported)
                if supported:
                    mandate = result["questions"][0]["mandate"]
                    self.assertEqual((mandate["limit"], mandate["last_day"]), ("expires_end_of", "2027-10-04"), "twelve months beginning with 5 October")
                else:
                    self.assertIn("50", result["questions"][0]["reason"])

    def test_a_spoiled_paper_counts_for_turnout_and_against_the_majority(self):
        """law.md 1.2: five of nine valid votes, but five of ten returned: the strict majority fails, and a warning says that the bases differ."""
        result = self.hold([("yes", "yes")] * 5 + [("no", "yes")] * 4 + [("blank", "yes")])
        strike, short = result["questions"]
        self.assertEqual((result["cast"], strike["yes"], strike["no"], strike["spoiled"]), (10, 5, 4, 1))
        self.assertFalse(strike["supported"])
        self.assertTrue(short["supported"])
        self.assertTrue(result["warnings"])

    def hold(self, votes):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        world.import_register(members(20, EMPLOYER))
        world.person("gs").run("law", "commence", "online", "--from", "2026-08-01", "--instrument", "SI 2026/9999 (invented)")
        held = plan("autumn-2026", DATES["opens"], DATES["closes"], DATES["cut_off"])
        codes = world.open(held, [EMPLOYER])
        world.cast(held["id"], codes, {f"M{n:04}": answers for n, answers in enumerate(votes, 1)})
        constituency, = world.close_and_declare(held)["constituencies"]
        world.stop()
        return constituency

    def test_online_voting_is_refused_before_its_commencement_is_recorded_and_accepted_from_then(self):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        world.import_register(members(20, EMPLOYER))
        held = plan("autumn-2026", DATES["opens"], DATES["closes"], DATES["cut_off"])
        self.assert_refused(1, "online", world.plan, held)
        world.person("gs").run("law", "commence", "online", "--from", "2026-10-01", "--instrument", "SI 2026/9999 (invented)")
        self.assert_refused(1, "2026-10-01", world.plan, held)
        world.plan(plan("winter-2026", "2026-11-02T09:00", "2026-11-16T17:00", DATES["cut_off"]))

    def test_a_real_server_pretends_nothing_and_takes_a_consultative_ballot_online(self):
        world = self.world().begin()
        world.import_register(members(20, EMPLOYER))
        today = harness.datetime.date.today()
        days = {name: (today + harness.datetime.timedelta(days=n)).isoformat() for name, n in (("cut_off", 1), ("opens", 30), ("closes", 45))}
        held = plan("real", days["opens"] + "T09:00", days["closes"] + "T17:00", days["cut_off"])
        self.assert_refused(1, "online", world.plan, held)
        self.assert_refused(1, "rehearsal", world.plan, {**held, "as_if_lawful": ["online"]})
        self.assert_refused(1, "", world.person("gs").run, "clock", "set", "2030-01-01T00:00:00Z")
        world.plan({**held, "statutory": False})
        self.assertNotIn("REHEARSAL", world.person("gs").run("ballot", "show", "real").stdout)


if __name__ == "__main__":
    unittest.main()
