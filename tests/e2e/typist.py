"""Somebody who types: runs a command on a terminal of its own, of a given width, and reads what stands on it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

CONTROL_C = "\x03"


class Typist:
    def __init__(self, person, *words, columns=80, lines=50):
        self.screen = ""
        self._read_to = 0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._process = subprocess.Popen(
            [person.walkout, *map(str, words)], env={**person.environment, "TERM": "xterm"}, cwd=person.home, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        self._slave = slave  # kept open, so that its settings can be read after the command has ended

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._slave)
        os.close(self._master)

    def _read(self, seconds):
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        piece = os.read(self._master, 65536).decode(errors="replace").replace("\r\n", "\n")
        self.screen += re.sub(r"\x1b\[[0-9;]*[mK]", "", piece)
        return True

    def expect(self, words, seconds=60):
        """Waits until this stands on the screen, after what was waited for before. Returns what came up to it. Line ends and blanks are one."""
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        until = time.monotonic() + seconds
        while not (found := pattern.search(self.screen, self._read_to)):
            if time.monotonic() > until or (self._process.poll() is not None and not self._read(0.2)):
                raise AssertionError(f"{words!r} does not appear:\n{self.screen[self._read_to:]}")
            self._read(0.2)
        said, self._read_to = self.screen[self._read_to:found.end()], found.end()
        return said

    def type(self, line):
        os.write(self._master, (line + "\n").encode())

    def answer(self, question, line):
        said = self.expect(question)
        self.type(line)
        return said

    def interrupt(self):
        os.write(self._master, CONTROL_C.encode())

    def echoes(self):
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)

    def ended(self, seconds=60):
        """The exit status, as a shell has it."""
        until = time.monotonic() + seconds
        while self._process.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"it has not ended:\n{self.screen[self._read_to:]}")
            self._read(0.05)
        while self._read(0):
            pass
        status = self._process.returncode
        return 128 - status if status < 0 else status
