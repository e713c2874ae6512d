#!/usr/bin/python3
"""One invented person at a computer of their own: runs `walkout` with folders that are theirs alone.

    person.py WORLD NUMBER sign-in            fetches the one-time code from the outbox folder and, for an official, adds the authenticator's
    person.py WORLD NUMBER COMMAND [ARG...]   any other command of `walkout`

WORLD is a folder of a rehearsal: people/NUMBER/ is each person's home, outbox/ the mails the server has written, ca.pem the development CA,
and world.json says {"server": URL, "walkout": PATH}. Used by deploy/quickstart and tests/e2e. In life the code comes by mail, and the
authenticator is an app on a telephone.
"""

import base64
import email
import hashlib
import hmac
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import time
import urllib.parse


class Refused(Exception):
    """`walkout` ended with something else than 0."""

    def __init__(self, done):
        super().__init__(f"walkout {' '.join(done.args[1:])}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        self.code = done.returncode
        self.words = done.stderr


def totp(uri, at):
    """RFC 6238 as every authenticator app computes it, from an otpauth:// URI."""
    secret = urllib.parse.parse_qs(urllib.parse.urlparse(uri).query)["secret"][0]
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def mails(folder):
    """{file name: message} of every mail in an outbox."""
    return {file.name: email.message_from_bytes(file.read_bytes()) for file in pathlib.Path(folder).glob("[!.]*.eml")}


def text_of(mail):
    return mail.get_payload(decode=True).decode()


# protocol.md section 0: fourteen base58 digits and a check digit, XXX-XXX-XXX-XXX-XXX.
VOTING_CODE = re.compile(r"(?<![\w-])[1-9A-HJ-NP-Za-km-z]{3}(?:-[1-9A-HJ-NP-Za-km-z]{3}){4}(?![\w-])")


def codes_in(letters):
    """{address: voting code} of the scrutineer's mails."""
    return {mail["To"].strip("<>"): VOTING_CODE.search(text_of(mail))[0] for mail in mails(letters).values()}


class Person:
    def __init__(self, world, number):
        self.world = pathlib.Path(world)
        self.number = number
        self.home = self.world / "people" / number
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = json.loads((self.world / "world.json").read_text())
        self.walkout = settings["walkout"]
        self.environment = {
            "HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": os.environ.get("TERM", "dumb"),
            "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_STATE_HOME": str(self.home / "state"), "XDG_DATA_HOME": str(self.home / "data"),
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")},
        }
        config = self.home / "config" / "walkout"
        config.mkdir(mode=0o700, parents=True, exist_ok=True)
        (config / "config.toml").write_text(f"server = {json.dumps(settings['server'])}\ncacert = {json.dumps(str(self.world / 'ca.pem'))}\n")

    def file(self, name, content):
        """Leaves a file in the home of this person, for nobody else to read."""
        path = self.home / name
        path.touch(mode=0o600)
        path.write_text(content)
        return path

    def run(self, *words, given=None, allow=(0,)):
        """The finished process. Exit codes outside `allow` raise Refused."""
        done = subprocess.run([self.walkout, *map(str, words)], env=self.environment, cwd=self.home, input=given, text=True, capture_output=True,
                              timeout=600)
        if done.returncode not in allow:
            raise Refused(done)
        return done

    def json(self, *words, **options):
        return json.loads(self.run(*words, "--json", **options).stdout)

    @property
    def authenticator(self):
        """Where an official keeps the otpauth:// URI; no such file for a member without an office."""
        return self.home / "authenticator.uri"

    def sign_in(self):
        """Asks for a code, waits for the mail with it, types it. Returns what `walkout` said."""
        before = set(mails(self.world / "outbox"))
        words = ["login", "--number", self.number, "--code-file", "-"]
        if self.authenticator.exists():
            words += ["--totp-file", str(self.file("totp", self._unused_totp() + "\n"))]
        asking = subprocess.Popen([self.walkout, *words], env=self.environment, cwd=self.home, text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        code = self._mailed_code(before, asking)
        out, err = asking.communicate(code + "\n" if code else "", timeout=60)
        done = subprocess.CompletedProcess(asking.args, asking.returncode, out, err)
        if done.returncode != 0:
            raise Refused(done)
        return out

    def _unused_totp(self):
        """An authenticator's code works once: within half a minute of the last sign-in, wait for the next."""
        last = self.home / "totp.step"
        while last.exists() and int(last.read_text()) >= int(time.time()) // 30:
            time.sleep(1)
        last.write_text(str(int(time.time()) // 30))
        return totp(self.authenticator.read_text().strip(), time.time())

    def _mailed_code(self, before, asking):
        address = (self.home / "address").read_text().strip()
        until = time.monotonic() + 20
        while time.monotonic() < until and asking.poll() is None:
            for name, mail in mails(self.world / "outbox").items():
                if name not in before and mail["To"].strip("<>") == address:
                    if found := re.search(r"sign-in code is ([0-9]{4}-[0-9]{4})", text_of(mail)):
                        return found[1]
            time.sleep(0.05)
        return None


def main(world, number, *words):
    person = Person(world, number)
    if words == ("sign-in",):
        try:
            print(person.sign_in(), end="")
        except Refused as refused:
            sys.exit(str(refused))
        return
    os.chdir(person.home)
    os.execve(person.walkout, ["walkout", *words], person.environment)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
