"""Controls Firefox by its own protocol, Marionette: JSON on a socket."""

import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")


class Firefox:
    """A session of Firefox. Methods raise AssertionError if Firefox reports an error."""

    def __init__(self, connection):
        self._connection, self._left, self._number = connection, b"", 0
        self._read()  # Firefox first introduces itself
        self.ask("NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})

    def ask(self, command, **parameters):
        """The result of a WebDriver command."""
        self._number += 1
        message = json.dumps([0, self._number, f"WebDriver:{command}", parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, number, error, result = self._read()
        assert number == self._number and error is None, error
        return result.get("value", result) if isinstance(result, dict) else result

    def goto(self, address):
        self.ask("Navigate", url=address)

    def evaluate(self, body, *arguments):
        """The result of a function body, which can use `arguments`."""
        return self.ask("ExecuteScript", script=body, args=list(arguments), sandbox=None, newSandbox=False)

    def evaluate_later(self, body, *arguments):
        """Like `evaluate`, for a body that calls the last of its `arguments` with the result."""
        return self.ask("ExecuteAsyncScript", script=body, args=list(arguments), sandbox=None, newSandbox=False)

    def drag(self, start, end):
        """Press the mouse button at one place of the window, and release it at another."""
        moves = [{"type": "pointerMove", "x": x, "y": y, "duration": 20} for x, y in (start, end)]
        steps = [moves[0], {"type": "pointerDown", "button": 0}, moves[1], {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self.ask("PerformActions", actions=[mouse])

    def press(self, key):
        steps = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.ask("PerformActions", actions=[{"type": "key", "id": "keys", "actions": steps}])

    def until(self, expression, seconds=60):
        """Wait until an expression is true in the page."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"return Boolean({expression})"):
            assert time.monotonic() < end, f"never so: {expression}"
            time.sleep(0.05)

    def _read(self):
        while b":" not in self._left:
            self._receive()
        length, _, self._left = self._left.partition(b":")
        while len(self._left) < int(length):
            self._receive()
        message, self._left = self._left[: int(length)], self._left[int(length) :]
        return json.loads(message)

    def _receive(self):
        more = self._connection.recv(1 << 16)
        assert more, "Firefox is gone"
        self._left += more


@contextmanager
def firefox(folder, width=1280, height=860):
    """Firefox without a window, with its own profile in a folder; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile = folder / "profile"
    profile.mkdir()
    quiet = {
        "marionette.port": port,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.disabledForTesting": True,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "ui.prefersReducedMotion": 1,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in quiet.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    line = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    line += ["--width", str(width), "--height", str(height)]
    log = (folder / "firefox.log").open("w")
    with log, subprocess.Popen(line, stdout=log, stderr=log) as process:
        try:
            with _connected(port, process) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()


def _connected(port, process, seconds=120):
    end = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=seconds)
        except OSError:
            assert process.poll() is None and time.monotonic() < end, "Firefox does not answer"
            time.sleep(0.2)
