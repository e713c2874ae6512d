"""Post and online in one ballot: numbered papers, returns of which the first valid one counts, transcription by two people, one archive and one tally."""

import csv
import json
import re
import shutil
import subprocess
import unittest

import harness
from harness import members, plan
from typist import Typist

EMPLOYER = "Hampshire Probation Trust"
OTHER = "Wales Probation Trust"
ERROR, NOT_ENTITLED, CONFLICT, NOT_OPEN = 1, 5, 7, 5


def number(n):
    return f"M{n:04}"


def address(n):
    return f"{number(n).lower()}@members.example"


class PostalWorld(harness.WorldTest):
    def begin(self, name, rows, **changes):
        self.w = self.world(clock="2013-09-02T08:00:00Z").begin()
        self.w.import_register(rows)
        self.plan = plan(name, "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", **changes)
        self.name = name
        self.scrutineer, self.gs = self.w.person("scrutineer"), self.w.person("gs")
        self.passphrase = ("--passphrase-file", self.scrutineer.home / "passphrase")

    def postal(self, verb, *words, **options):
        more = self.passphrase if verb == "transcribe" else ()
        return self.scrutineer.run("postal", verb, self.name, *words, *more, **options)

    def status(self):
        return self.scrutineer.json("postal", "status", self.name)

    def papers(self):
        """{member number: serial} of everybody's paper, and the spares' serials."""
        lines = self.scrutineer.json("postal", "list", self.name)["papers"]
        return {line["number"]: line["serial"] for line in lines if "number" in line}, [line["serial"] for line in lines if "number" not in line]

    def returned(self, *serials, received=None):
        """Records them as a scanner would type them; {serial: fate} of the last of each."""
        file = self.scrutineer.file("returned", "".join(f"{self.name}/{serial}\r\n" for serial in serials))
        more = ("--received", received) if received else ()
        recorded = self.scrutineer.json("postal", "return", self.name, "--file", file, *more)
        return {paper["serial"]: paper["fate"] for paper in recorded["papers"]}

    def key(self, by, answers, **options):
        """answers: {serial: (yes, no or blank, ...)}"""
        file = self.scrutineer.file("keyed", "".join(f"{serial},{','.join(each)}\n" for serial, each in answers.items()))
        return self.postal("transcribe", "--by", by, "--file", file, **options)

    def count_and_check(self):
        """Counts and declares; every archive verifies by our program and by others. Returns the constituencies' results."""
        self.w.count(self.name)
        results = self.w.declare(self.name)["constituencies"]
        archives = self.w.archives(self.name)
        self.assertEqual(len(archives), len(results))
        for archive in archives:
            verified = self.w.person("anyone").run("archive", "verify", archive, "--register", archive.with_suffix(".register.json")).stdout
            self.assertIn("credentials are live", verified)
            self.audit(archive)
        self.assertIn("are whole", self.w.walkoutd("check").stdout)
        return results


