"""Notices to employers: drafted from the frozen roll in the form of their date, sent, acknowledged by a POST only; documents for printing."""

import re
import subprocess
import time
import unittest
import urllib.parse

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
STATEMENT_2013 = ("If you take part in a strike or other industrial action, you may be in breach of your contract of employment. However, if you are "
                  "dismissed for taking part in strike or other industrial action which is called officially and is otherwise lawful, the dismissal will "
                  "be unfair if it takes place fewer than twelve weeks after you started taking part in the action, and depending on the circumstances "
                  "may be unfair if it takes place later.")


def one_line(text):
    return re.sub(r"\s+", " ", text)


def words_of_html(page):
    return one_line(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|title).*?</\1>", "", page))).replace("&quot;", '"').replace("&amp;", "&")


class NoticeTest(harness.WorldTest):
    def in_2013(self):
        world = self.world(clock="2013-09-01T08:00:00Z").begin()
        world.import_register(members(9, EMPLOYER) + [{**row, "workplace": "Kings Worthy", "category": "administrator"} for row in members(3, EMPLOYER, first=10)])
        held = plan("notices", "2013-10-02T09:00", "2013-10-23T12:00", "2013-09-10", as_if_lawful=["online"])
        world.plan(held)
        world.set_clock("2013-09-11T08:00:00Z")
        world.person("gs").run("ballot", "freeze", "notices")
        return world

    def mails_to(self, world, address, count):
        """The words of the mails that have left for an address, once there are so many."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            found = [mail for mail in harness.mails(world.outbox).values() if address in mail["To"]]
            if len(found) >= count:
                return [harness.text_of(mail) for mail in found]
            time.sleep(0.1)
        self.fail(f"no {count} mails for {address}")

    def test_a_notice_of_2013_gives_numbers_by_category_and_workplace_and_its_pdf_says_what_its_page_says(self):
        gs = self.in_2013().person("gs")
        notice = gs.json("notice", "show", "notices", "--kind", "ballot", "--employer", EMPLOYER, "--format", "json")
        self.assertEqual((notice["total"], notice["per_category"], notice["per_workplace"]),
                         (12, [{"name": "administrator", "number": 3}, {"name": "probation officer", "number": 9}],
                          [{"name": "Andover Road", "number": 9}, {"name": "Kings Worthy", "number": 3}]))
        self.assertIn("membership register", notice["explanation"])
        self.assertEqual((notice["opening_day"], notice["received_by"]), ("Wednesday 2 October 2013", "Wednesday 25 September 2013"))

        page = gs.run("notice", "show", "notices", "--kind", "ballot", "--employer", EMPLOYER).stdout
        self.assertNotIn("Member 1", page)  # never a name
        pdf = gs.home / "notice.pdf"
        for again in range(2):
            gs.run("notice", "show", "notices", "--kind", "ballot", "--employer", EMPLOYER, "--format", "pdf", "-o", pdf)
            bytes_now = pdf.read_bytes()
            self.assertEqual(bytes_now, bytes_now if again == 0 else before)
            before = bytes_now
        text = one_line(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True, timeout=60).stdout)
        for words in (EMPLOYER, notice["explanation"], notice["roll_hash"], "Andover Road 9", "REHEARSAL"):
            self.assertIn(words, text)
        foot = "REHEARSAL\u00b7InventedballotnoticesPage1of1"
        self.assertEqual(text.replace(" ", "").removesuffix(foot), words_of_html(page).replace(" ", ""))  # pdftotext takes kerning for a blank

    def test_the_sample_paper_carries_the_statement_of_its_date_word_for_word(self):
        world = self.in_2013()
        for form in ("html", "pdf"):
            file = world.person("anyone").home / f"sample.{form}"
            world.person("anyone").run("document", "sample", "notices", "--format", form, "-o", file)
        self.assertIn(STATEMENT_2013, words_of_html((file.parent / "sample.html").read_text()))
        text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True, timeout=60).stdout
        self.assertIn(STATEMENT_2013, one_line(text))
        timetable = world.person("anyone").run("document", "timetable", "notices").stdout
        self.assertIn("Wednesday 25 September 2013", timetable)

    def test_an_employer_acknowledges_by_pressing_a_button_with_the_code_from_the_mail_and_by_nothing_else(self):
        world = self.in_2013()
        gs = world.person("gs")
        world.set_clock("2013-09-20T10:00:00Z")
        for kind in ("ballot", "sample"):
            gs.run("notice", "serve", "notices", "--kind", kind, "--employer", EMPLOYER, "--mail", "hr@trust.example")
        self.assertEqual([entry["kind"] for entry in gs.json("notice", "served", "notices")["served"]], ["ballot", "sample"])
        mails = self.mails_to(world, "hr@trust.example", 2)
        world.set_clock("2013-09-23T10:00:00Z")
        for mail in mails:
            path = urllib.parse.urlparse(re.search(r"https://\S+", mail)[0]).path
            code = re.search(r"with this code: (\S+)", mail)[1]
            status, headers, page = world.request("GET", path)
            self.assertEqual(status, 200)
            self.assertNotIn(EMPLOYER.encode(), page)  # nothing to whoever has no code
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertEqual(gs.json("notice", "list", "notices")["phase"], "frozen")
            answer = lambda code: world.request("POST", path, urllib.parse.urlencode({"code": code, "name": "H. Resources, director"}).encode(),  # noqa: E731
                                                {"Content-Type": "application/x-www-form-urlencoded"})
            self.assertEqual(answer("1111-1111-1111")[0], 422)
            status, _, page = answer(code)
            self.assertEqual((status, EMPLOYER.encode() in page), (200, True))
            self.assertEqual(answer(code)[0], 200)  # again: the same receipt
        listed = gs.json("notice", "list", "notices")
        self.assertEqual(sorted((r["kind"], r["received_on"], r["recorded_by"]) for r in listed["receipts"]),
                         [(kind, "2013-09-23", "the employer") for kind in ("ballot", "sample")])
        self.assertEqual(listed["phase"], "noticed")

    def test_a_notice_or_receipt_after_the_last_lawful_day_says_so_with_the_earliest_opening_day(self):
        world = self.in_2013()
        gs = world.person("gs")
        world.set_clock("2013-09-26T10:00:00Z")
        late = "it is too late for opening on Wednesday 2 October 2013: the last lawful day was Wednesday 25 September 2013."
        served = " ".join(gs.run("notice", "serve", "notices", "--kind", "ballot", "--employer", EMPLOYER, "--how", "by hand").stdout.split())
        self.assertIn(f"Too late: Sent on Thursday 26 September 2013, {late} Voting could lawfully open on Thursday 3 October 2013", served)
        receipt = ("notice", "receipt", "notices", "--employer", EMPLOYER, "--kind", "ballot", "--evidence", "slip 1", "--received")
        listed = " ".join(gs.run(*receipt, "2013-09-26").stdout.split())
        self.assertIn(f"Too late: Received on Thursday 26 September 2013, {late}", listed)
        gs.run("notice", "receipt", "notices", "--withdraw", "1", "--reason", "The slip says the 25th.")
        world.receipts("notices", [EMPLOYER], "sample", "2013-09-26")
        self.assertEqual(gs.json("notice", "list", "notices")["phase"], "frozen")
        listed = " ".join(gs.run(*receipt, "2013-09-25").stdout.split())
        self.assertIn("counts no more: The slip says the 25th.", listed)
        self.assertIn("The ballot is noticed.", listed)
        self.assert_refused(1, "--withdraw NUMBER", gs.run, "notice", "receipt", "notices", "--kind", "ballot")

    def test_a_notice_of_2026_gives_the_total_only_and_lists_categories_and_workplaces(self):
        world = self.world(clock="2026-09-01T08:00:00Z").begin()
        world.import_register(members(5, EMPLOYER))
        gs = world.person("gs")
        gs.run("law", "commence", "online", "--from", "2026-08-01", "--instrument", "SI 2026/9999 (invented)")
        world.plan(plan("later", "2026-09-21T09:00", "2026-10-05T17:00", "2026-09-04"))
        world.set_clock("2026-09-05T08:00:00Z")
        gs.run("ballot", "freeze", "later")
        notice = gs.json("notice", "show", "later", "--kind", "ballot", "--employer", EMPLOYER, "--format", "json")
        self.assertEqual((notice["total"], notice["categories"], notice["workplaces"], notice["per_category"], "explanation" in notice),
                         (5, ["probation officer"], ["Andover Road"], [], False))


if __name__ == "__main__":
    unittest.main()
