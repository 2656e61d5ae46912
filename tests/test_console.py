"""The terminal's side: streams that are closed, full or gone, messages, progress, and being stopped at any moment."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine import console
from engine.core.errors import Cancelled, OutputError
from engine.core.jobs import Job
from engine.core.output import replacing
from engine.speech.files import sound_from_samples, write_wav

ROOT = Path(__file__).resolve().parents[1]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and devices are POSIX")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")


class Broken(io.TextIOWrapper):
    """A stream whose disk is full or whose reader has gone."""

    def __init__(self, error: OSError) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.error = error

    def write(self, text: str) -> int:
        raise self.error


@pytest.fixture
def quiet(tmp_path) -> Path:
    """Half a second of silence."""
    path = tmp_path / "in" / "quiet.wav"
    path.parent.mkdir()
    write_wav(path, sound_from_samples(np.zeros(8000, np.float32), 16000))
    return path


def start(folder: Path, *arguments: object, shell: str = "", **environment: str) -> subprocess.Popen[bytes]:
    """The command line as a process of its own, in `folder`."""
    command = [sys.executable, "-m", "engine.cli", *map(str, arguments)]
    if shell:
        command = ["bash", "-c", f'exec "$@" {shell}', "bash", *command]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@posix_only
def test_closed_streams_and_another_hash_seed_give_the_same_bytes(tmp_path) -> None:
    (tmp_path / "out").mkdir()
    closed = start(tmp_path / "out", "say", "Hello.", "-o", "a.npz", shell="<&- >&- 2>&-", PYTHONHASHSEED="1")
    open_ = start(tmp_path / "out", "say", "Hello.", "-o", "b.npz", "--json", PYTHONHASHSEED="2")
    out, err = open_.communicate(timeout=100)
    assert (closed.wait(100), open_.returncode) == (0, 0), err
    assert out.count(b"\n") == 1 and json.loads(out)["written"] == ["b.npz"]
    assert (tmp_path / "out" / "a.npz").read_bytes() == (tmp_path / "out" / "b.npz").read_bytes()


@linux_only
def test_a_full_stdout_is_said_and_a_full_stderr_stops_nothing(quiet, tmp_path) -> None:
    full_out = start(tmp_path, "animate", quiet, "-o", "a.npz", shell=">/dev/full")
    full_err = start(tmp_path, "animate", quiet, "-o", "b.npz", shell="2>/dev/full")
    _, err = full_out.communicate(timeout=100)
    assert full_out.returncode == 2 and b"cannot be said on stdout (No space left" in err and b"Traceback" not in err
    out, _ = full_err.communicate(timeout=100)
    assert full_err.returncode == 0 and out.startswith(b"wrote b.npz") and (tmp_path / "a.npz").is_file()


def test_an_ascii_terminal_gets_escapes_and_json_that_parses(quiet, tmp_path) -> None:
    process = start(tmp_path, "phonemes", quiet, "--json", "-o", "é中.json", PYTHONIOENCODING="ascii")
    out, _ = process.communicate(timeout=100)
    assert process.returncode == 0 and json.loads(out)["written"] == ["é中.json"]


@posix_only
@pytest.mark.parametrize("delay_s", [0.08, 0.25, 0.5, 0.9, 1.4])
def test_a_stop_while_it_starts_is_quiet_and_leaves_nothing(delay_s, quiet, tmp_path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    process = start(folder, "animate", quiet, "-o", "x.npz", "-o", "x.viva")
    time.sleep(delay_s)
    process.send_signal(signal.SIGINT if delay_s != 0.9 else signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT, -signal.SIGTERM, 0)  # by the signal itself before there is anything to tidy up
    assert b"Traceback" not in err and b"Exception" not in err and b"fault" not in err
    assert list(folder.iterdir()) == [] or process.returncode == 0


@posix_only
def test_a_signal_cancels_the_job_and_a_second_does_not_disturb() -> None:
    job = Job()
    with console.Stop(job) as stop:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        assert stop.asked
        with pytest.raises(Cancelled):
            job.report(0, 1)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@posix_only
def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with console.Stop(Job()) as stop:
            os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(0.01)
            assert not stop.asked
    finally:
        signal.signal(signal.SIGHUP, before)


@posix_only
def test_a_library_being_loaded_is_not_broken_off_while_something_is_written(tmp_path, monkeypatch) -> None:
    """An exception in the start of a C++ library aborts the process: the job is cancelled instead."""
    (tmp_path / "loading.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(0.01)\nwhole = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    job = Job()
    with console.Stop(job), replacing(tmp_path / "x.bin") as temporary:
        import loading

        temporary.write_bytes(b"")
        assert loading.whole and job.cancelled


@posix_only
def test_a_library_being_loaded_ends_the_process_while_nothing_is_written(tmp_path) -> None:
    (tmp_path / "loading.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)\n")
    code = "import sys; sys.path.insert(0, '.')\nfrom engine.console import Stop\nfrom engine.core.jobs import Job\nwith Stop(Job()):\n    import loading"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60)
    assert done.returncode == 130 and done.stderr == f"{console.CANCELLED}\n".encode()


def test_progress_that_nobody_can_read_does_not_stop_the_work(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(sys, "stderr", Broken(OSError(28, "No space left on device")))
    bar = console.Bar()
    with replacing(tmp_path / "x.bin") as temporary:  # which would take the error for its own
        bar.report(1, 2, "half")
        temporary.write_bytes(b"whole")
    bar.close()
    console.warn("nobody reads this")
    assert bar.silent and (tmp_path / "x.bin").read_bytes() == b"whole"


def test_a_result_that_cannot_be_said_is_an_error_unless_the_reader_has_gone(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError(32, "Broken pipe")))
    console.tell("x")
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "No space left on device")))
    with pytest.raises(OutputError, match="No space left on device"):
        console.tell("x")


def test_messages_are_one_line_of_printable_text() -> None:
    assert console.one_line("a\nb\x1b[31m\tc\u202ed é中😀") == "a\\nb\\x1b[31m\\tc\\u202ed é中😀"
    assert len(console.one_line("9" * 100_000)) < 1100 and console.one_line("9" * 100_000).count(" ... ") == 1


def test_progress_is_a_line_per_tenth_without_a_terminal(capsys) -> None:
    bar = console.Bar()
    for n in range(1001):
        bar.report(n, 1000, "working")
    bar.report(1, 0, "of unknown length")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "  0 %  working" and lines[10] == "100 %  working" and len(lines) == 12
    bar.silent = True
    bar.report(0, 1, "unheard")
    assert capsys.readouterr().err == ""
