"""Pages in a real browser: Debian's Chromium, driven over W3C WebDriver by its own chromedriver, and checked by axe-core (tests/browser)."""

import base64
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

AXE = pathlib.Path(__file__).resolve().parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"


def missing():
    """What is not installed here, in words; empty where all is."""
    programs = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return ", ".join(programs + ([] if AXE.exists() else ["axe-core (npm ci --prefix tests/browser)"]))


class Browser:
    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.profile = tempfile.mkdtemp(prefix="walkout-chromium-")
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._await_driver()
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise; it opens our own pages only
        options = {"args": ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={self.profile}", *sandbox]}
        wanted = {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True, "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}}
        self.session = "/session/" + self._ask("POST", "/session", wanted)["sessionId"]

    def _await_driver(self):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if self._ask("GET", "/status")["ready"]:
                    return
            time.sleep(0.05)
        raise AssertionError("chromedriver does not start")

    def _ask(self, method, path, message=None):
        body = json.dumps(message).encode() if message is not None else None
        request = urllib.request.Request(self.address + path, data=body, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read().decode(errors='replace')[:1000]}") from None

    def do(self, method, path, message=None):
        return self._ask(method, self.session + path, message)

    def run(self, script, *arguments):
        """A script's value; of a promise, what it becomes."""
        return self.do("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def open(self, url, width=1280, height=900):
        self.do("POST", "/window/rect", {"width": width, "height": height})
        # A headless window has a least width: the page's own width is what counts, so the device is made as narrow as asked.
        self.do("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride",
                                              "params": {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}})
        self.do("POST", "/url", {"url": url})

    def _element(self, selector):
        return next(iter(self.do("POST", "/element", {"using": "css selector", "value": selector}).values()))

    def type(self, selector, text):
        self.do("POST", f"/element/{self._element(selector)}/value", {"text": text})

    def press(self, selector):
        """A button that leads to another page: comes back when that is there."""
        self.run("window.leaving = true")
        self.do("POST", f"/element/{self._element(selector)}/click", {})
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self.run("return !window.leaving && document.readyState === 'complete'"):
                return
            time.sleep(0.02)
        raise AssertionError(f"{selector} leads nowhere")

    def violations(self):
        """What axe-core finds wrong with the page as it stands, every rule of WCAG 2.2 AA and of good practice: {rule: [elements]}."""
        self.run(AXE.read_text())
        found = self.run("return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        assert found["passes"], "axe-core has checked nothing"
        return {rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in found["violations"]}

    def said(self):
        """What the browser complained of since this was last asked: a blocked style, a failed load."""
        return [entry["message"] for entry in self.do("POST", "/se/log", {"type": "browser"}) if entry["level"] in ("WARNING", "SEVERE")]

    def picture(self, file):
        pathlib.Path(file).write_bytes(base64.b64decode(self.do("GET", "/screenshot")))

    def close(self):
        with contextlib.suppress(Exception):
            self.do("DELETE", "")
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
