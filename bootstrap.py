#!/usr/bin/env python3
"""From a fresh clone to a talking head: sets up `.venv` and runs Viva Voce, or its tests.

    python3 bootstrap.py demo [SOUND] [--transcript T] [--no-window]    render a line to demo.mp4 and open the studio on it
    python3 bootstrap.py test [PYTEST ARGUMENT ...]                     run the tests, on a virtual display and sound sink
    python3 bootstrap.py setup                                          only set up
    python3 bootstrap.py clean                                          remove .venv and caches

Needs Python 3.11 and nothing else. On Debian and Ubuntu as root it installs the system libraries that are missing; elsewhere it names
them with the command that does. May be stopped and started again at any moment.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this file must still parse on 3.6 to say so)
    import shutil

    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    remedy = f"run  {newer[0]} bootstrap.py" if newer else "install Python 3.11 or newer and run bootstrap.py with it"
    sys.stderr.write(f"Viva Voce needs Python 3.11 or newer and this is {sys.version.split()[0]}; {remedy}\n")
    sys.exit(2)

import argparse
import os
import shlex
import shutil
import signal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "packaging"))

from setting_up.console import ASTRAY, ROOT, VENV, Stop, clean_env, run, say
from setting_up.environment import BIN, PYTHON, prepare, wipe
from setting_up.system import install_command, missing_needs

SAMPLE = ROOT / "assets" / "projects" / "sample"
DEMO_MARK = VENV / ".demo"
# All tests, in so many processes: one more than there are cores, for a window test waits for what is drawn and heard.
# What fails is run once more, and told as "rerun": a window that a busy machine gave no focus in time.
SPREAD = ("-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder", "--max-worker-restart", "2", "--reruns", "1")
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", "build", "dist")


def has_display() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo(sound: str | None, transcript: str | None, window: bool) -> int:
    """Render a line to demo.mp4 and demo.viva and open the studio on it."""
    line = Path(sound) if sound else SAMPLE / "line.flac"
    if not line.is_file():
        raise Stop(f"there is no sound file {line}; give the path of a recording, or none for the sample line")
    words = transcript if sound else transcript or str(SAMPLE / "line.txt")
    prepare(set())
    lacking = [need for need in missing_needs(False) if need.purpose == "pictures"]
    if lacking:
        raise Stop(f"without {', '.join(need.probe for need in lacking)} no picture can be drawn; remedy: {install_command(lacking)}")
    movie, project = ROOT / "demo.mp4", ROOT / "demo.viva"
    keep_edited(project)
    vivavoce = str(BIN / ("vivavoce.exe" if os.name == "nt" else "vivavoce"))
    command = [vivavoce, "animate", str(line.resolve()), "-o", str(movie), "-o", str(project)]
    try:
        status = run([*command, f"--transcript={words}"] if words else command, clean_env())
    finally:
        # Whatever is there now has been kept or comes from us.
        if project.is_file():
            DEMO_MARK.write_text(str(project.stat().st_mtime_ns), encoding="ascii")
    if status:
        return status
    say(f"Watch {movie}")
    if not window:
        return 0
    if not has_display():
        say(f"There is no display here. On a machine with one:  {shlex.join([vivavoce, str(project)])}")
        return 0
    say(f"Opening the studio on {project}")
    return run([vivavoce, str(project)], clean_env())


def keep_edited(project: Path) -> None:
    """Copy a demo project that has changed since the demo wrote it, before it is written again."""
    written = DEMO_MARK.read_text(encoding="ascii") if DEMO_MARK.is_file() else ""
    if project.is_file() and str(project.stat().st_mtime_ns) != written:
        kept = project.with_name("demo.previous.viva")
        shutil.copy2(project, kept)
        say(f"{project.name} has changed since the last demo; kept as {kept.name}")


def test(arguments: list[str]) -> int:
    """Run pytest on the test stage; its status, its summary last."""
    prepare({"dev"}, models=True)
    # PYTHONUTF8 is for the set-up only: a test must be able to see what a plain locale does.
    # Bytecode is kept whatever the machine is set up with: else each of the processes that tests start compiles all it imports anew.
    env = {name: value for name, value in os.environ.items() if name not in (*ASTRAY, "PYTHONDONTWRITEBYTECODE")}
    os.chdir(ROOT)
    return run([str(PYTHON), str(ROOT / "tests" / "stage.py"), str(PYTHON), "-m", "pytest", *(arguments or SPREAD)], env)


def clean() -> int:
    """Remove the environment and caches; the person's own files and demo.* stay."""
    wipe()
    for folder in (VENV, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    say("Removed .venv and caches")
    return 0


def main(argv: list[str]) -> int:
    """Run one command; its exit status."""
    own, pytest_arguments = (argv[:1], argv[1:]) if argv[:1] == ["test"] else (argv, [])
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    parser_demo = commands.add_parser("demo", help="render a line to demo.mp4 and open the studio on it")
    parser_demo.add_argument("sound", nargs="?", metavar="SOUND", help="your own recording; the sample line without")
    parser_demo.add_argument("--transcript", metavar="T", help="what is said in it: the text, or a text file")
    parser_demo.add_argument("--no-window", action="store_true", help="do not open the studio")
    commands.add_parser("test", help="run the tests; further arguments go to pytest")
    commands.add_parser("setup", help="only set up")
    commands.add_parser("clean", help="remove .venv and caches")
    args = parser.parse_args(own)
    if args.command == "demo":
        return demo(args.sound, args.transcript, not args.no_window)
    if args.command == "test":
        return test(pytest_arguments)
    if args.command == "clean":
        return clean()
    prepare(set(), models=True)
    say(f"Ready:  {shlex.join([str(BIN / 'vivavoce')])}")
    return 0


def terminated(number: int, frame: object) -> None:
    """End in order on SIGTERM: the child first."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, terminated)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        say(f"bootstrap.py: {stop}")
        sys.exit(stop.status)
    except KeyboardInterrupt:
        say("Stopped; run the same command to go on")
        sys.exit(130)
