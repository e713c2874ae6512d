"""A co-chair plans a picket in a few commands: look-ups, an organiser for an entrance, a poster for each site, and the same sites for the next walkout."""

import subprocess
import time
import unittest

import harness
from picket_papers_test import codes_in, words_of
from strike_world import BALLOT, BRANCH, TRUST, WALKOUT, StrikeWorldTest

LATER = "feb-2027"


class PicketPlanTest(StrikeWorldTest):
    def test_a_picket_is_planned_in_a_few_commands_and_its_sites_serve_the_next_walkout(self):
        self.world_ = world = self.called({"M0001": "Member 1", "M0002": "Member 2"})
        ada = world.person("M0001")
        self.look_ups(world, ada)
        self.sites(ada)
        self.organisers(world, ada)
        self.reasons_and_hours(ada)
        self.papers(ada)
        self.next_walkout(world, ada)

    def signed_in(self, world, number):
        world.sign_in(number)
        return world.person(number)

    def look_ups(self, world, ada):
        self.assertEqual([one["workplace"] for one in ada.json("picket", "workplaces")["workplaces"]], ["Andover Road"])
        self.assertIn(f'--employer "{TRUST}" --workplace "Andover Road"', ada.run("picket", "workplaces").stdout)
        found = ada.json("picket", "members", "member 3")["members"]
        self.assertEqual([one["number"] for one in found], ["M0003"])
        self.assert_refused(1, "Two letters", ada.run, "picket", "members", "m")
        self.assert_refused(4, "", self.signed_in(world, "M0003").run, "picket", "members", "member", "--branch", BRANCH)
        self.assert_refused(1, f"The nearest: Andover Road of {TRUST}.", ada.run, "picket", "site", "add", WALKOUT, "--name", "HQ", "--address", "Winchester",
                            "--employer", TRUST, "--workplace", "Andover Raod")

    def sites(self, ada):
        site = ada.json("picket", "site", "add", WALKOUT, "--public", "--name", "Headquarters", "--address", "Andover Road, Winchester", "--employer", TRUST,
                        "--workplace", "Andover Road")["number"]
        station = ada.json("picket", "site", "add", WALKOUT, "--public", "--name", "Station", "--address", "Station Road, Winchester")["number"]
        ada.run("picket", "site", "add", WALKOUT, "--public", "--name", "Crown Court", "--address", "Winchester")
        self.gate = ada.json("picket", "entrance", "add", WALKOUT, "--site", site, "--name", "Main gate", "--hours", "24h")["number"]
        ada.run("picket", "entrance", "add", WALKOUT, "--site", station, "--name", "Forecourt", "--hours", "06:00-01:00", "--days", "mon-wed")
        ada.run("picket", "template", "noon-to-noon", WALKOUT)
        plan = ada.json("picket", "plan", WALKOUT)
        self.posts = {site["name"]: site["entrances"][0]["posts"] for site in plan["sites"] if site["entrances"]}
        self.assertEqual([post["role"] for post in self.posts["Headquarters"]], ["walkout", "late", "night", "night", "arrivals", "return"])
        self.assertEqual([post["role"] for post in self.posts["Station"]], ["walkout"], "closed on Thursdays")
        self.assertIn("open 06:00 to 01:00 mon tue wed", ada.run("picket", "plan", WALKOUT).stdout)
        gaps = ada.run("picket", "gaps", WALKOUT).stdout
        self.assertIn("Crown Court has no entrance yet", gaps)
        self.assertIn("Headquarters (Main gate), 7am to 10am on Thursday 14 January 2027, has no organiser.", gaps)

    def organisers(self, world, ada):
        member = world.person("M0003")
        said = ada.run("picket", "organiser", WALKOUT, "--entrance", self.gate, "--member", "M0003").stdout
        self.assertIn("M0003 is in charge of post", said)
        self.assertIn("still needs somebody: they would not have 8 hours of rest", said)
        told = lambda: [harness.text_of(mail) for mail in harness.mails(world.outbox).values() if "in charge of a picket" in (mail["Subject"] or "")]  # noqa: E731
        until = time.monotonic() + 30
        while not told() and time.monotonic() < until:
            time.sleep(0.05)
        mail, = told()
        self.assertIn("11:45am to 1pm on Wednesday 13 January 2027, Headquarters", mail)
        listed = member.run("picket", "list").stdout
        self.assertIn("You are in charge of:", listed)
        station = self.posts["Station"][0]["number"]
        self.assert_refused(7, "on another post at that time, or in charge of one", ada.run, "picket", "post", "change", WALKOUT, "--number", station,
                            "--organiser", "M0003")
        self.assert_refused(7, "", member.run, "picket", "sign-up", station)
        night = [post["number"] for post in self.posts["Headquarters"] if post["role"] == "night"]
        self.signed_in(world, "M0004").run("picket", "sign-up", night[0])
        self.signed_in(world, "M0005").run("picket", "reserve", WALKOUT)
        self.assert_refused(1, "Headquarters (Main gate), 10pm on Wednesday 13 January 2027", ada.run, "picket", "publish", WALKOUT)
        self.assertEqual([one["post"] for one in ada.json("picket", "fill", WALKOUT)["placed"]], [night[0]], "first whoever stands alone at night")

    def reasons_and_hours(self, ada):
        add = ("picket", "post", "add", WALKOUT, "--entrance", self.gate)
        self.assert_refused(1, "nothing but spaces", ada.run, *add, "--from", "2027-01-13T13:00", "--to", "2027-01-13T14:00", "--places", 7,
                            "--over-six-reason", " ")
        self.assert_refused(1, "nothing but spaces", ada.run, "picket", "assign", self.posts["Headquarters"][0]["number"], "--member", "M0006",
                            "--elsewhere-reason", " \u00a0 ")
        self.assert_refused(1, "not held during the action", ada.run, *add, "--from", "2027-01-13T07:00", "--to", "2027-01-13T08:00")
        number = ada.json(*add, "--from", "2027-01-13T20:00", "--to", "2027-01-13T21:00")["number"]
        plan = ada.json("picket", "plan", WALKOUT)
        self.assertEqual([post["role"] for site in plan["sites"] for gate in site["entrances"] for post in gate["posts"] if post["number"] == number], ["late"])

    def papers(self, ada):
        ada.run("picket", "contact", WALKOUT, "--is", "Ada Bell, 07700 900123")
        paper = lambda sheet: ada.home / f"{sheet}.pdf"  # noqa: E731
        for sheet in ("rota", "authority", "incident", "poster"):
            ada.run("picket", "rota", WALKOUT, "--sheet", sheet, "--format", "pdf", "-o", paper(sheet))
        for sheet in ("rota", "authority", "incident"):
            self.assertIn("In case of need: Ada Bell, 07700 900123", words_of(paper(sheet)))
        card = words_of(paper("authority"))
        for words in ("Member 3 is in charge", "(Main gate)", f"Authorised by: the co-chairs of {BRANCH}", "For the union (name, office, signature, date)"):
            self.assertIn(words, card)
        pages = subprocess.run(["pdfinfo", paper("poster")], capture_output=True, text=True, check=True, timeout=60).stdout
        self.assertRegex(pages, r"Pages: +2\b", "a page for each public site that has posts")
        self.assertEqual(len(codes_in(paper("poster"))), 2, "with a code on each")
        poster = words_of(paper("poster"))
        for words in ("Official picket", "Strike: ", "Please do not cross this picket line.", "Station, Station Road", "Called by:", "Scan for who is called"):
            self.assertIn(words, poster)
        self.assertNotIn("Crown Court", poster)
        self.assertNotIn("07700", poster, "a poster hangs where everybody reads it")

    def next_walkout(self, world, ada):
        world.person("gs").run("strike", "call", "--id", LATER, "--ballot", BALLOT, "--noon", "2027-02-10")
        copied = ada.json("picket", "copy", LATER, "--from", WALKOUT)
        self.assertEqual((copied["sites"], copied["entrances"]), (3, 2))
        self.assertIn("Nothing of that plan is missing", ada.run("picket", "copy", LATER, "--from", WALKOUT).stdout)
        ada.run("picket", "template", "noon-to-noon", LATER)
        later = ada.json("picket", "plan", LATER)
        self.assertEqual([site["name"] for site in later["sites"]], ["Headquarters", "Station", "Crown Court"])
        self.assertFalse(any("organiser" in post for site in later["sites"] for gate in site["entrances"] for post in gate["posts"]))


if __name__ == "__main__":
    unittest.main()
