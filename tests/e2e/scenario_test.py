"""The scenario of product.md, small: a rehearsal of autumn 2013 from the register to the picket, every step by the person whose step it is."""

import subprocess
import unittest

import harness
from harness import members, plan

HAMPSHIRE, DORSET = "Hampshire Probation Trust", "Dorset Probation Trust"
BALLOT, WALKOUT = "probation-2013", "nov-2013"


class ScenarioTest(harness.WorldTest):
    def test_from_the_register_to_a_verified_count_a_walkout_and_a_published_picket(self):
        world = self.world(clock="2013-09-02T08:00:00Z")
        world.begin({"chair-a": ("Ada Chair", "co_chair", "Hampshire"), "chair-b": ("Ben Chair", "co_chair", "Hampshire")})
        self.register(world)
        self.plan_freeze_and_notify(world)
        codes = self.keys_and_codes(world)
        self.vote(world, codes)
        self.count(world)
        self.verify(world)
        self.walk_out(world)
        self.picket(world)
        self.assertIn("whole", world.walkoutd("check").stdout)

    def register(self, world):
        rows = members(20, HAMPSHIRE) + members(6, DORSET, branch="Dorset", workplace="Bournemouth", first=21)
        report = world.import_register(rows)
        self.assertEqual((report["rows"], report["added"], report["rejected"]), (26, 26, 0))
        again = world.import_register(rows)
        self.assertEqual((again["added"], again["changed"], again["unchanged"]), (0, 0, 26), "the same file again is no change")

    def plan_freeze_and_notify(self, world):
        gs = world.person("gs")
        draft = plan(BALLOT, "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"], second_factor="sign_in")
        world.plan(draft)
        for shown in (gs.run("ballot", "show", BALLOT), gs.run("ballot", "timetable", BALLOT)):
            self.assertIn("REHEARSAL", shown.stdout)
        self.assertIn("it would not be lawful to vote by this method: online", gs.run("ballot", "show", BALLOT).stdout, "every paper says that online voting was not lawful then")
        self.assert_refused(7, "cut-off", gs.run, "ballot", "freeze", BALLOT)
        world.set_clock("2013-09-11T08:00:00Z")
        gs.run("ballot", "freeze", BALLOT)
        world.set_clock("2013-09-25T08:00:00Z")
        world.receipts(BALLOT, (HAMPSHIRE, DORSET), "ballot", "2013-09-20")
        world.receipts(BALLOT, (HAMPSHIRE, DORSET), "sample", "2013-09-24")

    def keys_and_codes(self, world):
        world.ceremony(BALLOT)
        world.make_codes(BALLOT)
        scrutineer, gs = world.person("scrutineer"), world.person("gs")
        world.set_clock("2013-09-29T18:00:00Z")  # a signature waits for three days, unless its maker says otherwise
        world.record_method(BALLOT)
        world.approve(BALLOT, "open", "scrutineer")
        self.assert_refused(7, "already", scrutineer.run, "ballot", "approve", BALLOT, "open", "--yes")
        gs.run("ballot", "approve", BALLOT, "open", "--yes")
        world.set_clock("2013-09-30T08:00:00Z")  # 9:00 in London
        codes = world.send_codes(BALLOT)
        self.assertEqual(len(codes), 26)
        self.assertEqual(len(set(codes.values())), 26)
        return codes

    def vote(self, world, codes):
        """14 vote, of 26: twice yes-yes, and so on; one returns a blank paper."""
        answers = [("yes", "yes")] * 10 + [("no", "yes")] * 2 + [("no", "no"), ("blank", "blank")]
        for n, answer in enumerate(answers, 1):
            number = f"M{n:04}"
            world.sign_in(number)
            told = world.vote(BALLOT, number, codes[f"m{n:04}@members.example"], *answer)
            self.assertIn("REHEARSAL", told.stdout + told.stderr)
        self.assert_refused(7, "already", world.vote, BALLOT, "M0001", codes["m0001@members.example"], "no", "no")
        world.sign_in("M0015")
        self.assert_refused(5, "", world.vote, BALLOT, "M0015", codes["m0016@members.example"], "yes", "yes")  # another member's code
        world.set_clock("2013-10-18T10:59:00Z")
        world.vote(BALLOT, "M0015", codes["m0015@members.example"], "yes", "yes")  # in the last minute
        world.set_clock("2013-10-18T11:00:00Z")  # 12 noon in London
        world.sign_in("M0016")
        self.assert_refused(5, "closed", world.vote, BALLOT, "M0016", codes["m0016@members.example"], "yes", "yes")

    def count(self, world):
        world.count(BALLOT)
        result = world.declare(BALLOT)
        constituency, = result["constituencies"]
        self.assertEqual((constituency["entitled"], constituency["cast"]), (26, 15))
        strike, short = constituency["questions"]
        self.assertEqual((strike["yes"], strike["no"], strike["spoiled"]), (11, 3, 1))
        self.assertEqual((short["yes"], short["no"], short["spoiled"]), (13, 1, 1))
        self.assertTrue(strike["supported"])
        self.assertEqual(strike["mandate"]["last_day"], "2013-11-14", "four weeks beginning with 18 October")
        for number in ("M0001", "M0015"):
            receipts = world.person(number).json("receipt", "list")["receipts"]
            self.assertEqual(len(receipts), 1)
            world.person(number).run("receipt", "check", receipts[0]["tracker"])

    def verify(self, world):
        archive, = world.archives(BALLOT)
        anyone = world.person("anyone")
        self.assertIn("REHEARSAL", anyone.run("archive", "verify", archive).stdout)
        altered = anyone.home / "altered.bel"
        content = bytearray(archive.read_bytes())
        content[len(content) // 2] ^= 1
        altered.write_bytes(content)
        self.assert_refused(3, "", anyone.run, "archive", "verify", altered)
        self.assertEqual(subprocess.run([harness.ROOT / "tests/support/audit-archive", archive], capture_output=True, timeout=300).returncode, 0)

    def walk_out(self, world):
        gs = world.person("gs")
        call = ("strike", "call", "--id", WALKOUT, "--ballot", BALLOT, "--noon", "2013-11-05")
        self.assert_refused(1, "notice", gs.run, *call)
        world.set_clock("2013-10-29T09:00:00Z")
        world.receipts(BALLOT, (HAMPSHIRE, DORSET), "result", "2013-10-21")
        world.receipts(BALLOT, (HAMPSHIRE, DORSET), "action", "2013-10-29", "--action", "strike", "--first-day", "2013-11-05", "--last-day", "2013-11-06")
        late = ("strike", "call", "--id", "too-soon", "--ballot", BALLOT, "--noon", "2013-11-04")
        self.assert_refused(1, "7", gs.run, *late)
        called = gs.json(*call)
        self.assertEqual(called["elapsed_minutes"], 24 * 60)
        self.assertIn("12 noon on Tuesday 5 November 2013", called["words"])
        anyone = world.person("anyone")
        self.assertIn("walk out at 12 noon on Tuesday", anyone.run("strike", "covers", WALKOUT, "--date", "2013-11-05", "--start", "09:00", "--end", "17:00").stdout)
        calendar = anyone.run("strike", "ics", WALKOUT).stdout
        self.check_calendar(calendar)

    def check_calendar(self, text):
        import icalendar  # python3-icalendar: a program that is not ours
        event, = icalendar.Calendar.from_ical(text).walk("VEVENT")
        self.assertEqual((event.decoded("DTEND") - event.decoded("DTSTART")).total_seconds(), 24 * 3600)
        self.assertTrue(list(icalendar.Calendar.from_ical(text).walk("VTIMEZONE")))

    def picket(self, world):
        ada, ben = world.person("chair-a"), world.person("chair-b")
        site = ada.json("picket", "site", "add", WALKOUT, "--public", "--name", "Andover Road headquarters",
                        "--address", "Andover Road, Winchester", "--latitude", "51.07", "--longitude", "-1.32")["number"]
        self.assertIn("Andover Road headquarters", str(world.get(f"/api/v1/walkouts/{WALKOUT}/sites.geojson")))
        entrance = ada.json("picket", "entrance", "add", WALKOUT, "--site", site, "--name", "Main gate")["number"]
        post = ben.json("picket", "post", "add", WALKOUT, "--entrance", entrance, "--role", "walkout", "--from", "2013-11-05T12:00", "--to", "2013-11-05T14:00",
                        "--places", 2)["number"]
        ada.json("picket", "post", "add", WALKOUT, "--entrance", entrance, "--role", "arrivals", "--from", "2013-11-06T07:30", "--to", "2013-11-06T09:30")
        for number in ("M0001", "M0002"):
            world.person(number).run("picket", "sign-up", post)
        self.assert_refused(7, "full", world.person("M0003").run, "picket", "sign-up", post)


if __name__ == "__main__":
    unittest.main()
