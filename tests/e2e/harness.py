"""A whole world for a test: folders, certificates, a server of its own, and people with computers of their own, all through the real programs.

    class ScenarioTest(harness.WorldTest):
        def test_it(self):
            world = self.world(clock="2013-09-02T08:00:00Z").begin()
            world.import_register(members(20))
            world.plan(plan("autumn", "2013-09-30T09:00", "2013-10-18T12:00", "2013-09-10", as_if_lawful=["online"]))
"""

import contextlib
import csv
import datetime
import http.client
import io
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy" / "demo"))
from person import Person, Refused, codes_in, mails, text_of  # noqa: E402  (lives beside the quickstart that also uses it)

from belenios import Election  # noqa: E402

__all__ = ["ROOT", "Person", "Refused", "World", "WorldTest", "mails", "members", "plan", "text_of"]

BIN = pathlib.Path(os.environ.get("WALKOUT_BIN", ROOT / "build" / "dev" / "bin")).resolve()
PASSPHRASE = "invented passphrase for tests\n"

# number: (name, role, scope). The trustees are the scrutineer, the union's and an outsider's, each with a key of their own.
OFFICIALS = {
    "gs": ("Gwen Secretary", "general_secretary", None),
    "scrutineer": ("Sam Scrutineer", "scrutineer", None),
    "union": ("Uma Union", "trustee", None),
    "outsider": ("Otto Outsider", "trustee", None),
}
TRUSTEES = ("scrutineer", "union", "outsider")


def members(count, employer="Hampshire Probation Trust", branch="Hampshire", workplace="Andover Road", first=1):
    """Rows of a register: invented members M0001, M0002, ..."""
    return [{"number": f"M{n:04}", "name": f"Member {n}", "email": f"m{n:04}@members.example", "phone": "", "branch": branch,
             "employer": employer, "workplace": workplace, "category": "probation officer", "joined": "2010-01-01"}
            for n in range(first, first + count)]


def plan(name, opens, closes, cut_off, **changes):
    """A lawful aggregate ballot on both questions; `changes` replace whole fields, None removes one."""
    full = {
        "id": name, "title": f"Invented ballot {name}",
        "dispute": {"title": "The transfer of probation work", "matters": "The plan to transfer most probation work to private companies."},
        "jurisdiction": "GB", "statutory": True, "important_public_service": False, "methods": ["post", "online"],
        "questions": [{"kind": "strike", "text": "Are you prepared to take part in a strike?", "expected_periods": "from November"},
                      {"kind": "action_short", "text": "Are you prepared to take part in action short of a strike?",
                       "types_of_action": ["a ban on overtime"], "expected_periods": "from November"}],
        "called_by": {"office": "the General Secretary", "role": "general_secretary"},
        "scrutineer": {"name": "Invented Scrutiny Ltd", "return_address": "6 Invented Street, London N1 0AA"},
        "opens": opens, "closes": closes, "zone": "Europe/London", "roll_cut_off": cut_off,
        "constituencies": "aggregate", "aggregate_ground": "affected_members",
        "trustees": {"threshold": 2, "numbers": list(TRUSTEES)}, "second_factor": "member_number", **changes,
    }
    return {key: value for key, value in full.items() if value is not None}


