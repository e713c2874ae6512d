"""The course of a ballot and the scrutineer's report: an outage, voting halted and resumed, an extension by two signatures, and a report that adds up,
is signed, and says the same as page, PDF and JSON."""

import hashlib
import json
import re
import subprocess
import time
import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
ADDRESS = "hr@trust.example"
STATEMENTS = ("that there are no reasonable grounds for believing that there was any contravention of a requirement imposed by or under any enactment in "
              "relation to the ballot",
              "that he has been able to carry out the functions conferred on him under section 226B(1) without any interference from the trade union or "
              "any of its members, officials or employees")
CONFLICT, VERIFICATION_FAILED, NOT_OPEN = 7, 3, 5


def one_line(text):
    return re.sub(r"\s+", " ", text)


def words_of_html(page):
    page = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|title).*?</\1>", "", page))
    for entity, character in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        page = page.replace(entity, character)
    return one_line(page)


class ReportTest(harness.WorldTest):
    def mails_about(self, world, subject, count):
        """The recipients of the mails with this in their subject, once there are so many."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            found = [mail for mail in harness.mails(world.outbox).values() if subject in mail["Subject"]]
            if len(found) >= count:
                return {mail["To"].strip("<>"): harness.text_of(mail) for mail in found}
            time.sleep(0.1)
        self.fail(f"no {count} mails about {subject}")

    def everybody_is_told(self, world, subject):
        """Sixty members, the employer that was served a notice by mail, and the officials who sign: each once. Returns what each was told."""
        signing = {f"{number}@officials.example" for number, (_, role, _) in harness.OFFICIALS.items()
                   if role in ("scrutineer", "general_secretary", "official")}
        told = self.mails_about(world, subject, 61 + len(signing))
        self.assertEqual(set(told), {f"m{n:04}@members.example" for n in range(1, 61)} | {ADDRESS} | signing)
        queued = world.recorded("SELECT count(*) FROM outbox WHERE instr(subject, ?)", subject)
        self.assertEqual(queued, [(len(told),)])
        return told

    def test_an_outage_an_extension_by_two_signatures_and_a_report_that_adds_up(self):
        world = self.world(clock="2013-09-02T08:00:00Z").begin()
        gs, scrutineer = world.person("gs"), world.person("scrutineer")
        world.import_register(members(60, EMPLOYER))
        held = plan("course", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        record_method, world.record_method = world.record_method, lambda ballot: None
        self.assert_refused(CONFLICT, "ballot method course --template", world.open, held, [EMPLOYER])  # no opening by other means than post without a record
        record_method("course")
        world.approve("course", "open")
        world.set_clock("2013-09-30T12:20:00Z")  # far from the hours of publication, which count from the opening
        gs.run("notice", "serve", "course", "--kind", "ballot", "--employer", EMPLOYER, "--mail", ADDRESS)
        codes = world.send_codes("course")
        self.assertIn("Invented answer on secrecy.", world.person("anyone").run("ballot", "method", "course").stdout)
        cast = lambda first, count, *votes: world.cast("course", codes, {f"M{n:04}": votes for n in range(first, first + count)})  # noqa: E731
        cast(1, 12, "yes", "no")

        self.halt_and_resume(world, codes)
        cast(13, 3, "yes", "yes")
        self.extend(world)
        cast(16, 22, "yes", "yes")
        cast(38, 3, "no", "blank")

        world.set_clock("2013-10-25T11:00:00Z")
        self.assert_refused(CONFLICT, "never opened again", scrutineer.run, "ballot", "extend", "course", "--until", "2013-10-28T12:00", "--reason", "too late")
        self.assertIn("Extended by addendum 2 to 2013-10-25T11:00:00Z", gs.run("ballot", "approve", "course", "count", "--show").stdout)
        world.count("course")
        result = world.declare("course")
        self.assertEqual(result["date_of_ballot"], "2013-10-25")
        self.assertEqual({q["mandate"]["last_day"] for q in result["constituencies"][0]["questions"]}, {"2013-11-21"})
        archive, = world.archives("course")
        world.person("anyone").run("archive", "verify", archive)
        self.check_report(world, archive)

    def halt_and_resume(self, world, codes):
        gs, scrutineer = world.person("gs"), world.person("scrutineer")
        world.set_clock("2013-10-07T09:00:00Z")
        self.assert_refused(4, "", gs.run, "ballot", "suspend", "course", "--reason", "not mine to do")
        scrutineer.run("ballot", "suspend", "course", "--reason", "The storage behind the server failed.")
        self.assertEqual(gs.json("ballot", "show", "course")["phase"], "suspended")
        told = self.everybody_is_told(world, "Voting is suspended")
        self.assertIn("Why: The storage behind the server failed.", told["m0001@members.example"])
        self.assertIn("Votes that were recorded before are kept and count.", one_line(told["m0001@members.example"]))
        self.assert_refused(NOT_OPEN, "suspended", world.vote, "course", "M0050", codes["m0050@members.example"], "yes", "yes")
        world.approve("course", "resume", "gs")
        self.assertEqual(gs.json("ballot", "show", "course")["phase"], "suspended")  # one signature is not enough
        world.set_clock("2013-10-07T11:30:00Z")
        world.approve("course", "resume", "scrutineer")
        self.assertEqual(gs.json("ballot", "show", "course")["phase"], "open")
        self.assertIn("12:30pm on Monday 7 October 2013", one_line(self.everybody_is_told(world, "Voting goes on:")[ADDRESS]))
        outage = ("ballot", "incident", "course", "--outage", "--channel", "online", "--from", "2013-10-14T20:00", "--what", "The line to the server was cut.")
        world.set_clock("2013-10-14T20:00:00Z")
        gs.run(*outage)
        self.assertIn("The line to the server was cut.", self.everybody_is_told(world, "Outage in the ballot")["m0060@members.example"])
        world.set_clock("2013-10-15T08:00:00Z")
        wrong = gs.json(*outage, "--only-in-report", "--until", "2013-10-14T22:00", "--affected", "40", "--corrects", "3")
        self.assertEqual([(e["number"], e["kind"], e["corrected"]) for e in wrong["entries"]],
                         [(1, "suspension", True), (2, "suspension", False), (3, "outage", True), (4, "outage", False)])
        self.assert_refused(CONFLICT, "corrected already", gs.run, *outage, "--corrects", "3")

    def extend(self, world):
        gs, scrutineer = world.person("gs"), world.person("scrutineer")
        extend = ("ballot", "extend", "course", "--reason", "Members could not vote during the outage of 14 October.", "--until")
        self.assert_refused(1, "at the latest", gs.run, *extend, "2013-12-25T12:00")
        self.assert_refused(CONFLICT, "Propose it first", gs.run, "ballot", "approve", "course", "extend", "--show")
        gs.run(*extend, "2013-10-24T12:00")
        proposed = gs.json(*extend, "2013-10-25T12:00")
        self.assertEqual((proposed["number"], "made_at" in proposed, proposed["employers_to_tell"]), (2, False, []))
        paper = gs.json("ballot", "show", "course")["paper_hash"]
        world.approve("course", "extend", "gs")
        self.assert_refused(CONFLICT, "already", gs.run, "ballot", "approve", "course", "extend", "--yes")
        self.assertEqual(gs.json("ballot", "show", "course")["closes_at"], "2013-10-18T11:00:00Z")
        shown = scrutineer.run("ballot", "approve", "course", "extend", "--show").stdout
        for words in ("Voting closes at: 12 noon on Friday 25 October 2013", "Date of the ballot: Friday 25 October 2013", proposed["object"], paper,
                      "The scrutineer's report is due by: Thursday 21 November 2013", "action must begin by: Thursday 21 November 2013"):
            self.assertIn(words, shown)
        world.approve("course", "extend", "scrutineer")
        after = gs.json("ballot", "show", "course")
        self.assertEqual((after["closes_at"], after["paper_hash"]), ("2013-10-25T11:00:00Z", paper))
        self.assertEqual(gs.json("ballot", "timetable", "course")["law"]["report_due"], "2013-11-21")
        addendum, = world.get("/api/v1/ballots/course/addenda")["addenda"]
        self.assertEqual(hashlib.sha256(addendum["canonical"].encode()).hexdigest(), addendum["object"])
        self.assertEqual([s["by"] for s in addendum["signatures"]], ["gs", "scrutineer"])
        verified = world.person("anyone").run("ballot", "addenda", "course").stdout
        for words in ("Signed by gs, general_secretary", "Signed by scrutineer, scrutineer", addendum["canonical"]):
            self.assertIn(words, verified)
        told = self.everybody_is_told(world, "Voting goes on longer")
        self.assertIn("12 noon on Friday 25 October 2013", told["m0001@members.example"])
        self.assertIn("To " + EMPLOYER, told[ADDRESS])
        # What a receipt promised before the extension still holds: three votes are too few for a batch, and yet on the board at the old closing.
        on_board = lambda: world.recorded("SELECT count(*) FROM published_ballot")  # noqa: E731
        world.set_clock("2013-10-18T10:30:00Z")
        self.assertEqual(on_board(), [(12,)])
        world.set_clock("2013-10-18T11:00:00Z")
        self.assertEqual(on_board(), [(15,)])

    def check_report(self, world, archive):
        scrutineer, anyone = world.person("scrutineer"), world.person("anyone")
        self.assert_refused(1, "has not signed", anyone.run, "report", "course")
        due = "The independent scrutineer's report is due by Thursday 21 November 2013 (TULRCA s.226B(1)(b))."
        self.assertIn(due, one_line(anyone.run("result", "show", "course").stdout))
        page = world.request("GET", "/results/course")[2].decode()
        self.assertIn(due, words_of_html(page).replace("&#39;", "'"))
        self.assertNotIn('href="/reports/course"', page)
        standing = world.get("/api/v1/ballots/course/result")
        self.assertEqual((standing["report"]["due"], "signed_on" in standing["report"]), ("2013-11-21", False))
        self.assertEqual([(a["number"], a["closes"]) for a in standing["addenda"]], [(2, "2013-10-25T11:00:00Z")])
        self.assertIn("DRAFT", scrutineer.run("report", "course", "--draft").stdout)
        self.assert_refused(1, "names no statement", scrutineer.run, "report", "sign", "course", "--not-satisfied", "weather=rain", "--yes")
        world.set_clock("2013-10-28T09:00:00Z")
        scrutineer.run("report", "sign", "course", "--not-satisfied", "secure=The line to the server had no second way in.", "--yes")
        told = self.everybody_is_told(world, "The scrutineer's report")
        self.assertIn(f"{world.url}/reports/course", told["m0001@members.example"])
        page = world.request("GET", "/results/course")[2].decode()
        self.assertIn('<a href="/reports/course">', page)
        self.assertIn('<a href="/api/v1/ballots/course/addenda">Voting was extended by addendum 2, to 12 noon on Friday 25 October 2013.</a>', page)
        self.assertIn("Adroddiad y craffwr annibynnol", world.request("GET", "/results/course?lang=cy")[2].decode())
        standing = world.get("/api/v1/ballots/course/result")["report"]
        self.assertEqual((standing["signed_on"], standing["page"]), ("2013-10-28", "/reports/course"))
        self.assertIn("Read it: walkout report course", one_line(anyone.run("result", "show", "course").stdout))
        self.assert_refused(CONFLICT, "signed and published already", scrutineer.run, "report", "sign", "course", "--yes")
        self.assert_refused(CONFLICT, "report is signed", scrutineer.run, "ballot", "incident", "course", "--what", "Too late.")
        files = {form: anyone.home / f"report.{form}" for form in ("json", "html", "pdf")}
        for form, file in files.items():
            anyone.run("report", "course", "--format", form, "-o", file)
        signed = json.loads(files["json"].read_text())
        report = signed["report"]
        constituency, = report["constituencies"]
        figures = [(q["yes"], q["no"], q["spoiled"]) for q in constituency["questions"]]
        self.assertEqual((constituency["entitled"], constituency["cast"], figures), (60, 40, [(37, 3, 0), (25, 12, 3)]))
        self.assertEqual({channel["name"]: channel["number"] for channel in report["channels"]}, {"Online": 40, "By post": 0})
        self.assertEqual([(i["kind"], i["affected"]) for i in report["incidents"]], [("voting suspended", "not known"), ("outage", "40")])
        self.assertEqual([e["closes"] for e in report["extensions"]], ["12 noon on Friday 25 October 2013 (BST)"])
        self.assertEqual((report["statutory"], report["due"], report["late"]), (True, "Thursday 21 November 2013", False))
        self.assertEqual(constituency["archive"], hashlib.sha256(archive.read_bytes()).hexdigest())
        self.assertEqual([run["program"] for run in report["software"]], [hashlib.sha256((world.bin / "walkoutd").read_bytes()).hexdigest()])
        self.assertEqual(report["method"]["answers"][0]["text"], "Invented answer on decision.")

        key = scrutineer.run("key", "show").stdout.split()[-1]
        self.assertIn("The signature is right", anyone.run("report", "verify", files["json"], "--key", key).stdout)
        for change in (lambda r: r["constituencies"][0].update(cast=41), lambda r: r["statements"][1].update(satisfied=True)):
            forged = json.loads(files["json"].read_text())
            change(forged["report"])
            self.assert_refused(VERIFICATION_FAILED, "not what the scrutineer signed", anyone.run, "report", "verify",
                                anyone.file("forged.json", json.dumps(forged)))
        for name, content in (("archive", archive.read_bytes().decode("latin-1")), ("result", json.dumps(world.get("/api/v1/ballots/course/result")))):
            self.assert_refused(1, "no scrutineer's report of Walkout", anyone.run, "report", "verify", anyone.file(name, content))
        text = f"walkout-report/1|course|{hashlib.sha256(json.dumps(report, ensure_ascii=False, separators=(',', ':')).encode()).hexdigest()}"
        self.assertEqual(self.openssl_verifies(world, key, text, signed["signature"]), 0)  # a program that is not ours agrees

        page = words_of_html(files["html"].read_text())
        for words in STATEMENTS + ("Not satisfied", "The line to the server had no second way in.", "Answering Yes 37", "The line to the server was cut.",
                                   "Voting was extended from 12 noon on Friday 18 October 2013 (BST) to 12 noon on Friday 25 October 2013 (BST).",
                                   "The votes of one way of returning were not counted apart"):
            self.assertIn(words, page)
        self.assertNotIn("Those who transcribed", page)
        served = world.request("GET", "/reports/course")
        self.assertEqual((served[0], words_of_html(served[2].decode())), (200, page))
        text = one_line(subprocess.run(["pdftotext", "-raw", files["pdf"], "-"], capture_output=True, text=True, check=True, timeout=60).stdout)
        foot = r"REHEARSAL\u00b7Scrutineer'sreport\u00b7InventedballotcoursePage\d+of\d+"
        squeezed = re.sub(foot, "", text.replace(" ", "")).replace("\u2022", "")  # a page's list has its bullets from the style
        self.assertEqual(squeezed, page.replace(" ", ""))
        again = anyone.home / "again.pdf"
        anyone.run("report", "course", "--format", "pdf", "-o", again)
        self.assertEqual(again.read_bytes(), files["pdf"].read_bytes())

    def openssl_verifies(self, world, key, text, signature):
        folder = world.folder
        (folder / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + bytes.fromhex(key))
        (folder / "text").write_text(text)
        (folder / "signature").write_bytes(bytes.fromhex(signature))
        return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", folder / "key.der", "-keyform", "DER", "-rawin", "-in", folder / "text",
                               "-sigfile", folder / "signature"], capture_output=True, timeout=60).returncode


if __name__ == "__main__":
    unittest.main()
