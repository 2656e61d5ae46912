"""The command line: `vivavoce animate`, `say`, `phonemes`, `render`, `doctor`, `bench`.

Progress goes to stderr, results to the files named, one summary line (or `--json`) to stdout. Exit status: 0 done, 2 bad input,
1 our fault, 130 cancelled.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from engine.core.errors import Cancelled, EngineError, InvalidInput, OutOfMemory
from engine.core.jobs import Job
from engine.core.output import check_target
from engine.core.timing import parse_rate

PROGRAM = "vivavoce"
VERSION = "0.1.0"
OUTPUTS = (".mp4", ".npz", ".csv", ".png", ".TextGrid", ".wav", ".viva")
PHONEME_OUTPUTS = (".TextGrid", ".json")
QUALITIES = ("draft", "standard", "high", "final")
LARGEST_TEXT = 2_000_000
_SIZE = re.compile(r"^(\d{2,5})(?:[xX](\d{2,5}))?$")
_RANGE = re.compile(r"^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$")


class Bar:
    """A progress bar on stderr: redrawn on a terminal, a line per tenth elsewhere, nothing with --json or --quiet."""

    def __init__(self, silent: bool) -> None:
        self._silent = silent
        self._terminal = sys.stderr.isatty()
        self._drawn = 0.0
        self._tenth = -1
        self._open = False

    def report(self, done: float, total: float, label: str) -> None:
        """Show `done` of `total`; called through a `Job`."""
        if self._silent:
            return
        share = min(max(done / total, 0.0), 1.0) if total else 0.0
        if self._terminal:
            now = time.monotonic()
            if now - self._drawn < 0.05 and share < 1.0:
                return
            self._drawn, self._open = now, True
            filled = int(share * 30)
            sys.stderr.write(f"\r\x1b[K[{'█' * filled}{'·' * (30 - filled)}] {share * 100:3.0f} %  {label[:40]}")
        elif int(share * 10) != self._tenth:
            self._tenth = int(share * 10)
            sys.stderr.write(f"{share * 100:3.0f} %  {label}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the terminal on a fresh line."""
        if self._open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._open = False


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help="file to write, its suffix says what: " + " ".join(OUTPUTS))
    parser.add_argument("--emotion", action="append", default=[], metavar="NAME:LEVEL[@START-END]", help="such as happy:0.7 or sad:1@2-3.5; may be repeated")
    parser.add_argument(
        "--amount", action="append", default=[], metavar="PART:0-2", help="how much of lips, jaw, blink, gaze, brows, head or breath, such as head:0.5"
    )
    parser.add_argument("--system", default="performer", metavar="NAME", help="what performs the line (performer)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another seed gives another take (0)")
    parser.add_argument("--takes", type=int, default=1, metavar="N", help="write N takes with seeds from --seed on")
    parser.add_argument("--fps", default="30", metavar="RATE", help="30, 25, 30000/1001, 29.97 ... (30)")
    parser.add_argument("--avatar", default="ada", metavar="NAME", help="whose head (ada)")
    parser.add_argument("--size", default="512", metavar="512|1920x1080", help="of the picture in pixels (512)")
    parser.add_argument("--quality", default="standard", choices=QUALITIES, help="of the picture (standard)")
    _reporting(parser)


