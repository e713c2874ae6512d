"""What comes in wrong: one clear problem each, and nothing changed."""

import json
import unittest

import belenios
import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
MINUS_ONE = str(belenios.P - 1)  # in the field, of order 2, so not in the group


class BadInputTest(harness.WorldTest):
    @classmethod
    def setUpClass(cls):
        cls.w = harness.World(clock="2013-09-02T08:00:00Z").begin()
        cls.addClassCleanup(cls.w.close)
        cls.w.import_register(members(20, EMPLOYER) + members(2, "Another Trust", branch="Dorset", workplace="Elsewhere", first=21))
        cls.plan = plan("bad", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"], entitled={"employers": [EMPLOYER]})
        cls.codes = cls.w.open(cls.plan, [EMPLOYER])
        cls.place, cls.election = cls.w.election("bad")
        cls.path = f"/api/v1/constituencies/{cls.place}/votes"
        cls.voted = cls.code("M0001")
        cls.first = cls.election.ballot(cls.voted, "yes", "yes")
        status, reply = cls.w.post(cls.path, {"ballot": cls.first, "member_number": "M0001"})
        assert status in (200, 201), reply

    @classmethod
    def code(cls, number):
        return cls.codes[f"{number.lower()}@members.example"]

    def refused(self, status, code, ballot, number="M0002"):
        """Posts a ballot that must be refused so, and leave no trace."""
        before = self.w.votes()
        text = ballot if isinstance(ballot, str) else belenios.compact(ballot)
        got, problem = self.w.post(self.path, {"ballot": text, "member_number": number})
        self.assertEqual((got, problem["type"]), (status, f"/problems/{code}"), problem)
        self.assertTrue(problem["detail"].endswith("."), problem)
        self.assertEqual(self.w.votes(), before, "something changed")

    def forged(self, change, number="M0002"):
        """A ballot with something wrong in it, and a signature that is right."""
        ballot = self.election.unsigned(self.code(number), ["yes", "no"])
        change(ballot)
        return self.election.sign(ballot, self.code(number))

    # ---- who ----

    def test_a_code_of_nobody(self):
        self.refused(403, "not_on_roll", self.election.ballot("111-111-111-111-111", "yes", "yes"))

    def test_a_spare_code_that_is_nobodys_yet(self):
        constituency, = self.w.vault("bad")["constituencies"]
        spare = constituency["spares"][0]["code"]
        listed = self.w.recorded("SELECT count(*) FROM board_credential WHERE credential = ? AND spare",
                                 str(belenios.public_of(belenios.secret_of(spare, self.election.uuid))))
        self.assertEqual(listed, [(1,)], "this is no spare of the ballot: the test proves nothing")
        self.refused(403, "not_on_roll", self.election.ballot(spare, "yes", "yes"))

    def test_a_member_of_another_employer_who_is_not_on_the_roll(self):
        self.refused(403, "not_on_roll", self.election.ballot("222-222-222-222-222", "yes", "yes"), number="M0021")

    def test_a_code_with_the_number_of_somebody_else(self):
        self.refused(403, "second_factor_refused", self.election.ballot(self.code("M0002"), "yes", "yes"), number="M0003")

    def test_a_credential_put_under_another_signature(self):
        def stolen(ballot):
            ballot["credential"] = str(belenios.public_of(belenios.secret_of(self.code("M0003"), self.election.uuid)))
        self.refused(422, "signature", self.forged(stolen))

    def test_a_ballot_changed_after_it_was_sealed(self):
        ballot = json.loads(self.election.ballot(self.code("M0002"), "yes", "yes"))
        ballot["answers"].reverse()
        self.refused(422, "not_canonical", ballot)

    def test_a_second_vote(self):
        self.refused(409, "already_voted", self.election.ballot(self.voted, "no", "no"), number="M0001")

    # ---- what ----

    def test_a_ballot_of_another_election(self):
        def other(ballot):
            ballot["election_hash"] = belenios.base64_hash("another election")
        self.refused(422, "wrong_election", self.forged(other))

    def test_a_number_with_a_leading_zero(self):
        def pad(ballot):
            proof = ballot["answers"][0]["overall_proof"][0]
            proof["challenge"] = "0" + proof["challenge"]
        self.refused(422, "not_canonical", self.forged(pad))

    def test_blanks_in_the_ballot(self):
        self.refused(422, "not_canonical", json.dumps(json.loads(self.election.ballot(self.code("M0002"), "yes", "yes"))))

    def test_an_element_outside_the_group(self):
        def element(ballot):
            ballot["answers"][0]["choices"][0]["alpha"] = MINUS_ONE
        self.refused(422, "group", self.forged(element))

    def test_an_alpha_of_one_which_would_show_the_vote(self):
        label = f"{self.election.fingerprint}|{belenios.public_of(belenios.secret_of(self.code('M0002'), self.election.uuid))}"

        def bare(ballot):
            ballot["answers"][0] = self.election.answer((1, 0), label, randomness=[0, belenios.scalar()])
        self.refused(422, "group", self.forged(bare))

    def test_two_answers_where_one_is_allowed(self):
        label = f"{self.election.fingerprint}|{belenios.public_of(belenios.secret_of(self.code('M0002'), self.election.uuid))}"

        def both(ballot):
            answer = self.election.answer((1, 0), label)
            answer["choices"][1] = answer["choices"][0]
            ballot["answers"][0] = answer
        self.refused(422, "proof", self.forged(both))

    def test_a_wrong_proof(self):
        def disturb(ballot):
            proof = ballot["answers"][1]["individual_proofs"][0][0]
            proof["response"] = str((int(proof["response"]) + 1) % belenios.Q)
        self.refused(422, "proof", self.forged(disturb, "M0007"), number="M0007")

    def test_an_answer_copied_from_another_members_ballot(self):
        copied = json.loads(self.first)["answers"]
        self.refused(422, "proof", self.forged(lambda ballot: ballot.update(answers=copied), "M0007"), number="M0007")

    def test_a_question_left_out(self):
        self.refused(422, "shape", self.forged(lambda ballot: ballot["answers"].pop()))

    # ---- how ----

    def assert_problem(self, status, method, path, body=b"", **headers):
        before = self.w.votes()
        got, replied, content = self.w.request(method, path, body, headers={name.replace("_", "-"): value for name, value in headers.items()})
        self.assertEqual(got, status, content[:300])
        self.assertEqual(replied.get("Content-Type"), "application/problem+json")
        self.assertTrue(json.loads(content)["detail"])
        self.assertEqual(self.w.votes(), before)

    def test_a_body_that_is_not_json(self):
        self.assert_problem(400, "POST", self.path, b'{"ballot": ')

    def test_a_body_with_a_key_twice(self):
        self.assert_problem(400, "POST", self.path, b'{"ballot": "a", "ballot": "b"}')

    def test_a_body_of_ten_megabytes(self):
        """Only its head is sent: the server must refuse without waiting for the rest."""
        self.assert_problem(413, "POST", self.path, Content_Length="10000000")

    def test_a_path_that_is_nothing_and_a_method_that_is_not_meant(self):
        self.assert_problem(404, "GET", "/api/v1/nothing")
        self.assert_problem(405, "DELETE", self.path)

    def test_a_stranger_may_not_do_what_officials_do(self):
        for path in ("ballots/bad/approvals/count", "ballots/bad/freeze", "register/members", "walkouts"):
            with self.subTest(path=path):
                self.assert_problem(401, "POST", f"/api/v1/{path}", b"{}")

    def test_a_member_may_not_do_what_officials_do(self):
        member = self.w.person("M0004")
        member.sign_in()
        for words in (("ballot", "freeze", "bad"), ("clock", "set", "2014-01-01T00:00:00Z"), ("member", "import", member.file("m.csv", "number,name\nX,Y\n"))):
            with self.subTest(words=words):
                self.assert_refused(4, "", member.run, *words)

    def test_an_unknown_number_and_a_known_one_get_the_same_answer_when_signing_in(self):
        known, unknown = (self.w.post("/api/v1/sign-in", {"number": number}) for number in ("M0005", "M9999"))
        self.assertEqual(known[0], unknown[0])
        self.assertEqual(known[1].keys(), unknown[1].keys())
        wrong = [self.w.post("/api/v1/sign-in/verify", {"challenge": asked[1]["challenge"], "code": "00000000"}) for asked in (known, unknown)]
        self.assertEqual(*[(status, {**problem, "instance": ""}) for status, problem in wrong])
        self.assertEqual(wrong[0][0], 401)

    # ---- when ----

    def test_the_ballot_clock_does_not_go_back(self):
        before = self.w.votes()
        self.assert_refused(1, "forward", self.w.person("gs").run, "clock", "set", "2013-09-30T00:00:00Z")
        self.assertEqual(self.w.votes(), before)

    def test_zz_the_last_seconds_are_open_and_the_closing_instant_is_not(self):
        in_time, late = (self.election.ballot(self.code(number), "yes", "yes") for number in ("M0005", "M0006"))
        self.w.set_clock("2013-10-18T10:59:30Z")  # noon in London is 11:00Z
        self.assertIn(self.w.post(self.path, {"ballot": in_time, "member_number": "M0005"})[0], (200, 201))
        self.w.set_clock("2013-10-18T11:00:00Z")
        self.refused(409, "ballot_closed", late, number="M0006")


if __name__ == "__main__":
    unittest.main()