def free_port():
    """Outside the range the kernel takes ports for outgoing connections from: tests run side by side, and each makes many."""
    while True:
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class World:
    def __init__(self, clock=None, bin=BIN):
        self.bin = bin
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="walkout-e2e-"))
        self.rehearsal = clock is not None
        self.port = free_port()
        self.server = None
        self._people = {}
        subprocess.run([ROOT / "certs" / "make-dev-certs", self.folder], check=True, capture_output=True)
        (self.folder / "world.json").write_text(json.dumps({"server": self.url, "walkout": str(bin / "walkout")}))
        self.config = self.folder / "walkoutd.toml"
        self.config.write_text(self._config())
        self.walkoutd("init", *(["--rehearsal", "--clock", clock] if self.rehearsal else []))

    @property
    def url(self):
        return f"https://localhost:{self.port}"

    @property
    def cacert(self):
        return self.folder / "ca.pem"

    @property
    def outbox(self):
        return self.folder / "outbox"

    def _config(self):
        return f"""database = "walkout.db"
board_key = "board.key"
outbox = "outbox"
public_url = "{self.url}"
rehearsal = {str(self.rehearsal).lower()}
log = "walkoutd.log"
address = "127.0.0.1"
port = {self.port}
requests_per_second = 0
mail_from = "ballots@walkout.example"
[tls]
certificate = "server.pem"
key = "server.key"
"""

    # ---- the server ----

    def walkoutd(self, *words, allow=(0,)):
        done = subprocess.run([self.bin / "walkoutd", "--config", self.config, *map(str, words)], cwd=self.folder, text=True, capture_output=True, timeout=120)
        if done.returncode not in allow:
            raise AssertionError(f"walkoutd {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def start(self):
        self.server = subprocess.Popen([self.bin / "walkoutd", "--config", self.config, "serve"], cwd=self.folder,
                                       stdout=open(self.folder / "serve.out", "ab"), stderr=subprocess.STDOUT)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.server.poll() is not None:
                raise AssertionError(f"walkoutd ended with {self.server.returncode}:\n{self.said()}")
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            time.sleep(0.02)
        raise AssertionError(f"walkoutd does not listen:\n{self.said()}")

    def said(self):
        out = self.folder / "serve.out"
        log = self.folder / "walkoutd.log"
        return "\n".join(f.read_text(errors="replace")[-4000:] for f in (out, log) if f.exists())

    def kill(self):
        """As a power cut ends it."""
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.server = None

    def stop(self):
        """As systemd ends it: it must go by itself, and without a complaint of a sanitizer."""
        if self.server is None:
            return
        server, self.server = self.server, None
        server.terminate()
        try:
            status = server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise AssertionError(f"walkoutd does not stop:\n{self.said()}") from None
        if status != 0:
            raise AssertionError(f"walkoutd ended with {status}:\n{self.said()}")

    def recorded(self, query, *values):
        """Rows of the database, read beside the server."""
        with contextlib.closing(sqlite3.connect(f"file:{self.folder}/walkout.db?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def votes(self):
        """What must not change when a vote is refused: the accepted ballots, the boards and the audit log."""
        return [self.recorded(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("accepted_ballot", "accepted_ciphertext", "board_record", "audit")]

    def close(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    # ---- people ----

    def person(self, number, address=None):
        if number not in self._people:
            self._people[number] = Person(self.folder, number)
            self._people[number].file("passphrase", PASSPHRASE)
        if address:
            self._people[number].file("address", address)
        return self._people[number]

    def enrol(self, number, name, role, scope=None):
        """An official: their client makes the signing key, the operator enrols its public half and hands over the authenticator's secret."""
        official = self.person(number, address=f"{number}@officials.example")
        official.run("key", "show", allow=(0, 1)).returncode == 0 or official.run("key", "new")
        key = official.run("key", "show").stdout.split()[-1]
        said = self.walkoutd("official", "add", "--number", number, "--name", name, "--email", f"{number}@officials.example", "--role", role, "--signing-key", key,
                             *(["--scope", scope] if scope else [])).stdout
        if uri := re.search(r"otpauth://\S+", said):
            official.file("authenticator.uri", uri[0] + "\n")
        return official

    def begin(self, more=None):
        """The usual officials, and more, enrolled and signed in at a running server whose ballot clock stands where the test wants it."""
        for number, (name, role, scope) in {**OFFICIALS, **(more or {})}.items():
            self.enrol(number, name, role, scope)
        self.enrol("scrutineer", OFFICIALS["scrutineer"][0], "trustee")  # holds one of the three shares as well
        self.start()
        self.sign_in()
        return self

    def sign_in(self, *numbers):
        for number in numbers or self._people:
            self.person(number).sign_in()

    def set_clock(self, instant):
        self.person("gs").run("clock", "set", instant)

    # ---- the register ----

    def import_register(self, rows):
        out = io.StringIO()
        table = csv.DictWriter(out, rows[0].keys(), lineterminator="\r\n")
        table.writeheader()
        table.writerows(rows)
        gs = self.person("gs")
        for row in rows:
            self.person(row["number"], address=row["email"])
        return gs.json("member", "import", gs.file("members.csv", out.getvalue()))

    # ---- the life of a ballot, step by step as its people take them ----

    def plan(self, plan):
        gs = self.person("gs")
        gs.run("ballot", "plan", gs.file(f"{plan['id']}.json", json.dumps(plan, ensure_ascii=False)))
        return plan["id"]

    def receipts(self, ballot, employers, kind, received, *more):
        for employer in employers:
            self.person("gs").run("notice", "receipt", ballot, "--employer", employer, "--kind", kind, "--received", received,
                                    "--evidence", "a signed slip in an invented file", *more)

    def ceremony(self, ballot, trustees=TRUSTEES):
        """Join, read the fingerprints aloud, deal the shares, confirm them."""
        for step in ("join", "confirm", "shares", "confirm"):
            for number in trustees:
                trustee = self.person(number)
                trustee.run("trustee", step, ballot, "--passphrase-file", trustee.home / "passphrase", *(["--yes"] if step == "confirm" else []))

    def make_codes(self, ballot):
        scrutineer = self.person("scrutineer")
        passphrase = ("--passphrase-file", scrutineer.home / "passphrase")
        scrutineer.run("codes", "make", ballot, "--yes", *passphrase)
        scrutineer.run("codes", "vault", ballot, "--copy", scrutineer.home / f"{ballot}.vault-copy", *passphrase)

    def record_method(self, ballot):
        """Why the ballot is voted on as it is, signed by the general secretary, where it may not open without that."""
        gs = self.person("gs")
        form = gs.json("ballot", "method", ballot, "--template")
        if form["needed"]:
            answers = [{"field": field["field"], "text": f"Invented answer on {field['field']}."} for field in form["fields"]]
            gs.run("ballot", "method", ballot, "--sign", gs.file("method.json", json.dumps({"answers": answers})), "--yes")

    def approve(self, ballot, step, *by):
        for number in by or ("scrutineer", "gs"):
            self.person(number).run("ballot", "approve", ballot, step, "--yes")

    def send_codes(self, ballot):
        """Returns {member's address: voting code}, as letters would carry them."""
        scrutineer = self.person("scrutineer")
        folder = scrutineer.home / f"{ballot}.letters"
        scrutineer.run("codes", "send", ballot, "--outbox", folder, "--from", "scrutineer@scrutiny.example", "--passphrase-file", scrutineer.home / "passphrase")
        return codes_in(folder)

    def vault(self, ballot):
        """The scrutineer's vault, opened without our program: scrypt, then the counter mode inside AES-GCM."""
        home = self.person("scrutineer").home
        head, salt, sealed = (home / "data/walkout/vaults" / f"{ballot}.vault").read_text().split("\n")[:3]
        n, r, p = map(int, head.split()[2:])
        passphrase = (home / "passphrase").read_text().split("\n")[0].encode()
        key = hashlib.scrypt(passphrase, salt=bytes.fromhex(salt), n=n, r=r, p=p, maxmem=128 << 20, dklen=32)
        sealed = bytes.fromhex(sealed)
        plain = subprocess.run(["openssl", "enc", "-d", "-aes-256-ctr", "-K", key.hex(), "-iv", sealed[:12].hex() + "00000002"],
                               input=sealed[12:-16], capture_output=True, check=True, timeout=60).stdout
        return json.loads(plain)

    def vote(self, ballot, number, code, *answers, allow=(0,)):
        """answers: yes, no or blank for each question. Returns the finished process."""
        member = self.person(number)
        return member.run("ballot", "vote", ballot, "--code-file", member.file("code", code + "\n"), "--number-file", member.file("number", number + "\n"),
                          "--answers", member.file("answers.json", json.dumps(list(answers))), "--yes", allow=allow)

    def open(self, plan, employers):
        """From a plan to an open ballot, each step on a lawful day. Returns {address: voting code}."""
        ballot = self.plan(plan)
        opens, cut_off = datetime.datetime.fromisoformat(plan["opens"]), datetime.date.fromisoformat(plan["roll_cut_off"])
        day = lambda before: (opens.date() - datetime.timedelta(days=before)).isoformat()  # noqa: E731
        self.set_clock(f"{cut_off + datetime.timedelta(days=1)}T08:00:00Z")
        self.person("gs").run("ballot", "freeze", ballot)
        self.set_clock(f"{day(2)}T08:00:00Z")
        self.receipts(ballot, employers, "ballot", day(7))
        self.receipts(ballot, employers, "sample", day(3))
        self.ceremony(ballot)
        self.make_codes(ballot)
        self.record_method(ballot)
        self.set_clock(f"{day(1)}T18:00:00Z")  # a signature waits for three days, unless its maker says otherwise
        self.approve(ballot, "open")
        self.set_clock(f"{day(0)}T12:00:00Z")
        return self.send_codes(ballot)

    def election(self, ballot, constituency=0):
        """What a voter's machine is told, for the ballot maker that is not ours."""
        material = self.get(f"/api/v1/ballots/{ballot}/voting")
        return material["constituencies"][constituency]["id"], Election(material["constituencies"][constituency]["election"])

    def cast(self, ballot, codes, votes):
        """votes: {member number: (yes, no or blank, ...)}, cast by many clients at once with the client's own code; each must get its receipt."""
        lines = "".join(f"{number} {number.lower()}@members.example {codes[f'{number.lower()}@members.example']} {','.join(answers)}\n"
                        for number, answers in votes.items())
        done = subprocess.run([self.bin / "walkout-crowd", "--server", self.url, "--cacert", self.cacert, "--ballot", ballot, "--clients", "8"],
                              input=lines, text=True, capture_output=True, timeout=600)
        receipts = dict(line.split() for line in done.stdout.splitlines())
        if done.returncode != 0 or receipts.keys() != votes.keys():
            raise AssertionError(f"walkout-crowd: exit {done.returncode}\n{done.stderr}")
        return receipts

    def cast_independently(self, ballot, codes, votes):
        """The same by belenios.py, one by one."""
        place, election = self.election(ballot)
        for number, answers in votes.items():
            body = {"ballot": election.ballot(codes[f"{number.lower()}@members.example"], *answers), "member_number": number}
            status, reply = self.post(f"/api/v1/constituencies/{place}/votes", body)
            if status not in (200, 201):
                raise AssertionError(f"{number}'s vote: {status} {reply}")

    def close_and_declare(self, plan):
        """Past the closing instant, counted and declared; the result."""
        self.set_clock(f"{plan['closes']}:00Z")  # at or after it in local time, which is UTC or an hour ahead of it
        self.count(plan["id"])
        return self.declare(plan["id"])

    # ---- as any program on the network ----

    def request(self, method, path, body=b"", headers=None, timeout=60):
        """(status, headers, bytes) of one request over TLS on a connection of its own."""
        trust = ssl.create_default_context(cafile=self.cacert)
        connection = http.client.HTTPSConnection("localhost", self.port, context=trust, timeout=timeout)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read()
        finally:
            connection.close()

    def get(self, path):
        status, _, body = self.request("GET", path)
        if status != 200:
            raise AssertionError(f"GET {path}: {status} {body[:500]}")
        return json.loads(body)

    def post(self, path, message):
        status, _, body = self.request("POST", path, json.dumps(message).encode())
        return status, json.loads(body) if body else None

    def count(self, ballot, trustees=TRUSTEES[:2]):
        self.approve(ballot, "count")
        self.person("scrutineer").run("ballot", "count", ballot)
        for number in trustees:
            trustee = self.person(number)
            trustee.run("trustee", "decrypt", ballot, "--passphrase-file", trustee.home / "passphrase")

    def declare(self, ballot):
        self.approve(ballot, "declare")
        return self.result(ballot)

    def result(self, ballot):
        return self.person("gs").json("result", "show", ballot)

    def archives(self, ballot):
        """Downloads every constituency's archive as anybody may. Returns the files."""
        anyone = self.person("anyone")
        folder = anyone.home / ballot
        folder.mkdir(exist_ok=True)
        anyone.run("archive", "fetch", ballot, "-o", folder)
        return sorted(folder.glob("*.bel"))


class WorldTest(unittest.TestCase):
    """Closes the worlds it opened, and shows the server's last words where a test failed."""

    maxDiff = None

    def world(self, **options):
        """Without a clock: today's law by the real clock. With one: a rehearsal that starts then."""
        world = World(**options)
        self.addCleanup(world.close)
        self.addCleanup(self._last_words, world)
        return world

    def audit(self, archive):
        """belenios-tool accepts the archive, and so do the checks it lacks. Without the package only CI insists."""
        if shutil.which("belenios-tool") or os.environ.get("CI"):
            done = subprocess.run([ROOT / "tests" / "support" / "audit-archive", archive], capture_output=True, text=True, timeout=300)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def _last_words(self, world):
        outcome = getattr(self, "_outcome", None)
        if outcome and getattr(outcome, "success", True) is False:
            print(f"\n-- the server's last words ({world.folder})\n{world.said()}", file=sys.stderr)

    def assert_refused(self, exit_code, words, call, *arguments, **options):
        """`call` runs a client command that must end with this exit code and say this."""
        with self.assertRaises(Refused) as caught:
            call(*arguments, **options)
        self.assertEqual(caught.exception.code, exit_code, str(caught.exception))
        self.assertIn(words, caught.exception.words)
        return caught.exception