class HybridTest(PostalWorld):
    def test_thirty_online_and_twenty_on_paper_with_duplicates_and_replaced_codes_make_one_tally(self):
        rows = members(60, EMPLOYER)
        for row in rows:
            row["address"] = f"{row['number']} Invented Street, Winchester, SO23 0AA"
        rows[59]["email"] = rows[58]["email"] = ""  # nobody can send them a code: their papers go by post
        rows[58]["address"] = rows[18]["address"] = ""
        rows[59]["address"] = "=60 Invented Street, Winchester"  # a formula, to a spreadsheet
        self.begin("hybrid", rows, as_if_lawful=["online"])
        w = self.w


        # Every voting paper has its number with the voting code, online or not, and its member sees it: nobody else, and never beside a tracker.
        codes = w.open(self.plan, [EMPLOYER])
        mine, _ = self.papers()
        w.sign_in(number(5))
        fifth = w.person(number(5))
        self.assertIn(f"Number {mine[number(5)]}\n", fifth.run("ballot", "show", "hybrid").stdout)
        self.assertEqual(fifth.json("ballot", "entitled", "hybrid")["paper"], mine[number(5)])
        self.assertNotIn("Number ", w.person("anyone").run("ballot", "show", "hybrid").stdout)
        self.assertNotIn("paper", self.gs.run("ballot", "entitled", "hybrid", allow=(0, 5)).stdout)
        for mail in harness.mails(self.scrutineer.home / "hybrid.letters").values():
            member = mail["To"].strip("<>").split("@")[0].upper()
            self.assertIn(f"The number of your voting paper is {mine[member]}.", harness.text_of(mail))

        # Beside voting online a paper goes to who asked, or cannot be reached otherwise.
        w.sign_in(number(1), number(2), number(19))
        asked = w.person(number(1)).run("ballot", "paper", "hybrid").stdout
        self.assertIn("M0001 Invented Street", asked)
        self.assertIn(f"Its number is {mine[number(1)]}.", asked)
        w.person(number(2)).run("ballot", "paper", "hybrid", "--address-file", w.person(number(2)).file("address", "c/o Gran,\n2 Sea View\nPenarth\n"))
        self.assert_refused(ERROR, "--address-file", w.person(number(19)).run, "ballot", "paper", "hybrid")
        self.assert_refused(4, "", w.person(number(1)).run, "postal", "status", "hybrid")
        due = self.scrutineer.home / "due"
        self.postal("issue", "-o", due)
        lines = list(csv.DictReader((due / "hybrid-papers.csv").open(newline="")))
        mine, spares = self.papers()
        self.assertNotEqual([mine[member] for member in sorted(mine)], sorted(mine.values()), "numbers tell the order of the members")
        self.assertEqual(sorted([*mine.values(), *spares]), list(range(1, 81)))
        self.assertEqual({line["name"]: line["address"] for line in lines},
                         {"Member 1": "M0001 Invented Street, Winchester, SO23 0AA", "Member 2": "c/o Gran, 2 Sea View, Penarth", "Member 59": "",
                          "Member 60": "'=60 Invented Street, Winchester"})
        self.the_papers_are_what_was_bound(due / "hybrid-papers.pdf", lines)
        self.assert_refused(CONFLICT, "is not recorded as sent", self.postal, "return", mine[number(1)])
        self.assert_refused(ERROR, "--list FOLDER/hybrid-papers.csv", self.postal, "sent")  # never "all that are due"
        self.assertIn("4 in all", self.postal("sent", "--list", due / "hybrid-papers.csv").stdout)
        self.assert_refused(CONFLICT, "not recorded as sent", self.postal, "return", mine[number(3)])
        self.assertIn("56 papers", self.postal("issue", "--all", "--sent", "-o", self.scrutineer.home / "everybody").stdout)

        # Two lose their codes, and with them their papers.
        self.scrutineer.run("codes", "replace", "hybrid", "--member", number(41), "--member", number(42), "--reason", "lost", *self.passphrase)
        w.approve("hybrid", "replace")
        newer, _ = self.papers()
        self.assertTrue({newer[number(n)] for n in (41, 42)} <= set(spares))
        for n in (41, 42):
            folder = self.scrutineer.home / f"new-{n}"
            self.postal("issue", "--member", number(n), "-o", folder / "paper")
            self.postal("sent", newer[number(n)])
            self.scrutineer.run("codes", "send", "hybrid", "--member", number(n), "--outbox", folder, "--from", "s@scrutiny.example", *self.passphrase)
            codes.update(harness.codes_in(folder))
            letter, = harness.mails(folder).values()
            self.assertIn(f"The number of your voting paper is {newer[number(n)]}.", harness.text_of(letter))

        # Votes online; then papers. What was returned first counts, and everything is kept.
        online = {number(n): ("yes", "no") if n % 2 else ("no", "yes") for n in [*range(21, 41), *range(42, 52)]}
        w.cast("hybrid", codes, online)
        w.set_clock("2013-10-07T09:00:00Z")
        serial = {n: newer[number(n)] for n in range(1, 61)}
        first = self.returned(*[serial[n] for n in range(1, 13)], serial[1], serial[21])
        self.assertEqual(first, {**{serial[n]: "counts" for n in range(1, 13)}, serial[21]: "duplicate_online"})
        self.assertIn(f"0 papers recorded, of which 0 count; 12 in all.\n  {serial[2]}: counts (recorded before;", self.postal("return", serial[2]).stdout)
        self.assertIn("duplicate: a paper had been recorded before", self.postal("return", serial[1], "--again").stdout)  # a copy of it
        nobodys = (set(spares) - set(serial.values())).pop()
        self.assertEqual(self.returned(mine[number(41)], mine[number(42)], nobodys),
                         {mine[number(41)]: "revoked", mine[number(42)]: "revoked", nobodys: "unissued"})
        before = w.votes()
        refused = w.vote("hybrid", number(3), codes[address(3)], "yes", "yes", allow=(CONFLICT,))
        self.assertEqual(refused.returncode, CONFLICT)
        self.assertIn("Your postal paper was received on Monday 7 October 2013 and counts", refused.stderr)
        self.assertEqual(w.votes(), before)
        self.assert_refused(CONFLICT, "already been recorded with the voting code", self.scrutineer.run, "codes", "replace", "hybrid", "--member", number(3),
                            "--reason", "lost", *self.passphrase)

        # A slip of the hand is taken back, and that member may still vote.
        self.returned(serial[20])
        self.postal("mistake", serial[20], "--reason", "typed for another")
        self.assert_refused(ERROR, "names another", self.postal, "return", f"autumn/{serial[20]}")
        self.assert_refused(ERROR, "Line 2", self.postal, "return", "--file", self.scrutineer.file("wrong", f"{serial[19]}\nseventeen\n"))
        self.assert_refused(ERROR, "Nothing of this batch is recorded", self.postal, "return", serial[19], 81)

        # The turnout counts papers that are recorded, before anybody has keyed them.
        w.set_clock("2013-10-07T12:00:00Z")
        # (How many fall into which hour's batch of ten or more is the clock's affair; thirty voted online.)
        self.assertGreater(self.gs.json("turnout", "hybrid")["constituencies"][0]["returned"], 30)
        self.assertEqual(len(w.recorded("SELECT * FROM accepted_ballot")), 30)

        self.gs.run("ballot", "incident", "hybrid", "--outage", "--channel", "online", "--from", "2013-10-07T11:00", "--until", "2013-10-07T12:00",
                    "--what", "The line to the server was cut.")

        # One keys, another keys; where they differ both key again, and what they agree on is cast.
        answers = {serial[n]: ("yes", "yes") if n <= 10 else ("no", "blank") if n <= 16 else ("blank", "yes") for n in [*range(1, 19), 41, 60]}
        early = {serial[n]: answers[serial[n]] for n in range(1, 13)}
        self.assertIn("12 papers keyed by Ann and waiting", self.key("Ann", early).stdout)
        self.assertIn("12 papers keyed by Ann and waiting", self.key("ANN", {serial[1]: early[serial[1]]}).stdout)  # one person is not two
        self.assertEqual(len(w.recorded("SELECT * FROM accepted_ballot")), 30)
        self.assert_refused(ERROR, "does not wait to be transcribed", self.key, "Ann", {serial[20]: ("yes", "yes")})
        slipped = {**early, serial[5]: ("no", "yes"), serial[6]: ("yes", "blank")}
        said = self.key("Bob", slipped).stdout
        self.assertIn("10 papers transcribed", said)
        self.assertIn(f"keyed again by both: {' '.join(map(str, sorted((serial[5], serial[6]))))}\n", said)
        again = {serial[n]: early[serial[n]] for n in (5, 6)}
        self.assertIn("2 papers keyed by Bob and waiting", self.key("Bob", again).stdout)
        self.assertIn("2 papers transcribed", self.key("Ann", again).stdout)
        self.assert_refused(CONFLICT, "is transcribed", self.postal, "mistake", serial[5], "--reason", "too late for that")

        # The last post is recorded after the closing; what came after it does not count, and the count waits for the papers.
        w.set_clock("2013-10-18T15:00:00Z")
        self.assertEqual(set(self.returned(*[serial[n] for n in (*range(13, 19), 41, 60)], serial[22], received="2013-10-18T11:59").values()),
                         {"counts", "duplicate_online"})
        self.assert_refused(ERROR, "--received now", self.postal, "return", serial[19])
        self.assertEqual(self.returned(serial[19], received="now"), {serial[19]: "late"})
        self.assert_refused(CONFLICT, "8 voting papers received in time are not transcribed", w.approve, "hybrid", "count", "gs")
        self.assert_refused(CONFLICT, "not transcribed", self.postal, "finish", "--yes")
        late = {serial[n]: answers[serial[n]] for n in (*range(13, 19), 41, 60)}
        self.key("Ann", late)
        w.kill()
        w.start()
        self.assertIn("When the last post is in: walkout postal finish hybrid", self.key("Bob", late).stdout)
        self.assert_refused(CONFLICT, "has not yet stated", w.approve, "hybrid", "count", "gs")
        self.postal("finish", "--yes")
        self.postal("finish", "--yes")  # an answer was lost
        self.assert_refused(CONFLICT, "sealed", self.postal, "return", serial[52], "--received", "2013-10-18T11:00")

        status = self.status()
        figures = ("asked", "numbered", "sent", "returned_by_post", "returned_online", "transcribed", "duplicates", "revoked", "unissued", "late", "mistaken")
        self.assertEqual([status[name] for name in figures], [2, 80, 62, 20, 30, 20, 3, 2, 1, 1, 1])
        self.assertEqual(status["keyed"], [{"first": "Ann", "second": "Bob", "papers": 20}])
        self.nobody_keeps_what_papers_said()
        papers = [status["sent"], status["returned_by_post"], status["duplicates"], status["revoked"] + status["unissued"], status["late"], status["mistaken"]]
        self.assertIn("papers|" + "|".join(map(str, papers)) + "\n", self.gs.run("ballot", "approve", "hybrid", "count", "--show").stdout)

        result, = self.count_and_check()
        votes = [*online.values(), *answers.values()]
        self.assertEqual(len(votes), 50)
        self.assertEqual((result["entitled"], result["cast"]), (60, 50))
        self.assertEqual([(q["yes"], q["no"], q["spoiled"]) for q in result["questions"]],
                         [tuple(sum(vote[q] == answer for vote in votes) for answer in ("yes", "no", "blank")) for q in (0, 1)])
        self.assertEqual(self.gs.json("turnout", "hybrid")["constituencies"][0]["returned"], 50)
        self.the_report_adds_up()

    def the_report_adds_up(self):
        self.scrutineer.run("report", "sign", "hybrid", "--yes")
        anyone = self.w.person("anyone")
        file = anyone.home / "report.json"
        anyone.run("report", "hybrid", "--format", "json", "-o", file)
        self.assertIn("the figures add up", anyone.run("report", "verify", file).stdout)
        report = json.loads(file.read_text())["report"]
        numbers = lambda figures: {figure["name"]: figure["number"] for figure in figures}  # noqa: E731
        self.assertEqual(numbers(report["channels"]), {"Online": 30, "By post": 20})
        papers = list(numbers(report["papers"]).values())
        self.assertEqual(papers, [62, 2, 28, 20, 20, 3, 2, 1, 1, 1])  # sent, asked for, recorded, counted, transcribed, duplicates, void twice, late, mistaken
        place = report["constituencies"][0]
        self.assertEqual([place[name] for name in ("entitled", "issued", "replaced", "late", "withdrawn")], [60, 60, 2, 0, 0])
        self.assertEqual(report["numbered"], 80)
        self.assertEqual(numbers(report["constituencies"][0]["codes"]), {"Voting codes replaced: lost": 2})
        self.assertEqual([(incident["kind"], incident["channel"]) for incident in report["incidents"]], [("outage", "online")])
        self.assertNotRegex(json.dumps(report), r"M00\d\d")
        self.assertIn("Those who transcribed a voting paper saw what it said.", anyone.run("report", "hybrid", "--format", "html").stdout)

    def the_papers_are_what_was_bound(self, pdf, lines):
        """Every bound line and nothing else but the number, the boxes and the code; the code scans."""
        bound = self.w.get("/api/v1/ballots/hybrid")["paper_en"]
        pages = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
        self.assertEqual(len(pages), len(lines))
        words = lambda text: re.sub(r"\s+", " ", text).strip()  # noqa: E731
        for page, line in zip(pages, lines):
            left = words(page)
            for said in bound:
                self.assertIn(words(said), left)
                left = left.replace(words(said), "", 1)
            number = f"Number {line['serial']}"
            self.assertEqual(left.count(number), 2)
            self.assertEqual(words(left.replace(number, "").replace("☐ Yes ☐ No", "")), "")
            self.assertNotIn(line["name"], page)
        if shutil.which("zbarimg"):
            subprocess.run(["pdftoppm", "-r", "100", "-gray", "-png", pdf, pdf.with_suffix("")], check=True)
            scanned = subprocess.run(["zbarimg", "-q", "--raw", *sorted(pdf.parent.glob("*.png"))], capture_output=True, text=True, check=True).stdout
            self.assertEqual(scanned.split(), [line["code"] for line in lines])

    def nobody_keeps_what_papers_said(self):
        """Only sealed on the board: not on the scrutineer's machine, not in the database, not in the log."""
        self.assertEqual([file.stat().st_size for file in (self.scrutineer.home / "data/walkout/keying").glob("*")], [0], "more than an empty lock is left")
        for table in ("postal_return", "postal_serial", "postal_keyed", "audit", "idempotency"):
            with self.subTest(table):
                said = json.dumps(self.w.recorded(f"SELECT * FROM {table}"), default=repr)
                self.assertNotRegex(said, r"\b(yes|blank)\b")
                if table in ("audit", "idempotency"):
                    self.assertNotIn("typed for another", said)
        self.assertNotRegex(json.dumps(self.w.recorded("SELECT * FROM audit WHERE action LIKE 'paper%'"), default=repr), r"M00\d\d")


