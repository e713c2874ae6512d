"""A ballot that is closed before its time, and what the files of the server keep of who voted when."""

import time
import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"


class ClosingTest(harness.WorldTest):
    def test_two_people_close_a_ballot_early_and_it_is_counted_on_that_day(self):
        world = self.world(clock="2013-09-02T08:00:00Z").begin()
        world.import_register(members(12, EMPLOYER))
        held = plan("early", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        codes = world.open(held, [EMPLOYER])
        world.cast("early", codes, {f"M{n:04}": ("yes", "no") for n in range(1, 9)})
        place, election = world.election("early")
        late = {"ballot": election.ballot(codes["m0009@members.example"], "yes", "yes"), "member_number": "M0009"}

        world.set_clock("2013-10-10T12:00:00Z")
        world.approve("early", "close", "gs")
        self.assertEqual(world.get("/api/v1/ballots/early")["phase"], "open", "one signature closes nothing")
        world.cast("early", codes, {"M0010": ("no", "yes")})
        world.approve("early", "close", "scrutineer")
        self.assertEqual(world.get("/api/v1/ballots/early")["phase"], "closed")
        status, problem = world.post(f"/api/v1/constituencies/{place}/votes", late)
        self.assertEqual((status, problem["type"]), (409, "/problems/ballot_closed"))

        self.assert_refused(5, "--closed-early", world.count, "early", ["scrutineer"])
        for number in harness.TRUSTEES[:2]:  # who have heard of it, and verify the two signatures
            trustee = world.person(number)
            trustee.run("trustee", "decrypt", "early", "--closed-early", "--passphrase-file", trustee.home / "passphrase")
        result = world.declare("early")
        constituency, = result["constituencies"]
        strike, short = constituency["questions"]
        self.assertEqual((constituency["entitled"], constituency["cast"]), (12, 9))
        self.assertEqual((strike["yes"], strike["no"], short["yes"], short["no"]), (8, 1, 1, 8))
        self.assertTrue(strike["supported"])
        self.assertEqual(strike["mandate"]["last_day"], "2013-11-06", "four weeks beginning with 10 October, the date of the ballot")
        archive, = world.archives("early")
        world.person("anyone").run("archive", "verify", archive)
        self.assertIn("whole", world.walkoutd("check").stdout)

    def test_once_a_batch_is_published_the_log_and_the_waiting_rows_that_show_its_order_are_gone(self):
        world = self.world(clock="2013-09-02T08:00:00Z").begin()
        world.import_register(members(60, EMPLOYER))
        codes = world.open(plan("traces", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"]), [EMPLOYER])
        trackers = sorted(world.cast("traces", codes, {f"M{n:04}": ("yes", "no") for n in range(1, 13)}).values())
        log = world.folder / "walkout.db-wal"
        in_log = lambda: [tracker for tracker in trackers if tracker.encode() in log.read_bytes()]  # noqa: E731
        self.assertTrue(in_log(), "the log keeps what was cast until the batch: otherwise this test proves nothing")
        world.set_clock("2013-09-30T14:00:00Z")
        self.assertEqual(world.recorded("SELECT count(*) FROM published_ballot"), [(12,)])
        until = time.monotonic() + 30
        while in_log() and time.monotonic() < until:
            time.sleep(0.1)
        self.assertEqual(in_log(), [])
        self.assertEqual(world.recorded("SELECT count(*) FROM waiting_ballot"), [(0,)])
        for line in (world.folder / "walkoutd.log").read_text().splitlines():
            self.assertNotIn("/votes", line)


if __name__ == "__main__":
    unittest.main()
