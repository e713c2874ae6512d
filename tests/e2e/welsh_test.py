"""A ballot in two languages: the paper, the sample, the vote, the result, and what members are told."""

import email.header
import html
import json
import subprocess
import time
import unittest

import harness
from harness import members, plan
from typist import Typist
from notice_test import STATEMENT_2013, one_line, words_of_html

EMPLOYER = "Ymddiriedolaeth Prawf Cymru"
QUESTION = "Ydych chi'n barod i gymryd rhan mewn streic?"
TITLE = "Pleidlais ddychmygol: tŷ a dŵr"


def welsh_plan():
    held = plan("cymraeg", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"], title_cy=TITLE)
    held["questions"] = [{**held["questions"][0], "text_cy": QUESTION}]
    held["dispute"]["title_cy"] = "Trosglwyddo gwaith prawf"
    held["called_by"]["office_cy"] = "yr Ysgrifennydd Cyffredinol"
    return held


class WelshTest(harness.WorldTest):
    def test_a_member_reads_votes_and_hears_the_result_in_welsh(self):
        world = self.world(clock="2013-09-02T08:00:00Z").begin()
        gs, anyone = world.person("gs"), world.person("anyone")
        world.import_register([{**row, "category": "swyddog prawf"} for row in members(12, EMPLOYER)] +
                              [{**row, "email": ""} for row in members(1, EMPLOYER, first=13)])
        held = welsh_plan()
        codes = world.open(held, [EMPLOYER])

        shown = anyone.run("--lang", "cy", "ballot", "show", "cymraeg").stdout
        for words in (TITLE, "PAPUR PLEIDLEISIO", "Cwestiwn 1: " + QUESTION, "Anghydfod diwydiannol: Trosglwyddo gwaith prawf",
                      "Gellir galw'r gweithredu gan: yr Ysgrifennydd Cyffredinol", "I gyrraedd cyn: 12:00, dydd Gwener 18 Hydref 2013", STATEMENT_2013):
            self.assertIn(words, one_line(shown.replace("|", " ")))
        self.assertNotIn("Craffwr", shown, "thirteen entitled: the paper names no scrutineer")
        self.assertNotIn("Y materion dan sylw", shown, "the law of 2013 asks for no summary of the dispute, so the paper has none")

        self.assert_paper_and_page_say_the_same(world, "sample", ("Sampl o'r papur pleidleisio: " + TITLE, QUESTION, STATEMENT_2013))
        for address in ("documents/timetable?lang=cy", "documents/sample?lang=fr"):
            status, _, problem = world.request("GET", "/api/v1/ballots/cymraeg/" + address)
            self.assertEqual((status, json.loads(problem)["type"]), (400, "/problems/no_such_language"))
        self.vote_in_welsh(world, codes)
        world.cast("cymraeg", codes, {f"M{n:04}": (answer,) for n, answer in enumerate(["yes"] * 6 + ["no"] * 3 + ["blank"], 2)})

        status, _, page = world.request("GET", "/results/cymraeg")
        self.assertEqual((status, b"The result is not declared" in page), (404, True))
        world.close_and_declare(held)
        self.assert_paper_and_page_say_the_same(world, "result", (
            "Canlyniad y bleidlais: " + TITLE, "Dyddiad y bleidlais: dydd Gwener 18 Hydref 2013", "Unigolion â hawl i bleidleisio 13", "Pleidleisiau a fwriwyd 11",
            "Atebion Yes (Ie) 7 70.00 % 63.64 %", "2×7 > 10", "Mandad: rhaid i'r gweithredu ddechrau erbyn dydd Iau 14 Tachwedd 2013.",
            "Nifer y rhai a gafodd bleidlais: 13."))
        for language, heading, other in (("en", "Result of the ballot: Invented ballot cymraeg", "Cymraeg"), ("cy", "Canlyniad y bleidlais: " + TITLE, "English")):
            status, headers, page = world.request("GET", "/results/cymraeg?lang=" + language)
            self.assertEqual(status, 200)
            self.assertIn(f'<html lang="{language}">', page.decode())
            self.assertIn(heading, page.decode())
            self.assertIn(f">{other}</a>", page.decode())
        figures = world.get("/api/v1/ballots/cymraeg/documents/result")["constituencies"][0]
        question, = figures["questions"]
        self.assertEqual((figures["entitled"], figures["cast"], question["yes"], question["no"], question["spoiled"], question["yes_percent"],
                          question["yes_percent_of_all"]), (13, 11, 7, 3, 1, "70.00", "63.64"))

        told = gs.json("notice", "members", "cymraeg")
        self.assertEqual((told["mailed"], told["without_address"]), (12, 1))
        self.assertEqual(gs.json("notice", "members", "cymraeg"), told, "once")
        mail = self.mail_to(world, "m0005@members.example", "Canlyniad y bleidlais")
        for words in ("Answering Yes | 7", "Atebion Yes (Ie) | 7", "Spoiled or otherwise invalid | 1", world.url + "/results/cymraeg"):
            self.assertIn(words, mail)

    def vote_in_welsh(self, world, codes):
        member = world.person("M0001")
        with Typist(member, "--lang", "cy", "ballot", "vote", "cymraeg", "--code-file", member.file("code", codes["m0001@members.example"] + "\n"),
                    "--number-file", member.file("number", "M0001\n"), columns=100) as typist:
            typist.expect("PAPUR PLEIDLEISIO")
            typist.expect("Cwestiwn 1 o 1")
            typist.expect("1 Yes (Ie)")
            typist.answer("Eich ateb (1, 2 neu 3):", "ie")
            typist.expect("Gwiriwch eich atebion")
            typist.answer("Seal them?", "yes")
            typist.answer("Your choice (1, 2 or 3):", "1")
            self.assertEqual(typist.ended(), 0)

    def assert_paper_and_page_say_the_same(self, world, document, wanted):
        anyone = world.person("anyone")
        page, pdf = anyone.home / f"{document}.cy.html", anyone.home / f"{document}.cy.pdf"
        anyone.run("--lang", "cy", "document", document, "cymraeg", "-o", page)
        anyone.run("--lang", "cy", "document", document, "cymraeg", "--format", "pdf", "-o", pdf)
        text = one_line(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True, timeout=60).stdout)
        said = html.unescape(words_of_html(page.read_text()))
        for words in wanted:
            self.assertIn(words, said)
            self.assertIn(words.replace(" ", ""), text.replace(" ", ""))
        self.assertIn('<html lang="cy">', page.read_text())

    def mail_to(self, world, address, subject):
        """Its words, with the blanks of a mail's lines made one."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for mail in harness.mails(world.outbox).values():
                if address in mail["To"] and subject in str(email.header.make_header(email.header.decode_header(mail["Subject"]))):
                    return one_line(harness.text_of(mail))
            time.sleep(0.1)
        self.fail(f"no mail for {address}: {subject}")


if __name__ == "__main__":
    unittest.main()