def _reporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="say the result as JSON on stdout, no progress")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = _Parser(prog=PROGRAM, description="Turn a recorded or typed line into facial animation and video.")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    animate = commands.add_parser("animate", help="perform a recording")
    animate.add_argument("sound", metavar="SOUND", help="a sound or video file")
    animate.add_argument("--transcript", metavar="TEXT|FILE", help="what is said, or a text file that holds it")
    animate.add_argument("--language", default="en", help="of the speech (en)")
    _common(animate)

    say = commands.add_parser("say", help="speak and perform a text")
    say.add_argument("text", metavar="TEXT|FILE", help="what to say, or a text file that holds it")
    say.add_argument("--voice", default="en-us", metavar="NAME", help="a voice or language of eSpeak NG (en-us)")
    _common(say)

    phonemes = commands.add_parser("phonemes", help="find phonemes and words with their times")
    phonemes.add_argument("sound", metavar="SOUND", help="a sound or video file")
    phonemes.add_argument("--transcript", metavar="TEXT|FILE", help="what is said, or a text file that holds it")
    phonemes.add_argument("--language", default="en", help="of the speech (en)")
    phonemes.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help=" or ".join(PHONEME_OUTPUTS))
    _reporting(phonemes)

    render = commands.add_parser("render", help="render a project")
    render.add_argument("project", metavar="PROJECT.viva")
    render.add_argument("--range", metavar="IN-OUT", help="seconds of the scene")
    render.add_argument("--size", default=None, metavar="512|1920x1080", help="of the picture in pixels (the project's)")
    render.add_argument("--quality", default="standard", choices=QUALITIES, help="of the picture (standard)")
    render.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help=".mp4 .npz .csv .png .TextGrid .wav")
    _reporting(render)

    doctor = commands.add_parser("doctor", help="what this machine has, with remedies")
    doctor.add_argument("--fix", action="store_true", help="do what can be done here")
    doctor.add_argument("--json", action="store_true", help="say the result as JSON")

    bench = commands.add_parser("bench", help="measure every figure we claim")
    bench.add_argument("name", nargs="*", metavar="NAME", help="which figures; all without")
    bench.add_argument("--json", action="store_true", help="say the result as JSON")
    return parser


def text_of(given: str) -> str:
    """A text given as itself or as the name of a file that holds it.

    Raises:
        InvalidInput: a file that is missing, too large or not text.
    """
    path = Path(given)
    try:
        is_file = len(given) < 4096 and "\n" not in given and path.is_file()
    except OSError:
        is_file = False
    if not is_file:
        if path.suffix.lower() in (".txt", ".lab", ".srt") and len(given.split()) == 1:
            raise InvalidInput(f"the text file {given} does not exist", "check its name, or give the text itself in quotes")
        return given
    if path.stat().st_size > LARGEST_TEXT:
        raise InvalidInput(f"{given} has {path.stat().st_size:,} bytes, too much for the text of a line", "give the text of this sound only")
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" not in text:
                return text
    raise InvalidInput(f"{given} is not a text file", "give a plain text file or the text itself in quotes")


def size_of(text: str) -> tuple[int, int]:
    """Picture size (width, height) from `512` or `1920x1080`.

    Raises:
        InvalidInput: malformed, odd, or outside 64 to 4096.
    """
    found = _SIZE.match(text.strip())
    width, height = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not (64 <= width <= 4096 and 64 <= height <= 4096) or width % 2 or height % 2:
        raise InvalidInput(f"size {text!r} is not even numbers from 64 to 4096", "give it as 512 or 1920x1080")
    return width, height


def range_of(text: str | None) -> tuple[float, float] | None:
    """A range of seconds from `IN-OUT`.

    Raises:
        InvalidInput: malformed or empty.
    """
    if text is None:
        return None
    found = _RANGE.match(text.strip())
    if not found or float(found[1]) >= float(found[2]):
        raise InvalidInput(f"range {text!r} is not IN-OUT in seconds with IN before OUT", "give it as 1.5-4")
    return float(found[1]), float(found[2])


def outputs_of(names: Sequence[str], allowed: Sequence[str], takes: int = 1) -> list[Path]:
    """The files to write, checked before any work is done.

    Raises:
        InvalidInput: an unknown suffix, or the same file twice.
        OutputError: a folder that is missing or read-only.
    """
    known = {suffix.lower(): suffix for suffix in allowed}
    paths = []
    for name in names:
        path = Path(name)
        if path.suffix.lower() not in known:
            raise InvalidInput(f"cannot write {name}: the suffix {path.suffix!r} is not known here", "use one of " + " ".join(allowed))
        if path in paths:
            raise InvalidInput(f"{name} is named twice", "name each output once")
        paths.append(path)
        for take in range(1, takes + 1):
            check_target(take_path(path, take, takes))
    return paths


