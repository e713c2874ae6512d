"""kill -9 while fifty clients cast: what was acknowledged is there, exactly once, after every restart."""

import concurrent.futures
import json
import random
import shutil
import subprocess
import threading
import time
import unittest

import harness
from harness import members, plan

EMPLOYER = "Hampshire Probation Trust"
CLIENTS = 50
UNREACHABLE = 6


class KillTest(harness.WorldTest):
    def setUp(self):
        self.w = self.world(clock="2013-09-02T08:00:00Z").begin()
        self.w.import_register(members(CLIENTS + 2, EMPLOYER))
        self.plan = plan("killed", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"])
        self.codes = self.w.open(self.plan, [EMPLOYER])
        self.acknowledged = {}  # member -> tracker, from the moment the client has its receipt
        self.lock = threading.Lock()
        self.given_up = threading.Event()

    def vote_until_acknowledged(self, number):
        """As a person would: the same command again, for as long as the server cannot be reached. Returns how often it took."""
        tries = 0
        until = time.monotonic() + 300
        while time.monotonic() < until and not self.given_up.is_set():
            tries += 1
            done = self.w.vote("killed", number, self.codes[f"{number.lower()}@members.example"], "yes", "no", allow=(0, UNREACHABLE))
            if done.returncode == 0:
                receipt, = self.w.person(number).json("receipt", "list")["receipts"]
                with self.lock:
                    self.acknowledged[number] = receipt["tracker"]
                return tries
            time.sleep(random.uniform(0.05, 0.3))
        raise AssertionError(f"{number} got no receipt in five minutes")

    def kill_until_done(self, votes):
        """Kills at any instant; after each kill looks at what is on disk. Lets some votes through between two kills, or nobody would ever be done."""
        chance = random.Random(9)
        kills = 0
        while not all(vote.done() for vote in votes):
            acknowledged = len(self.acknowledged)
            until = time.monotonic() + chance.uniform(0.05, 0.5)
            while time.monotonic() < until or (len(self.acknowledged) < acknowledged + 4 and not all(vote.done() for vote in votes)):
                time.sleep(0.01)
            self.w.kill()
            kills += 1
            self.check_what_is_on_disk()
            self.w.start()
        return kills

    def check_what_is_on_disk(self):
        with self.lock:
            acknowledged = dict(self.acknowledged)
        self.w.walkoutd("check")
        rows = [tracker for tracker, in self.w.recorded("SELECT tracker FROM accepted_ballot")]
        self.assertEqual(len(rows), len(set(rows)))
        self.assertLessEqual(set(acknowledged.values()), set(rows), "an acknowledged vote is gone")
        return len(rows)

    def test_every_acknowledged_vote_survives_exactly_once(self):
        numbers = [f"M{n:04}" for n in range(1, CLIENTS + 1)]
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
            votes = [clients.submit(self.vote_until_acknowledged, number) for number in numbers]
            try:
                kills = self.kill_until_done(votes)
            finally:
                self.given_up.set()
            tries = [vote.result() for vote in votes]
        self.assertGreater(kills, 2)
        self.assertGreater(max(tries), 1, "no client was ever interrupted: this proves nothing")
        self.w.kill()
        self.assertEqual(self.check_what_is_on_disk(), CLIENTS)
        self.w.start()

        result, = self.w.close_and_declare(self.plan)["constituencies"]
        self.assertEqual((result["cast"], result["questions"][0]["yes"], result["questions"][1]["no"]), (CLIENTS, CLIENTS, CLIENTS))
        for number in numbers[:5]:
            self.w.person(number).run("receipt", "check", self.acknowledged[number])
        board = [tracker for tracker, in self.w.recorded("SELECT tracker FROM accepted_ballot")]
        self.assertEqual(sorted(board), sorted(self.acknowledged.values()))
        archive, = self.w.archives("killed")
        self.w.person("anyone").run("archive", "verify", archive)
        self.assertIn("whole", self.w.walkoutd("check").stdout)
        if shutil.which("belenios-tool"):  # independent_test says so loudly where it is missing
            audited = subprocess.run([harness.ROOT / "tests/support/audit-archive", archive], capture_output=True, text=True, timeout=300)
            self.assertEqual(audited.returncode, 0, audited.stdout + audited.stderr)

    def test_the_same_ballot_again_gets_the_same_receipt_also_after_a_kill_and_after_closing(self):
        place, election = self.w.election("killed")
        number = f"M{CLIENTS + 1:04}"
        vote = {"ballot": election.ballot(self.codes[f"{number.lower()}@members.example"], "no", "yes"), "member_number": number}
        path = f"/api/v1/constituencies/{place}/votes"
        first = self.w.post(path, vote)
        self.assertIn(first[0], (200, 201))
        self.w.kill()
        self.w.start()
        again = self.w.post(path, vote)
        self.assertEqual(json.dumps(again[1], sort_keys=True), json.dumps(first[1], sort_keys=True))
        self.w.set_clock("2013-10-18T11:00:00Z")
        self.assertEqual(self.w.post(path, vote)[1], first[1])
        self.assertEqual(self.w.recorded("SELECT count(*) FROM accepted_ballot"), [(1,)])


if __name__ == "__main__":
    unittest.main()
