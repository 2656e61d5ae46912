"""Places, progress, running commands: what the other parts of the set-up stand on. Standard library only."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LOG = VENV / "bootstrap.log"
STAMP = VENV / ".vivavoce-ready"
CLEAR_LINE = "\r\033[K"
# Settings of the caller that would lead pip or the environment's Python astray.
ASTRAY = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


class Stop(Exception):
    """The end, with what is wrong, the remedy and the exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def say(text: str) -> None:
    """One line to the person, on stderr like all progress."""
    print(text, file=sys.stderr, flush=True)


class Step:
    """One line of progress: what is being done, on a terminal what is under way, at the end the time it took."""

    def __init__(self, what: str) -> None:
        self.what, self.start, self.note, self.detail, self.end = what, time.monotonic(), "", "", "ok"
        self.live = sys.stderr.isatty()
        self.ended = threading.Event()
        self.ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Step:
        if self.live:
            self.ticker.start()
        return self

    def _tick(self) -> None:
        while not self.ended.wait(0.5):
            width = shutil.get_terminal_size().columns - 12
            line = f"  {self.what} ... {self.detail}"[:width]
            sys.stderr.write(f"{CLEAR_LINE}{line}  {time.monotonic() - self.start:.0f} s")
            sys.stderr.flush()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.ended.set()
        if self.live:
            self.ticker.join()
            sys.stderr.write(CLEAR_LINE)
        end = self.end if kind is None else "stopped" if kind in (KeyboardInterrupt, SystemExit) else "FAILED"
        note = f" ({self.note})" if self.note else ""
        say(f"  {self.what} ... {end}{note}, {time.monotonic() - self.start:.1f} s")


def clean_env(**more: str) -> dict[str, str]:
    """The caller's environment without what leads pip and Python astray, in UTF-8 mode."""
    # UTF-8 mode: pip's editable install writes this folder's name into a file that Python reads in the locale's encoding.
    return {name: value for name, value in os.environ.items() if name not in ASTRAY} | {"PYTHONUTF8": "1"} | more


def logged(step: Step, command: list[str], env: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command with its output in the log; its exit status and its last lines."""
    VENV.mkdir(exist_ok=True)
    tail: list[str] = []
    with LOG.open("a", encoding="utf-8", buffering=1) as log:
        log.write(f"\n$ {shlex.join(command)}   # {time.strftime('%F %T')}\n")
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            errors="replace",
        )  # fmt: skip
        assert child.stdout is not None
        try:
            for line in child.stdout:
                log.write(line)
                tail = [*tail[-99:], line.rstrip()]
                step.detail = line.strip()
            return child.wait(), tail
        except BaseException:
            # The child has had the same Ctrl-C: let it tidy up.
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(10)
            child.kill()
            raise


def run(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a command in the foreground with our terminal; its exit status. After Ctrl-C it is given time to end by itself."""
    with subprocess.Popen(command, env=env) as child:
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit) as stop:
            if isinstance(stop, SystemExit):
                child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(30)
            child.kill()
            raise