def take_path(path: Path, take: int, takes: int) -> Path:
    """The file of one take: its number goes before the suffix when there are several."""
    return path if takes == 1 else path.with_name(f"{path.stem}.take{take:02d}{path.suffix}")


def amounts_of(specs: Sequence[str]) -> dict[str, float]:
    """Amounts from `PART:0-2` specs.

    Raises:
        InvalidInput: malformed, an unknown part, or outside 0 to 2.
    """
    from engine.project.document import check_amount

    out = {}
    for spec in specs:
        name, _, value = spec.partition(":")
        try:
            out[name] = float(value)
        except ValueError:
            raise InvalidInput(f"amount {spec!r} is not PART:NUMBER", "for example head:0.5") from None
        check_amount(name, out[name])
    return out


def _line_options(args: argparse.Namespace) -> dict[str, Any]:
    """The options of animate and say, checked: rate, size, seed and outputs."""
    from engine.core.emotion import parse
    from engine.project.document import MAX_SEED

    if args.system != "performer":
        raise InvalidInput(f"system {args.system!r} is not known", "use performer")
    if args.avatar.lower() != "ada":
        raise InvalidInput(f"avatar {args.avatar!r} is not known", "use ada")
    if not 1 <= args.takes <= 99:
        raise InvalidInput(f"--takes {args.takes} is outside 1 to 99", "give a number such as 3")
    if not 0 <= args.seed <= MAX_SEED - args.takes:
        raise InvalidInput(f"--seed {args.seed} is outside 0 to 2^64 - 1", "give a 64-bit number")
    for spec in args.emotion:
        parse(spec)
    return {
        "rate": parse_rate(args.fps),
        "size": size_of(args.size),
        "amounts": amounts_of(args.amount),
        "outputs": outputs_of(args.output, OUTPUTS, args.takes),
    }