class PostOnlyTest(PostalWorld):
    def test_a_ballot_by_post_alone_is_lawful_and_reaches_everybody(self):
        rows = members(14, EMPLOYER) + members(10, OTHER, branch="Cymru", workplace="Cathays", first=15)
        self.begin("post", rows, methods=["post"], spares=2, constituencies="per_employer", aggregate_ground=None)
        w = self.w
        self.w.plan(self.plan)
        w.set_clock("2013-09-11T08:00:00Z")
        self.gs.run("ballot", "freeze", "post")
        w.set_clock("2013-09-28T08:00:00Z")
        w.receipts("post", [EMPLOYER, OTHER], "ballot", "2013-09-23")
        w.receipts("post", [EMPLOYER, OTHER], "sample", "2013-09-27")
        w.ceremony("post")
        self.assert_refused(ERROR, "walkout codes make", self.postal, "issue", "-o", self.scrutineer.home / "soon")
        w.make_codes("post")

        # Printed before the opening, and kept back: sending is opening.
        folder = self.scrutineer.home / "print"
        said = self.postal("issue", "-o", folder, "--lang", "cy").stdout
        self.assertIn("24 papers, a page each", said)
        self.assertIn("24 papers without an address", said)
        self.assertIn("Keep them back until the ballot is open", said)
        self.assertIn("PAPUR PLEIDLEISIO", subprocess.run(["pdftotext", folder / "post-papers.pdf", "-"], capture_output=True, text=True).stdout)
        self.assertIn("4 papers", self.postal("issue", "--spares", "-o", folder).stdout)
        left = ("sent", "--list", folder / "post-papers.csv")
        self.assert_refused(NOT_OPEN, "sending is opening", self.postal, *left)
        w.set_clock("2013-09-29T18:00:00Z")
        w.approve("post", "open")
        w.set_clock("2013-09-30T09:00:00Z")
        self.assertIn("24 in all", self.postal(*left).stdout)
        (sending,), = w.recorded("SELECT first_sending FROM ballot")
        self.assertIn(sending - 1380531600, range(60))  # a rehearsal's clock goes on while commands run

        # Each employer's ballot is one series of consecutive numbers, and no number is used twice.
        mine, spares = self.papers()
        here = sorted(mine[number(n)] for n in range(1, 15))
        there = sorted(mine[number(n)] for n in range(15, 25))
        self.assertEqual(sorted([*mine.values(), *spares]), list(range(1, 29)))
        self.assertTrue(here[-1] <= 16 < there[0] or there[-1] <= 12 < here[0])
        serials = [*here[:6], *there[:3]]
        w.set_clock("2013-10-10T09:00:00Z")
        self.postal("return", *serials[:7])
        answers = {serial: ("yes", "no") if i < 6 else ("no", "yes") for i, serial in enumerate(serials)}
        w.set_clock("2013-10-18T10:30:00Z")
        with Typist(self.scrutineer, "postal", "return", "post") as scanner:  # types what it reads, and a line end
            scanner.answer("Paper:", f"post/{serials[7]}")
            scanner.expect(f"{serials[7]}: counts")
            scanner.answer("Paper:", "spring/1")
            scanner.expect("the code on it names another")
            scanner.answer("Paper:", str(serials[8]))
            scanner.answer("Paper:", str(serials[8]))
            scanner.expect("recorded before; nothing new is recorded")
            scanner.answer("Paper:", "")
            scanner.expect("2 papers recorded, of which 2 count; 9 in all.")
            self.assertEqual(scanner.ended(), 0)
        w.set_clock("2013-10-18T12:00:00Z")
        self.key("Ann", answers)
        self.key("Bob", {serial: answers[serial] for serial in serials[1:9]})
        with Typist(self.scrutineer, "postal", "transcribe", "post", "--by", "Bob", *self.passphrase) as keyer:
            keyer.answer("Paper (1 left):", str(serials[0]))
            keyer.answer("Question 1, yes, no or blank (y, n, b):", "perhaps")
            keyer.answer("Question 1, yes, no or blank (y, n, b):", "Y")
            keyer.answer("Question 2, yes, no or blank (y, n, b):", "no")
            keyer.expect("Paper (0 left):")
            self.assert_refused(CONFLICT, "Another command is working with", self.key, "Cyd", {serials[0]: answers[serials[0]]})
            keyer.interrupt()  # and what was keyed is not lost
            keyer.ended()
        with Typist(self.scrutineer, "postal", "transcribe", "post", "--by", "Bob", *self.passphrase) as keyer:
            keyer.answer("Paper (0 left):", "")
            keyer.expect("1 paper transcribed: two people keyed it alike.")
            self.assertEqual(keyer.ended(), 0)
        with Typist(self.scrutineer, "postal", "finish", "post") as finisher:
            finisher.expect("0 duplicate, 0 void and 0 too late do not count")
            finisher.answer("received before 12 noon on Friday 18 October 2013? Type yes:", "yes")
            finisher.expect("the boards are sealed")
            self.assertEqual(finisher.ended(), 0)
        results = {result["name"]: result for result in self.count_and_check()}
        self.assertEqual({name: (result["entitled"], result["cast"]) for name, result in results.items()}, {EMPLOYER: (14, 6), OTHER: (10, 3)})
        self.assertEqual([(q["yes"], q["no"], q["spoiled"]) for q in results[EMPLOYER]["questions"]], [(6, 0, 0), (0, 6, 0)])
        self.assertEqual([(q["yes"], q["no"], q["spoiled"]) for q in results[OTHER]["questions"]], [(0, 3, 0), (3, 0, 0)])


if __name__ == "__main__":
    unittest.main()
