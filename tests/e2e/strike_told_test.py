"""Who is told what of a walkout, and a picket through the night in which an hour comes twice, over TLS."""

import datetime
import time

import calendars
import harness
from strike_world import BALLOT, BRANCH, TRUST, WALKOUT, StrikeWorldTest

AUTUMN = "autumn"


def utc(text):
    return int(datetime.datetime.fromisoformat(text + "+00:00").timestamp())


class StrikeToldTest(StrikeWorldTest):
    def test_from_the_call_to_the_night_in_which_an_hour_comes_twice(self):
        world = self.called({"chair-a": "Ada Chair", "chair-b": "Ben Chair"})
        self.everyone_called_is_told(world)
        self.an_exemption_is_asked_granted_and_withdrawn(world)
        self.a_suspension_reaches_who_runs_the_picket(world)
        self.the_repeated_hour(world)

    def mails(self, world, subject, expected):
        """{address: text} of the mails with this in their subject."""
        until = time.monotonic() + 20
        while True:
            found = [(mail["To"].strip("<>"), harness.text_of(mail)) for mail in harness.mails(world.outbox).values() if subject in (mail["Subject"] or "")]
            if len(found) >= expected or time.monotonic() > until:
                self.assertEqual(len(found), expected, f"{subject}: {[who for who, _ in found]}")
                self.assertEqual(len(dict(found)), len(found), "each person once")
                return dict(found)
            time.sleep(0.05)

    def plan(self, chair, walkout, hours):
        site = chair.json("picket", "site", "add", walkout, "--name", "Headquarters", "--address", "Andover Road, Winchester", "--employer", TRUST,
                          "--workplace", "Andover Road")["number"]
        gate = chair.json("picket", "entrance", "add", walkout, "--site", site, "--name", "Main gate", "--hours", hours)["number"]
        return site, gate

    def everyone_called_is_told(self, world):
        told = self.mails(world, "Strike called", 22)
        self.assertIn("You are called", told["m0001@members.example"])
        self.assertIn("Plan its picket", told["chair-a@officials.example"])

    # ---- exemptions ----

    def an_exemption_is_asked_granted_and_withdrawn(self, world):
        ada, ben, member = world.person("chair-a"), world.person("chair-b"), world.person("M0005")
        site, gate = self.plan(ada, WALKOUT, "08:00-18:00")
        self.post = ada.json("picket", "post", "add", WALKOUT, "--entrance", gate, "--from", "2027-01-13T12:00", "--to", "2027-01-13T13:00", "--organiser",
                             "M0003")["number"]
        world.sign_in("M0005")
        member.run("picket", "sign-up", self.post)
        address = member.run("picket", "calendar").stdout
        self.assertIn("/calendar/", address)
        self.assertIn("--renew", self.assert_refused(7, "calendar_exists", member.run, "picket", "calendar").words, "the address on the phone stays")
        self.assertNotIn(address.split("\n")[0], member.run("picket", "calendar", "--renew").stdout)
        asked = member.json("exemption", "request", WALKOUT, "--work", "duty desk", "--from", "2027-01-13T12:00", "--to", "2027-01-13T18:00", "--reason",
                            "Life and limb")["number"]
        for text in self.mails(world, "Please decide", 2).values():
            self.assertIn("duty desk", text)
            self.assertNotIn("Life and limb", text, "the reason is read where one signs in")
        ada.run("exemption", "grant", asked, "--reason", "Agreed")
        ben.run("exemption", "grant", asked, "--reason", "Agreed")
        self.assertIn("no longer on the picket", self.mails(world, "You are exempt", 1)["m0005@members.example"])
        self.assertEqual(set(self.mails(world, "Somebody has left the picket", 3)),
                         {"chair-a@officials.example", "chair-b@officials.example", "m0003@members.example"})
        self.assertIn("duty desk", member.run("exemption", "letter", asked).stdout)
        self.assert_refused(4, "", member.run, "exemption", "withdraw", asked, "--reason", "I like to strike")
        ben.run("exemption", "withdraw", asked, "--reason", "Relief was found")
        self.assertIn("Relief was found", self.mails(world, "WITHDRAWN", 1)["m0005@members.example"])
        self.assert_refused(7, "withdrawn", member.run, "exemption", "letter", asked)
        self.assert_refused(7, "withdrawn", ada.run, "exemption", "withdraw", asked, "--reason", "Twice")
        self.assertIn("withdrawn by Ben Chair: Relief was found", member.run("exemption", "show", WALKOUT).stdout)
        self.assertIn("Strike", member.run("strike", "covers", WALKOUT, "--date", "2027-01-13", "--start", "12:00", "--end", "18:00").stdout)
        member.run("picket", "sign-up", self.post)

    # ---- suspension ----

    def a_suspension_reaches_who_runs_the_picket(self, world):
        ada, gs, member = world.person("chair-a"), world.person("gs"), world.person("M0005")
        agreed = ("--employer", TRUST, "--agreed-by", "H. Resources, director", "--suspended-from", "2026-10-14", "--evidence", "letter signed by both")
        gs.run("strike", "agreement", "add", WALKOUT, "--made-on", "2026-10-13", "--resumes-on", "2026-10-15", *agreed)
        world.set_clock("2026-10-14T09:00:00Z")
        gs.run("strike", "suspend", WALKOUT, "--reason", "Talks")
        told = self.mails(world, "SUSPENDED", 22)
        self.assertIn("in charge of 12 noon to 1pm", told["m0003@members.example"])
        self.assertIn("the picket plan of Hampshire", told["chair-b@officials.example"])
        self.assertIn("12 noon to 1pm", told["m0005@members.example"])
        for command in (("picket", "plan", WALKOUT), ("picket", "gaps", WALKOUT), ("picket", "list", WALKOUT)):
            self.assertTrue((member if command[1] == "list" else ada).run(*command).stdout.startswith("REHEARSAL"), command)
            self.assertIn("SUSPENDED: go to work as normal. Talks", (member if command[1] == "list" else ada).run(*command).stdout, command)
        self.assertNotIn("Sign up with", member.run("picket", "list", WALKOUT).stdout)
        self.assert_refused(5, "suspended", ada.run, "picket", "publish", WALKOUT)
        ada.run("picket", "post", "change", WALKOUT, "--number", self.post, "--to", "2027-01-13T13:30")
        changed = self.mails(world, "Your place on the picket has changed", 1)["m0005@members.example"]
        self.assertTrue(changed.lstrip().replace("REHEARSAL", "").find("SUSPENDED") < changed.find("It is now"), changed)
        self.assertIn("SUSPENDED", ada.run("picket", "rota", WALKOUT, "--sheet", "authority").stdout.upper())
        gs.run("strike", "end", WALKOUT, "--reason", "Agreement")
        self.assertNotIn("Sign up with", member.run("picket", "list", WALKOUT).stdout)
        self.assertIn("ENDED", member.run("picket", "list", WALKOUT).stdout)

    # ---- the night of 24 to 25 October 2026 ----

    def the_repeated_hour(self, world):
        ada, ben, gs = world.person("chair-a"), world.person("chair-b"), world.person("gs")
        gs.run("strike", "call", "--id", AUTUMN, "--ballot", BALLOT, "--noon", "2026-10-24")
        site, gate = self.plan(ada, AUTUMN, "24h")
        ada.run("picket", "template", "noon-to-noon", AUTUMN)
        posts = {post["words"]: post["number"] for post in ada.json("picket", "plan", AUTUMN)["sites"][0]["entrances"][0]["posts"]}
        night = [number for words, number in posts.items() if "(BST)" in words or "(GMT)" in words]
        second = ada.json("picket", "post", "add", AUTUMN, "--entrance", gate, "--role", "night", "--from", "2026-10-25T01:30", "--to", "2026-10-25T01:30",
                          "--to-second", "--needed", 2, "--places", 4, "--over-six-reason", "Hand over")["number"]
        expected = {}
        for number, member in zip([*night, second], ("M0001", "M0002", "M0004")):
            ada.run("picket", "assign", number, "--member", member)
            world.sign_in(member)
            expected[member] = calendars.read(world.person(member).run("picket", "ics").stdout)
        spans = sorted(event[:2] for events in expected.values() for event in events.values())
        self.assertIn((utc("2026-10-25T00:30"), utc("2026-10-25T01:30")), spans, "an hour, from half past one to half past one")
        for first, then in zip(night, night[1:]):
            whole = {words: number for words, number in posts.items() if number in (first, then)}
            self.assertEqual(len(whole), 2)
        ends = {end for _, end in spans if end != utc("2026-10-25T01:30")}
        self.assertTrue(any(start in ends for start, _ in spans), "the relief comes as the ones before leave")

        # On the night: M0003 keeps the list; M0006 signs up when the roster is out already.
        organiser, late = world.person("M0003"), world.person("M0006")
        ada.run("picket", "post", "change", AUTUMN, "--number", second, "--organiser", "M0003")
        world.sign_in("M0003")
        world.sign_in("M0006")
        world.set_clock("2026-10-25T00:20:00Z")
        for person in (organiser, ada):
            person.run("picket", "roster", AUTUMN)
        late.run("picket", "sign-up", second)
        code = late.json("picket", "pass", second, "--format", "json")["code"]
        world.stop()
        scanned = late.file("passes", code + "\n")
        organiser.run("picket", "check-in", second, "--offline", "--scan", scanned, "--at", "2026-10-25T01:31")
        organiser.run("picket", "check-in", second, "--offline", "--member", "m0004", "--at", "2026-10-25T01:32")
        self.assert_refused(1, "left_before_arrival", organiser.run, "picket", "check-in", second, "--offline", "--left", "--member", "M0004", "--at",
                            "2026-10-25T01:05")
        self.assert_refused(1, "bad_time", organiser.run, "picket", "check-in", second, "--offline", "--member", "M0004", "--at", "2026-10-27T01:05")
        organiser.run("picket", "check-in", second, "--offline", "--left", "--member", "M0004", "--at", "2026-10-25T01:10", "--at-second")
        listed = organiser.run("picket", "check-in", second, "--offline").stdout
        self.assertIn("left 1:10am (GMT)", listed)
        self.assertIn("arrived 1:31am (BST)", listed)
        organiser.run("picket", "incident", "add", AUTUMN, "--site", site, "--at", "2026-10-25T01:05", "--at-second", "--words", "A member was arrested",
                      "--offline")
        organiser.run("picket", "incident", "add", AUTUMN, "--site", site, "--at", "2026-10-25T01:40", "--words", "A van stopped in the gate")
        self.assert_refused(1, "NOT kept", organiser.run, "picket", "incident", "add", AUTUMN, "--site", 999, "--at", "2026-10-25T01:40", "--words", "Where?")
        self.assert_refused(6, "", organiser.run, "picket", "merge")
        world.start()
        world.set_clock("2026-10-25T01:15:00Z")
        self.assertIn("3 lines. And 2 incident notes.", organiser.run("picket", "merge").stdout + organiser.run("picket", "merge").stderr)
        self.assertEqual(world.recorded("SELECT count(*) FROM picket_incident"), [(2,)], "once each")
        self.assertIn("2026-10-25T01:05 (GMT)", ada.run("picket", "incident", "list", AUTUMN).stdout)
        for person in (organiser, ada):
            listed = person.run("picket", "check-in", second).stdout
            self.assertIn("arrived 1:31am (BST)", listed, "after the merge, and on the other organiser's device")
            self.assertIn("left 1:10am (GMT)", listed)
        minutes = {person["number"]: (person["state"], person["minutes"]) for person in ada.json("picket", "attendance", AUTUMN)["people"]
                   if person["post"] == second}
        self.assertEqual(minutes["M0006"], ("there", 44), "from 1:31 BST to 1:15 GMT, which it is; nothing that is to come")
        self.assertEqual(minutes["M0004"], ("came", 38))
        counted = gs.run("picket", "headcount", AUTUMN).stdout
        self.assertIn("2026-10-25T01:00 (BST)", counted)
        self.assertIn("2026-10-25T01:00 (GMT)", counted)
        self.assertNotIn("02:00", counted)
        self.assertIn("2026-10-25T01:30 BST,2026-10-25T01:30 GMT", ada.run("picket", "export", AUTUMN, "--purpose", "strike pay").stdout)
        self.assert_refused(7, "post_attended", ada.run, "picket", "post", "change", AUTUMN, "--number", second, "--from", "2026-10-25T04:00", "--to",
                            "2026-10-25T05:00")
        world.set_clock("2026-10-25T13:00:00Z")
        self.assert_refused(7, "was over at 12 noon", gs.run, "strike", "suspend", AUTUMN, "--reason", "Late")
        self.assertIn("was removed from this device", organiser.run("logout").stderr)
        self.assertEqual(list((organiser.home / "state/walkout/pickets").iterdir()), [], "no names stay")


if __name__ == "__main__":
    import unittest
    unittest.main()