def _animate(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    options = _line_options(args)
    transcript = text_of(args.transcript) if args.transcript else ""
    from engine import pipeline
    from engine.speech.files import open_sound
    from engine.speech.voices import find_language

    find_language(args.language)
    job.report(0.0, 1.0, "reading the sound")
    line = pipeline.recorded_line(open_sound(Path(args.sound)), transcript, args.language)
    return _perform(args, options, line, job)


def _say(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    options = _line_options(args)
    text = text_of(args.text)
    from engine import pipeline

    return _perform(args, options, pipeline.typed_line(text, args.voice), job)


def _perform(args: argparse.Namespace, options: dict[str, Any], line: Any, job: Job) -> dict[str, Any]:
    """Analyse one line, then write every take's outputs."""
    from dataclasses import replace

    from engine import pipeline
    from engine.core.emotion import curves_from_specs
    from engine.export import outputs
    from engine.project.document import Settings, new_document

    width, height = options["size"]
    work = pipeline.LinePipeline()
    document = new_document(Settings(rate=options["rate"], width=width, height=height, language=line.language))
    document = pipeline.with_line(document, line)
    document = pipeline.analysed(work, document, line.id, job.part(0.0, 0.3))
    found = document.line(line.id)
    emotions = curves_from_specs(args.emotion, found.duration_s or 0.0)
    written: list[str] = []
    for take in range(args.takes):
        now = document.with_line(replace(found, emotions=emotions, amounts=options["amounts"], seed=args.seed + take))
        share = 0.7 / args.takes
        part = job.part(0.3 + take * share, 0.3 + (take + 1) * share)
        paths = [take_path(p, take + 1, args.takes) for p in options["outputs"]]
        outputs.write_all(outputs.Request(now, work, args.quality), paths, part)
        written += [str(p) for p in paths]
    return {
        "written": written, "duration_s": round(found.duration_s or 0.0, 3), "method": found.method,
        "phonemes": sum(1 for label in (found.phonemes.labels if found.phonemes else ()) if label),
        "notices": list(found.notices), "seed": args.seed, "system": args.system,
    }  # fmt: skip


def _phonemes(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    paths = outputs_of(args.output, PHONEME_OUTPUTS)
    transcript = text_of(args.transcript) if args.transcript else None
    from engine.export import outputs
    from engine.speech.files import open_sound
    from engine.speech.line import analyse
    from engine.speech.voices import find_language

    find_language(args.language)
    line = analyse(open_sound(Path(args.sound)), transcript, args.language, job)
    for path in paths:
        outputs.write_phonemes(path, line)
    return {
        "written": [str(p) for p in paths], "duration_s": round(line.sound.duration_s, 3), "method": line.method,
        "phonemes": int((line.phonemes["label"] != "").sum()), "notices": list(line.notices),
    }  # fmt: skip


def _render(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    paths = outputs_of(args.output, tuple(s for s in OUTPUTS if s != ".viva"))
    span = range_of(args.range)
    size = size_of(args.size) if args.size else None
    from engine import pipeline
    from engine.export import outputs
    from engine.project.storage import ProjectFile

    project = Path(args.project)
    if not project.is_file():
        raise InvalidInput(f"the project {project} does not exist", "check its name")
    with ProjectFile.open(project) as file:
        document = file.document
        if size:
            document = pipeline.with_settings(document, width=size[0], height=size[1])
        request = outputs.Request(document, pipeline.LinePipeline(file.media), args.quality, span)
        duration_s = outputs.write_all(request, paths, job)
    return {"written": [str(p) for p in paths], "duration_s": round(duration_s, 3), "notices": []}


def _doctor(args: argparse.Namespace) -> int:
    from engine import doctor

    return doctor.main(fix=args.fix, as_json=args.json)


def _bench(args: argparse.Namespace) -> int:
    from engine.bench import run

    return run.main(args.name, as_json=args.json)


def _summary(result: dict[str, Any]) -> str:
    line = f"wrote {', '.join(result['written'])}: {result['duration_s']:.2f} s"
    if "phonemes" in result:
        line += f", {result['phonemes']} phonemes by {result['method']}"
    return line


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite kill end as Ctrl-C does, so that nothing half-written stays."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(args: argparse.Namespace) -> int:
    bar = Bar(silent=args.json or args.quiet)
    work = {"animate": _animate, "say": _say, "phonemes": _phonemes, "render": _render}[args.command]
    try:
        result = work(args, Job(bar.report))
    finally:
        bar.close()
    for notice in result["notices"]:
        sys.stderr.write(f"note: {notice}\n")
    sys.stdout.write((json.dumps(result, ensure_ascii=False) if args.json else _summary(result)) + "\n")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = build_parser().parse_args(argv)
    try:
        with _stoppable():
            if args.command == "doctor":
                return _doctor(args)
            if args.command == "bench":
                return _bench(args)
            return _run(args)
    except (KeyboardInterrupt, Cancelled):
        sys.stderr.write("cancelled, nothing was left half-written\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except EngineError as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return error.exit_status
    except MemoryError:
        sys.stderr.write(f"{PROGRAM}: {OutOfMemory('there is not enough memory', 'close other programs or cut the sound into parts')}\n")
        return 1
    except Exception as error:  # noqa: BLE001  the last door: our fault is said in a line, the trace on request
        if os.environ.get("VIVAVOCE_DEBUG"):
            traceback.print_exc()
        sys.stderr.write(f"{PROGRAM}: our fault: {type(error).__name__}: {error}; set VIVAVOCE_DEBUG=1 for the trace and please report it\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
