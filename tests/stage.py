"""A stage for the tests: runs a command with a virtual display and a sound sink of its own, and takes both down after it.

    python tests/stage.py COMMAND [ARGUMENT ...]

Nothing of the user's is touched: the X server takes a free display number, PulseAudio runs in a private folder behind a private
socket, ALSA's default device is pointed there by ALSA_CONFIG_PATH. What cannot be had is left out and said; the command learns what
there is from VIVAVOCE_TEST_DISPLAY and VIVAVOCE_TEST_SOUND (1 or 0). Where pytest-xdist runs the tests in several processes, each has a
stage of its own (`conftest.py`). The exit status is the command's, 130 after Ctrl-C. Standard
library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

START_S = 15.0
ASOUND = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


def _die_with_parent() -> None:
    """In the child on Linux: be ended by the kernel should the stage be killed outright."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _start(command: list[str], log: Path, env: dict[str, str], pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    before: Callable[[], None] | None = _die_with_parent if sys.platform == "linux" else None
    with log.open("wb") as output:
        # A session of its own: Ctrl-C must reach the command first and the servers last.
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env, pass_fds=pass_fds, start_new_session=True, preexec_fn=before
        )


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextlib.contextmanager
def display(folder: Path, env: dict[str, str]) -> Iterator[str]:
    """Xvfb on a free display, or Qt's offscreen platform; yields what it is in words."""
    env.update(VIVAVOCE_TEST_DISPLAY="0", QT_QPA_PLATFORM="offscreen")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"):
        env.pop(name, None)
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        yield "no display (Xvfb is not installed), Qt offscreen"
        return
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    server = _start(command, folder / "xvfb.log", env, (writing,))
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], START_S)
        number = os.read(reading, 16).decode().strip() if ready else ""
        if number.isdigit():
            env.update(DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb", VIVAVOCE_TEST_DISPLAY="1")
            yield f"Xvfb on display :{number}"
        else:
            yield f"no display (Xvfb did not start: {_last_line(folder / 'xvfb.log')}), Qt offscreen"
    finally:
        os.close(reading)
        _stop(server)


@contextlib.contextmanager
def sound(folder: Path, env: dict[str, str]) -> Iterator[str]:
    """PulseAudio with a null sink that keeps time like a card, as ALSA's default device; yields what it is in words."""
    env["VIVAVOCE_TEST_SOUND"] = "0"
    pulseaudio = shutil.which("pulseaudio")
    if pulseaudio is None:
        yield "no sound (pulseaudio is not installed)"
        return
    address = folder / "native"
    private = {name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH")}
    # norewinds: without it the sink swallows two seconds at once and is no clock.
    command = [
        pulseaudio, "-n", "--daemonize=no", "--system=no", "--use-pid-file=no", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no",
        "-L", "module-null-sink sink_name=vivavoce norewinds=1", "-L", f"module-native-protocol-unix socket={address} auth-anonymous=1",
    ]  # fmt: skip
    server_env = {name: value for name, value in env.items() if name not in ("PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")} | private
    server = _start(command, folder / "pulseaudio.log", server_env)
    try:
        if _answers(address, server):
            asound = folder / "asound.conf"
            asound.write_text(ASOUND, encoding="utf-8")
            env.update(PULSE_SERVER=f"unix:{address}", ALSA_CONFIG_PATH=str(asound), VIVAVOCE_TEST_SOUND="1")
            yield "PulseAudio null sink"
        else:
            yield f"no sound (PulseAudio did not start: {_last_line(folder / 'pulseaudio.log')})"
    finally:
        _stop(server)


def _answers(address: Path, server: subprocess.Popen[bytes]) -> bool:
    """True once the socket at `address` takes connections; False when the server ends or the time is up."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.connect(str(address))
            return True
        time.sleep(0.05)
    return False


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


@contextlib.contextmanager
def servers(env: dict[str, str]) -> Iterator[list[str]]:
    """A display and a sound sink, put into `env`; yields what they are in words."""
    with contextlib.ExitStack() as stack:
        # Not in TMPDIR: a socket's path may have 107 characters at most.
        short = "/tmp" if Path("/tmp").is_dir() else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vivavoce-stage-", dir=short, ignore_cleanup_errors=True)))
        yield [stack.enter_context(display(folder, env)), stack.enter_context(sound(folder, env))]


def _terminated(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def run(command: list[str]) -> int:
    """The command's exit status, run on the stage."""
    env = dict(os.environ)
    with contextlib.ExitStack() as stack:
        if sys.platform == "linux":
            print("Stage: " + ", ".join(stack.enter_context(servers(env))), file=sys.stderr, flush=True)
        else:
            env.setdefault("QT_QPA_PLATFORM", "offscreen")
        child = subprocess.Popen(command, env=env)
        stack.callback(_end, child)
        try:
            return child.wait()
        except KeyboardInterrupt:
            # It has had the same signal and may be writing its summary.
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                child.wait(20)
            return 130


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, _terminated)
    # A shell lets what it starts in the background ignore Ctrl-C, and so would every process of the tests.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
