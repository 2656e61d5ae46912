"""The terminal's side of the command line: progress, messages, streams that may be closed or full, and being stopped."""

from __future__ import annotations

import atexit
import io
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, TextIO

from engine.core.errors import OutputError
from engine.core.jobs import Job
from engine.core.output import being_written

LONGEST = 1000  # characters of a message
CANCELLED = "cancelled, nothing was left half-written"
PATIENCE_S = 5.0  # how long tidying up may take before a further Ctrl-C ends the process at once
_REDRAWN_S = 0.05
_FRESH_LINE = "\r\x1b[K"
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def open_streams() -> None:
    """Put the null device where stdin, stdout or stderr is closed: the next file opened would take its number and get what is printed."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115  for the whole process


def warn(text: str) -> None:
    """A line on stderr; where nobody can read it the work goes on."""
    try:
        sys.stderr.write(one_line(text) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        _give_up(sys.stderr, 2)


def tell(text: str) -> None:
    """A line on stdout.

    Raises:
        OutputError: stdout cannot be written. A reader that has gone is no error: it wanted no more.
    """
    try:
        sys.stdout.write(_encodable(text, sys.stdout) + "\n")
    except BrokenPipeError:
        give_up_stdout()
    except OSError as error:
        raise _unsaid(error) from error
    flush()


def tell_result(result: Any, lines: Iterable[str], as_json: bool) -> None:
    """What a command did on stdout: as JSON, or as lines for a person.

    Raises:
        OutputError: stdout cannot be written.
    """
    if as_json:
        # Bytes of a file's name that are no text are escaped, for JSON is UTF-8.
        wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        lines = [json.dumps(result, ensure_ascii=not wide)]
    for line in lines:
        tell(line)


def flush() -> None:
    """Send what was said on its way.

    Raises:
        OutputError: stdout cannot be written.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_stdout()
    except OSError as error:
        raise _unsaid(error) from error


def give_up_stdout() -> None:
    """Let what is still to be said go nowhere: whoever read it has gone."""
    _give_up(sys.stdout, 1)


def _unsaid(error: OSError) -> OutputError:
    give_up_stdout()
    return OutputError(f"the result cannot be said on stdout ({error.strerror})", "see where it is sent to; the files themselves are written")


def one_line(text: str) -> str:
    """A message without line ends or what else would move the cursor, cut in the middle where it is endless."""
    clean = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST // 2]} ... {clean[-LONGEST // 2 :]}"


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _give_up(stream: TextIO, number: int) -> None:
    """Let what is still to be written to a stream go nowhere, so that it does not fail again when Python ends."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        if stream.fileno() == number:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, number)
            os.close(null)


class Bar:
    """A progress bar on stderr: redrawn on a terminal, a line per tenth elsewhere, nothing while `silent`."""

    def __init__(self) -> None:
        self.silent = False
        self._terminal = sys.stderr.isatty()
        self._drawn = 0.0
        self._tenth = -1
        self._open = False

    def report(self, done: float, total: float, label: str) -> None:
        """Show `done` of `total`; called through a `Job`."""
        if self.silent:
            return
        share = min(max(done / total, 0.0), 1.0) if total else 0.0
        if self._terminal:
            now = time.monotonic()
            if now - self._drawn < _REDRAWN_S and share < 1.0:
                return
            self._drawn, self._open = now, True
            filled = int(share * 30)
            self._write(f"{_FRESH_LINE}[{'█' * filled}{'·' * (30 - filled)}] {share * 100:3.0f} %  {label[:40]}")
        elif int(share * 10) != self._tenth:
            self._tenth = int(share * 10)
            self._write(f"{share * 100:3.0f} %  {label}\n")

    def close(self) -> None:
        """Leave the terminal on a fresh line."""
        if self._open:
            self._write(_FRESH_LINE)
            self._open = False

    def _write(self, text: str) -> None:
        # An error from here would look like one of the file that is being written.
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            _give_up(sys.stderr, 2)
            self.silent = True


class Notes(logging.Handler):
    """What the engine's log warns of, as notices."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say one record."""
        warn(f"note: {record.getMessage()}")


class Stop:
    """Ctrl-C, a polite kill and a closed terminal, while the block runs: the work is cancelled and tidies up, once.

    The first signal cancels the job and raises `KeyboardInterrupt`. Code called from C swallows such an exception, libraries turn
    it into others: `asked` says what it was, and the job ends at its next report. More signals do not disturb the tidying up.
    A library that is being loaded may abort the whole process when its start is broken off, so then nothing is raised.

    Args:
        job: what to cancel.
    """

    def __init__(self, job: Job) -> None:
        self.asked = False
        self._job = job
        self._since = 0.0
        self._before: dict[int, object] = {}
        self._hook = sys.unraisablehook

    def __enter__(self) -> Stop:
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # Ignored by our parent (nohup, a background job): so it is to stay.
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                with suppress(ValueError):  # not the main thread
                    self._before[number] = signal.signal(number, self._stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        sys.unraisablehook = self._hook
        if self._before:  # registered last, it comes first: what others do while Python ends is not to be stopped half-way
            atexit.unregister(_ignore_signals)
            atexit.register(_ignore_signals)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.asked:
            if now - self._since > PATIENCE_S:
                os._exit(130)
            return
        self.asked, self._since = True, now
        self._job.cancel()
        sys.unraisablehook = lambda _: None
        if not _importing(frame):
            raise KeyboardInterrupt
        if not being_written():
            with suppress(OSError):
                os.write(2, f"{_FRESH_LINE if os.isatty(2) else ''}{CANCELLED}\n".encode())
            os._exit(130)


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _ignore_signals() -> None:
    """The work is done or given up: nothing is left to stop while Python ends."""
    for name in _SIGNALS:
        with suppress(AttributeError, ValueError):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
