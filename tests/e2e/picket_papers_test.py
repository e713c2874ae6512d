"""Papers of a picket as PDFs and pages, and check-in by QR: QR codes are read by zbar, words by pdftotext, pages by Chromium with axe-core."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest
import urllib.parse

import browser
import harness
from strike_world import BALLOT, BRANCH, TRUST, WALKOUT, StrikeWorldTest


PICTURES = os.environ.get("WALKOUT_PICTURES")  # a folder for a person to look at: PDFs, and pages as Chromium shows them


class Words(str):
    """Of a PDF, compared without blanks: pdftotext takes kerning for one."""

    def __contains__(self, words):
        return re.sub(r"\s", "", words) in re.sub(r"\s", "", self)


def words_of(pdf):
    return Words(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True, timeout=60).stdout)


def codes_in(pdf):
    """What the QR codes on a PDF's pages say, read off a picture of it as a camera would."""
    subprocess.run(["pdftoppm", "-r", "110", "-png", pdf, pdf.with_suffix("")], check=True, timeout=60)
    pictures = sorted(pdf.parent.glob(pdf.stem + "-*.png"))
    done = subprocess.run(["zbarimg", "--quiet", "--raw", *pictures], capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines()


class PicketPapersTest(StrikeWorldTest):
    def test_papers_of_a_picket_and_check_in_by_qr(self):
        self.chairs = {"M0001": "Member 1", "M0002": "Member 2"}  # co-chairs are members too: one of them asks for an exemption
        self.world_ = world = self.called(self.chairs)
        self.plan(world)
        self.papers(world)
        self.exemption_of_a_co_chair(world)
        self.reminders(world)
        self.check_in_by_qr(world)
        self.a_roster_of_another_server(world)
        self.pages_in_a_browser(world)

    def plan(self, world):
        ada = world.person("M0001")
        site = ada.json("picket", "site", "add", WALKOUT, "--public", "--name", "Headquarters", "--address", "Andover Road, Winchester", "--employer", TRUST,
                        "--workplace", "Andover Road", "--latitude", "51.07", "--longitude", "-1.32", "--notes", "Toilets in the library")["number"]
        ada.run("picket", "entrance", "add", WALKOUT, "--site", site, "--name", "Main gate", "--hours", "08:00-18:00")
        self.posts = ada.json("picket", "template", "noon-to-noon", WALKOUT)["posts"]
        ada.run("picket", "post", "change", WALKOUT, "--number", self.posts[0], "--organiser", "M0003")
        for number in ("M0003", "M0004", "M0005"):
            world.sign_in(number)
            world.person(number).run("picket", "sign-up", self.posts[0])
        ada.run("picket", "publish", WALKOUT)

    def pdf(self, person, *words):
        file = person.home / (words[-1] if words[-1].isalpha() else words[1])
        file = file.with_suffix(".pdf")
        person.run(*words, "--format", "pdf", "-o", file)
        if PICTURES:
            shutil.copy(file, PICTURES)
        return file

    def papers(self, world):
        ada = world.person("M0001")
        rota = words_of(self.pdf(ada, "picket", "rota", WALKOUT, "--sheet", "rota"))
        for words in ("Picket rota: Hampshire", "REHEARSAL", "Headquarters", "Main gate", f"Post {self.posts[0]}", "organiser: Member 3", "Member 4 M0004", "2 more needed",
                      "Toilets in the library", "Published at"):
            self.assertIn(words, rota)
        authority = words_of(self.pdf(ada, "picket", "rota", WALKOUT, "--sheet", "authority"))
        self.assertIn("Member 3 is in charge of this picket for the union.", authority)
        self.assertNotIn("s.220A", authority, "no supervisor is required since 18 February 2026")
        self.assertIn("Police: officers, numbers, reference", words_of(self.pdf(ada, "picket", "rota", WALKOUT, "--sheet", "incident")))
        poster = self.pdf(ada, "picket", "rota", WALKOUT, "--sheet", "poster")
        self.assertNotRegex(words_of(poster), r"Member \d|M0\d\d\d")
        address, = codes_in(poster)
        self.assertTrue(address.startswith(world.url + "/strike/"), address)
        status, _, page = world.request("GET", urllib.parse.urlparse(address).path)
        self.assertEqual((status, b"Andover Road, Winchester" in page), (200, True), "the poster's code leads to the walkout's page")
        figures = ada.json("picket", "rota", WALKOUT, "--format", "json")
        self.assertEqual([person["member"] for person in figures["sites"][0]["entrances"][0]["posts"][0]["people"]], ["M0003", "M0004", "M0005"])
        self.assert_refused(4, "role", world.person("M0003").run, "picket", "rota", WALKOUT)
        self.papers_in_welsh(world)

    def papers_in_welsh(self, world):
        """Statutory words stay the Act's; everything else that we say is said in Welsh."""
        ada = world.person("M0001")
        for sheet, words in (("rota", ("Rota picedu: Hampshire", "YMARFER", "11:45\u201313:00, dydd Mercher 13 Ionawr 2027", "trefnydd: Member 3", "Cyhoeddwyd: ",
                                       "Nifer y bobl sydd eu hangen o hyd: 2")),
                             ("authority", ("Trefnydd y llinell biced: Member 3", "Yn gyfrifol am y llinell biced hon", "peacefully persuade people not to work")),
                             ("incident", ("Taflen ddigwyddiadau: Hampshire", "Beth ddigwyddodd", "Yr heddlu: swyddogion, rhifau, cyfeirnod")),
                             ("poster", ("dydd Mercher 13 Ionawr 2027", TRUST))):
            file = ada.home / f"{sheet}-cy.pdf"
            ada.run("--lang", "cy", "picket", "rota", WALKOUT, "--sheet", sheet, "--format", "pdf", "-o", file)
            said = words_of(file)
            for part in words:
                self.assertIn(part, said)
            self.assertNotRegex(said, r"REHEARSAL|Wednesday|Picket ")
        address, = codes_in(ada.home / "poster-cy.pdf")
        status, _, page = world.request("GET", address.removeprefix(world.url))
        self.assertEqual(status, 200)
        for part in ('<html lang="cy">', "Streic yw hon.", "Aelodau&#39;r undeb" if "&#39;" in page.decode() else "Aelodau'r undeb", ">English</a>"):
            self.assertIn(part, page.decode())

    def exemption_of_a_co_chair(self, world):
        """One of two co-chairs cannot decide about their own work, and the other is only one person: the general secretary is the second."""
        ada, ben, gs = world.person("M0001"), world.person("M0002"), world.person("gs")
        own = ben.json("exemption", "request", WALKOUT, "--work", "approved premises, night cover", "--from", "2027-01-13T20:00", "--to", "2027-01-14T08:00",
                       "--reason", "no relief can be found")["number"]
        other = ada.json("exemption", "request", WALKOUT, "--member", "M0006", "--work", "duty desk", "--from", "2027-01-13T12:00", "--to",
                         "2027-01-13T18:00", "--reason", "life and limb", "--requested-by", TRUST)["number"]
        self.assert_refused(4, "their own", ben.run, "exemption", "grant", own, "--reason", "I must")
        ada.run("exemption", "grant", own, "--reason", "agreed")
        self.assertEqual([one["number"] for one in gs.json("exemption", "list", WALKOUT, "--branch", BRANCH)["exemptions"]], [own],
                         "the general secretary sees what the branch cannot decide, and nothing else")
        self.assert_refused(1, "no exemption", gs.run, "exemption", "grant", other, "--reason", "why not")
        self.assertEqual(gs.json("exemption", "grant", own, "--reason", "confirmed with the Trust")["state"], "granted")
        ben.run("exemption", "refuse", other, "--reason", "the Trust has managers for it")
        listed = ada.run("exemption", "list", WALKOUT).stdout
        for words in ("night cover", "granted", "duty desk", "refused", "Member 2 refuses: the Trust has managers for it"):
            self.assertIn(words, listed)
        self.assert_refused(4, "", world.person("M0004").run, "exemption", "list", WALKOUT, "--branch", BRANCH)
        letter = words_of(self.pdf(ben, "exemption", "letter", str(own)))
        for words in ("Member 2", "approved premises, night cover", "they are not breaking the strike", "Gwen Secretary", "confirmed with the Trust"):
            self.assertIn(words, letter)
        self.own = own

    def reminders(self, world):
        told = lambda: sorted(mail["To"].strip("<>") for mail in harness.mails(world.outbox).values() if "Reminder" in (mail["Subject"] or ""))  # noqa: E731
        world.set_clock("2027-01-12T09:59:00Z")
        world.person("M0005").run("picket", "cancel", self.posts[0])
        self.assertEqual(told(), [], "not before ten in the morning")
        world.set_clock("2027-01-12T10:00:00Z")
        until = time.monotonic() + 30
        while len(told()) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(told(), ["m0003@members.example", "m0004@members.example"], "who is on it, and not who has cancelled")
        mail = next(harness.text_of(mail) for mail in harness.mails(world.outbox).values() if "Reminder" in (mail["Subject"] or ""))
        self.assertIn("Toilets in the library", mail)
        self.assertIn(f"walkout picket cancel {self.posts[0]}, before 11:45pm on Tuesday 12 January 2027", mail)

    def check_in_by_qr(self, world):
        organiser, member = world.person("M0003"), world.person("M0004")
        world.set_clock("2027-01-13T11:40:00Z")
        post = self.posts[0]
        organiser.run("picket", "roster", WALKOUT)
        mine, = codes_in(self.pdf(member, "picket", "pass", str(post)))
        own, = codes_in(self.pdf(organiser, "picket", "pass", str(post)))
        self.assert_refused(1, "not signed up", world.person("M0005").run, "picket", "pass", post)
        world.stop()  # no signal: what scans is believed under the board's key alone
        forged = mine.replace("M0004", "M0005")
        scanned = organiser.run("picket", "check-in", post, "--offline", "--scan", "-", given=f"{mine}\n{forged}\nhttps://example.org\n\n{own}\r\n", allow=(1,))
        for words in ("Noted: Member 4", "The pass of M0005 was not signed by the server", "not a picket pass", "Noted: Member 3"):
            self.assertIn(words, scanned.stderr)
        self.assertIn("2 lines wait", scanned.stdout)
        elsewhere = organiser.file("codes", mine + "\n")
        self.assert_refused(1, "No roster", organiser.run, "picket", "check-in", 999, "--scan", elsewhere)
        other = organiser.run("picket", "check-in", self.posts[1], "--offline", "--scan", elsewhere, allow=(1,))
        self.assertIn(f"is for post {post}", other.stderr)
        world.start()
        organiser.run("picket", "merge")
        states = {one["number"]: one["state"] for one in organiser.json("picket", "attendance", WALKOUT, "--branch", BRANCH)["people"] if one["post"] == post}
        self.assertEqual(states, {"M0003": "there", "M0004": "there"})
        for number in ("M0099", "Z1"):  # a list does not tell who is in the union
            organiser.run("picket", "check-in", post, "--offline", "--walked-up", "--member", number)
        refused = organiser.run("picket", "merge", allow=(7,)).stdout
        self.assertEqual(len(re.findall("No member of Hampshire, and nobody on this post", refused)), 2)
        organiser.run("picket", "check-in", post, "--left", "--member", "M0004")  # a line that was refused keeps no other waiting
        copy = organiser.home / "dropped.json"
        dropped = organiser.run("picket", "merge", "--drop", copy).stdout
        self.assertIn(f"Dropped 2, with a copy in {copy}", dropped)
        for number in ("M0099", "Z1"):
            self.assertIn(f"post {post}, {number}, arrived", dropped)
        self.assertEqual([waits["line"]["member"] for waits in json.loads(copy.read_text())["lines"]], ["M0099", "Z1"])
        self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
        self.assertEqual(organiser.run("picket", "merge").stdout, "The server has taken 0 lines.\n")
        organiser.run("picket", "check-in", post, "--offline", "--walked-up", "--member", "Z1")
        self.assert_refused(7, "already", organiser.run, "picket", "merge", "--drop", copy)
        organiser.run("picket", "merge", "--drop", organiser.home / "dropped-too.json")

    def a_roster_of_another_server(self, world):
        """Whoever hands over a roster signed with a key of their own is not believed, and neither is one whose words were changed."""
        organiser = world.person("M0003")
        file, = (organiser.home / "state/walkout/pickets").glob("*.roster.json")
        genuine = json.loads(file.read_text())
        key = organiser.home / "theirs.key"  # never leaves the temporary folder
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
        message = organiser.file("message", "walkout-roster|" + genuine["roster"])
        signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", message], check=True, capture_output=True).stdout
        public = subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout[-32:]
        forged = organiser.file("forged.json", json.dumps({**genuine, "signature": signature.hex(), "board_key": public.hex()}))
        self.assert_refused(3, "is signed by the board key", organiser.run, "picket", "check-in", self.posts[0], "--roster", forged)
        changed = organiser.file("changed.json", json.dumps({**genuine, "roster": genuine["roster"].replace("Member 4", "Member 9")}))
        self.assert_refused(3, "not as the server signed it", organiser.run, "picket", "check-in", self.posts[0], "--roster", changed)
        stranger = world.person("M0007")  # a device that has never talked to the server
        self.assert_refused(1, "never been given the board key", stranger.run, "picket", "check-in", self.posts[0], "--roster", file)
        self.assertIn("Member 4", organiser.run("picket", "check-in", self.posts[0], "--roster", file).stdout)

    # ---- pages ----

    def pages_in_a_browser(self, world):
        if lacking := browser.missing():
            if os.environ.get("CI"):
                self.fail(f"not installed: {lacking}")
            self.skipTest(f"not installed: {lacking}")
        chromium = browser.Browser()
        self.addCleanup(chromium.close)
        gs = world.person("gs")
        gs.run("notice", "serve", BALLOT, "--kind", "result", "--employer", TRUST, "--mail", "hr@trust.example")
        notice, code = self.notice_to(world, "hr@trust.example")
        pages = {name: world.url + path for name, path in {"walkouts": "/strike", "walkout": f"/strike/{WALKOUT}", "no walkout": "/strike/other",
                                                           "result": f"/results/{BALLOT}", "notice": notice}.items()}
        for name, page in self.printed(world).items():
            pages[name] = page.as_uri()
        for name, url in pages.items():
            with self.subTest(page=name):
                self.check_page(chromium, url)
        gs.run("strike", "suspend", WALKOUT, "--reason", "Talks at ACAS")
        with self.subTest(page="suspended"):
            self.check_page(chromium, pages["walkout"])
            self.assertIn("SUSPENDED", chromium.run("return document.title"))
            self.assertIn("Go to work as normal", chromium.run("return document.body.innerText"))
        with self.subTest(page="acknowledged"):
            self.acknowledge(chromium, pages["notice"], code)

    def notice_to(self, world, address):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for mail in harness.mails(world.outbox).values():
                if address in mail["To"]:
                    text = harness.text_of(mail)
                    return urllib.parse.urlparse(re.search(r"https://\S+", text)[0]).path, re.search(r"with this code: (\S+)", text)[1]
            time.sleep(0.05)
        self.fail(f"no mail for {address}")

    def printed(self, world):
        """What a co-chair or a member saves to print."""
        ada, ben, member = world.person("M0001"), world.person("M0002"), world.person("M0004")
        saved = {}
        for person, name, words in ((ada, "rota", ("picket", "rota", WALKOUT)), (ada, "authority", ("picket", "rota", WALKOUT, "--sheet", "authority")),
                                    (ada, "incident", ("picket", "rota", WALKOUT, "--sheet", "incident")),
                                    (ada, "poster", ("picket", "rota", WALKOUT, "--sheet", "poster")), (member, "pass", ("picket", "pass", self.posts[0])),
                                    (ben, "letter", ("exemption", "letter", self.own))):
            saved[name] = person.home / f"{name}.html"
            person.run(*words, "-o", saved[name])
        return saved

    def check_page(self, chromium, url):
        for width in (320, 1280):
            chromium.open(url, width=width)
            self.assertEqual(chromium.run("return innerWidth"), width)
            self.assertLessEqual(chromium.run("return document.documentElement.scrollWidth"), width, "nothing is cut off or needs scrolling sideways")
            self.assertEqual(chromium.run("return document.scripts.length"), 0)
            self.assertEqual(chromium.violations(), {})
            self.assertEqual([line for line in chromium.said() if "favicon" not in line and "404" not in line], [])
            if PICTURES:
                chromium.picture(pathlib.Path(PICTURES) / f"{re.sub('[^a-z]+', '-', url)}-{width}.png")

    def acknowledge(self, chromium, url, code):
        """As a person does it: type the code and a name, press the button; a wrong code first."""
        for attempt, words in (("1111-1111-1111", "code"), (code, "acknowledged this notice")):
            chromium.open(url)
            for field, value in (("code", attempt), ("name", "H. Resources, director")):
                chromium.type(f"#{field}", value)
            chromium.press("button")
            self.assertIn(words, chromium.run("return document.body.innerText"))
            self.assertEqual(chromium.violations(), {})


if __name__ == "__main__":
    unittest.main()
