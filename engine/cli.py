"""The command line: `vivavoce animate`, `say`, `phonemes`, `tokens`, `capture`, `render`, `avatar`, `stage`, `train`, `doctor`, `bench`.

Progress, notices and errors go to stderr, results to the files named, one summary line to stdout: one line of JSON with `--json`, and
nothing there when it failed. Exit status: 0 done, 2 bad input, 1 our fault, 130 cancelled.
"""

from __future__ import annotations

import signal

# Until `main` takes over there is nothing to tidy up: Ctrl-C ends the process without a word.
if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from engine import cli_avatar, cli_capture, cli_tokens, cli_train, staging
from engine.arguments import MAX_TAKES, amounts_of, instructions_of, outputs_of, range_of, said_of, size_of, take_path, text_of, whole_of
from engine.console import CANCELLED, Bar, Notes, Stop, flush, give_up_stdout, open_streams, tell, tell_result, warn
from engine.core.ears import AUTO, EARS
from engine.core.errors import Cancelled, EngineError, InvalidInput, OutOfMemory
from engine.core.jobs import Job
from engine.core.output import check_apart, check_storable
from engine.core.timing import parse_rate

PROGRAM = "vivavoce"
VERSION = "0.1.0"
OUTPUTS = (".mp4", ".mov", ".npz", ".csv", ".png", ".TextGrid", ".wav", ".viva")
PHONEME_OUTPUTS = (".TextGrid", ".json")
QUALITIES = ("draft", "standard", "high", "final")
_APART: dict[str, Any] = {"avatar": cli_avatar, "capture": cli_capture, "tokens": cli_tokens, **dict.fromkeys(cli_train.COMMANDS, cli_train)}


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)  # a script must not break when an option gets a neighbour

    def error(self, message: str) -> NoReturn:
        warn(f"{self.prog}: {message}; see `{self.prog} --help`")
        raise SystemExit(2)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help="file to write, its suffix says what: " + " ".join(OUTPUTS))
    parser.add_argument("--emotion", action="append", default=[], metavar="NAME:LEVEL[@START-END]", help="such as happy:0.7 or sad:1@2-3.5; may be repeated")
    parser.add_argument(
        "--instruction", action="append", default=[], metavar="TEXT[@START-END]", help="how to play it, such as 'smile, then look away@1-4'; may be repeated"
    )
    parser.add_argument(
        "--amount", action="append", default=[], metavar="PART:0-2", help="how much of lips, jaw, blink, gaze, brows, head or breath, such as head:0.5"
    )
    parser.add_argument("--system", default="performer", metavar="NAME", help="what performs the line (performer)")
    parser.add_argument("--seed", default="0", metavar="N", help="another seed gives another take (0)")
    parser.add_argument("--takes", default="1", metavar="N", help="write N takes with seeds from --seed on")
    parser.add_argument("--fps", default="30", metavar="RATE", help="30, 25, 30000/1001, 29.97 ... (30)")
    parser.add_argument("--avatar", default="ada", metavar="NAME|FILE", help="who is seen: `vivavoce avatar list`, or a .viva-avatar file (ada)")
    parser.add_argument("--size", default="512", metavar="512|1920x1080", help="of the picture in pixels (512)")
    _picturing(parser)
    _reporting(parser)


def _listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--transcript", metavar="TEXT|FILE", help="what is said, or a text file that holds it")
    parser.add_argument("--language", default="en", help="of the speech (en)")
    parser.add_argument("--ears", default=AUTO, choices=EARS, help="who listens where there is no transcript (auto: whichever is better in the language)")


def _picturing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quality", default="standard", choices=QUALITIES, help="of the picture (standard)")
    staging.add_options(parser)


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
    _listening(animate)
    animate.add_argument("--listen-emotion", action="store_true", help="play the emotion heard in the voice; what --emotion gives takes its place")
    _common(animate)

    say = commands.add_parser("say", help="speak and perform a text")
    say.add_argument("text", metavar="TEXT|FILE", help="what to say, or a text file that holds it")
    say.add_argument("--voice", default="en-us", metavar="NAME", help="a voice or language of eSpeak NG (en-us)")
    _common(say)

    phonemes = commands.add_parser("phonemes", help="find phonemes and words with their times")
    phonemes.add_argument("sound", metavar="SOUND", help="a sound or video file")
    _listening(phonemes)
    phonemes.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help=" or ".join(PHONEME_OUTPUTS))
    _reporting(phonemes)

    cli_tokens.add(commands, _reporting)
    cli_capture.add(commands, (_listening, _picturing, _reporting), OUTPUTS)

    render = commands.add_parser("render", help="render a project")
    render.add_argument("project", metavar="PROJECT.viva")
    render.add_argument("--range", metavar="IN-OUT", help="seconds of the scene")
    render.add_argument("--size", default=None, metavar="512|1920x1080", help="of the picture in pixels (the project's)")
    _picturing(render)
    render.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help=".mp4 .mov .npz .csv .png .TextGrid .wav")
    _reporting(render)

    cli_avatar.add(commands, _reporting)
    cli_train.add(commands, _reporting)

    doctor = commands.add_parser("doctor", help="what this machine has, with remedies")
    doctor.add_argument("--fix", action="store_true", help="do what can be done here")
    doctor.add_argument("--json", action="store_true", help="say the result as JSON")

    bench = commands.add_parser("bench", help="measure every figure we claim")
    bench.add_argument("name", nargs="*", metavar="NAME", help="which figures; all without")
    bench.add_argument("--json", action="store_true", help="say the result as JSON")
    return parser


def _line_options(args: argparse.Namespace) -> dict[str, Any]:
    """The options of animate and say, checked: rate, size, amounts, takes, seed and outputs."""
    from engine.core.emotion import parse
    from engine.project.document import MAX_SEED

    if args.system != "performer":
        raise InvalidInput(f"system {args.system!r} is not known", "use performer")
    takes = whole_of("--takes", args.takes, 1, MAX_TAKES)
    seed = whole_of("--seed", args.seed, 0, MAX_SEED - takes + 1)
    for spec in args.emotion:
        parse(spec)
    instructions = instructions_of(args.instruction)
    outputs = outputs_of(args.output, OUTPUTS, takes)
    return {
        "rate": parse_rate(args.fps), "size": size_of(args.size), "amounts": amounts_of(args.amount), "outputs": outputs, "takes": takes, "seed": seed,
        "instructions": instructions, "staging": staging.staging_of(args),
        "cast": staging.casting(args.avatar),
    }  # fmt: skip


def _check_inputs(outputs: Sequence[Path], inputs: Sequence[Path | None], takes: int = 1) -> None:
    """Refuse to write onto what is read, and names that a project to be written cannot hold."""
    read = [path for path in inputs if path is not None]
    check_apart([take_path(path, take, takes) for path in outputs for take in range(1, takes + 1)], read)
    for project in (path for path in outputs if path.suffix.lower() == ".viva"):
        for name in (project, *read):
            check_storable(str(name.absolute()))


def _transcript(args: argparse.Namespace) -> tuple[str, Path | None, tuple[str, ...]]:
    """What is said in the sound as far as it is known, its file, and notices."""
    if args.transcript is None:
        return "", None, ()
    given = text_of(args.transcript)
    empty = () if given.text.strip() else ("the transcript is empty: the speech is recognised instead",)
    return given.text.strip(), given.path, (*given.notices, *empty)


def _animate(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    options = _line_options(args)
    transcript, text_file, notices = _transcript(args)
    _check_inputs(options["outputs"], (Path(args.sound), text_file), options["takes"])
    from engine import pipeline
    from engine.speech.files import open_sound
    from engine.speech.voices import find_language

    find_language(args.language)
    job.report(0.0, 1.0, "reading the sound")
    line = pipeline.recorded_line(open_sound(Path(args.sound)), transcript, args.language, ears=args.ears)
    return _perform(args, {**options, "notices": notices}, line, job)


def _say(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    options = _line_options(args)
    given = said_of(args.text)
    _check_inputs(options["outputs"], (given.path,), options["takes"])
    from engine import pipeline

    return _perform(args, {**options, "notices": given.notices}, pipeline.typed_line(given.text, args.voice), job)


def _perform(args: argparse.Namespace, options: dict[str, Any], line: Any, job: Job) -> dict[str, Any]:
    """Analyse one line, then write every take's outputs."""
    from engine import pipeline
    from engine.core.emotion import curves_from_specs, parse
    from engine.export import outputs
    from engine.project.document import Settings, new_document

    (width, height), takes, seed = options["size"], options["takes"], options["seed"]
    work = pipeline.LinePipeline()
    document = options["cast"](new_document(Settings(rate=options["rate"], width=width, height=height, language=line.language)))
    document = staging.staged(pipeline.with_line(document, line), options["staging"])
    document = pipeline.analysed(work, document, line.id, job.part(0.0, 0.2 if getattr(args, "listen_emotion", False) else 0.3))
    found = document.line(line.id)
    duration_s = found.duration_s or 0.0
    heard = _heard(work.sound(found), job.part(0.2, 0.3)) if getattr(args, "listen_emotion", False) else None
    emotions = {**(heard[0] if heard else {}), **curves_from_specs(args.emotion, duration_s)}
    late = [f"{spec} begins after the line's end at {duration_s:.2f} s and is not seen" for spec in args.emotion if parse(spec)[2] >= duration_s]
    document, unread = _instructed(document, line.id, options["instructions"], duration_s)
    found = document.line(line.id)
    files: list[Path] = []
    notices: dict[str, None] = dict.fromkeys((*options["notices"], *late, *unread))
    for take in range(takes):
        now = document.with_line(replace(found, emotions=emotions, amounts=options["amounts"], seed=seed + take))
        part = job.part(0.3 + take * 0.7 / takes, 0.3 + (take + 1) * 0.7 / takes)
        paths = [take_path(p, take + 1, takes) for p in options["outputs"]]
        written = outputs.write_files(outputs.Request(now, work, args.quality), paths, part)
        files += written.files
        notices.update(dict.fromkeys(written.notices))
    return {
        "written": [str(p) for p in files], "duration_s": round(duration_s, 3), "method": found.method,
        "phonemes": sum(1 for label in (found.phonemes.labels if found.phonemes else ()) if label),
        "notices": list(notices), "seed": seed, "system": args.system, **({"heard": heard[1]} if heard else {}),
    }  # fmt: skip


def _heard(sound: Any, job: Job) -> tuple[dict[str, Any], dict[str, Any]]:
    """Emotion curves for what is heard in a voice, and what to say of it."""
    from engine.speech.mood import listen
    from engine.speech.mood_curves import propose, told

    track = listen(sound, job)
    curves = propose(track)
    return curves, told(track, curves)


def _instructed(document: Any, line_id: str, instructions: Sequence[tuple[str, float, float | None]], duration_s: float) -> tuple[Any, list[str]]:
    """The document with instructions on its line, and what was not understood of them."""
    if not instructions:
        return document, []
    from engine.project.document import new_id
    from engine.project.parts import Instruction
    from engine.systems.instruction import instruction_edit, read

    notices = []
    for text, start_s, end_s in instructions:
        if start_s >= duration_s:
            notices.append(f"the instruction {text!r} begins after the line's end at {duration_s:.2f} s and is not seen")
            continue
        part = Instruction(new_id(), text, start_s, duration_s if end_s is None else end_s)
        reading = read(part.text, part.start_s, part.end_s, 1.0, duration_s)
        if not reading.curves:
            notices.append(f"nothing of the instruction {text!r} was understood")
        elif reading.unknown:
            notices.append(f"of the instruction {text!r} this was not understood: {', '.join(reading.unknown)}")
        document = instruction_edit(document, line_id, part).apply(document).document
    return document, notices


def _phonemes(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    paths = outputs_of(args.output, PHONEME_OUTPUTS)
    transcript, text_file, notices = _transcript(args)
    _check_inputs(paths, (Path(args.sound), text_file))
    from engine.export import outputs
    from engine.speech.files import open_sound
    from engine.speech.line import analyse
    from engine.speech.voices import find_language

    find_language(args.language)
    line = analyse(open_sound(Path(args.sound)), transcript or None, args.language, job, args.ears)
    for path in paths:
        outputs.write_phonemes(path, line)
    return {
        "written": [str(p) for p in paths], "duration_s": round(line.sound.duration_s, 3), "method": line.method,
        "phonemes": int((line.phonemes["label"] != "").sum()), "notices": [*notices, *line.notices],
    }  # fmt: skip


def _render(args: argparse.Namespace, job: Job) -> dict[str, Any]:
    paths = outputs_of(args.output, tuple(s for s in OUTPUTS if s != ".viva"))
    span = range_of(args.range)
    size = size_of(args.size) if args.size is not None else None
    stage = staging.staging_of(args)
    project = Path(args.project)
    _check_inputs(paths, (project,))
    from engine import pipeline
    from engine.export import outputs
    from engine.project.storage import ProjectFile

    check_storable(str(project.absolute()))
    # Only to read: whoever works on it in the studio meanwhile keeps the right to write.
    with ProjectFile.open(project.absolute(), to_write=False) as file:
        document = file.document
        if size:
            document = pipeline.with_settings(document, width=size[0], height=size[1])
        request = outputs.Request(staging.staged(document, stage), pipeline.LinePipeline(file.media), args.quality, span)
        written = outputs.write_files(request, paths, job)
    return {"written": [str(p) for p in written.files], "duration_s": round(written.duration_s, 3), "notices": list(written.notices)}


def _doctor(args: argparse.Namespace) -> int:
    from engine import doctor

    return doctor.main(tell, fix=args.fix, as_json=args.json)


def _bench(args: argparse.Namespace) -> int:
    from engine.bench import run

    status = run.main(args.name, as_json=args.json)
    flush()
    return status


def _summary(result: dict[str, Any]) -> str:
    names = result["written"]
    shown = names if len(names) <= 12 else [*names[:6], f"... ({len(names)} files) ...", names[-1]]
    line = f"wrote {', '.join(shown)}: {result['duration_s']:.2f} s"
    if "phonemes" in result:
        line += f", {result['phonemes']} phonemes by {result['method']}"
    if "heard" in result:
        line += f", heard as {result['heard']['strongest']} ({100 * result['heard']['probability']:.0f} %)"
    return line


def _write(args: argparse.Namespace, job: Job, bar: Bar) -> int:
    work = {"animate": _animate, "say": _say, "phonemes": _phonemes, "render": _render}[args.command]
    try:
        result = work(args, job)
    finally:
        bar.close()
    for notice in result["notices"]:
        warn(f"note: {notice}")
    tell_result(result, [] if args.json else [_summary(result)], args.json)
    return 0


def _run(args: argparse.Namespace, job: Job, bar: Bar) -> int:
    if args.command in ("animate", "say", "phonemes", "render"):
        return _write(args, job, bar)
    if args.command in _APART:
        try:
            return _APART[args.command].run(args, job)
        finally:
            bar.close()
    return _doctor(args) if args.command == "doctor" else _bench(args)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    open_streams()
    try:
        return _guarded(argv)
    except KeyboardInterrupt:  # it came while something else was being said
        return _cancelled()


def _guarded(argv: Sequence[str] | None) -> int:
    logging.getLogger("engine").handlers = [Notes(logging.WARNING)]
    bar = Bar()
    job = Job(bar.report)
    with Stop(job) as stop:
        try:
            args = build_parser().parse_args(argv)
            bar.silent = getattr(args, "json", False) or getattr(args, "quiet", False)
            return _run(args, job, bar)
        except SystemExit:
            raise
        except BaseException as error:  # noqa: BLE001  the last door: what comes here is said in a line
            return _cancelled() if stop.asked or isinstance(error, (KeyboardInterrupt, Cancelled)) else _failed(error)


def _cancelled() -> int:
    warn(CANCELLED)
    # Where the interrupt broke off Python that C code ran from text, Python would end by signal instead; running any text takes that back.
    exec("")
    return 130


def _failed(error: BaseException) -> int:
    """Say what went wrong; its exit status."""
    if isinstance(error, BrokenPipeError):  # who read our stdout wants no more
        give_up_stdout()
        return 0
    if isinstance(error, MemoryError):
        error = OutOfMemory("there is not enough memory", "close other programs or cut the sound into parts")
    if isinstance(error, EngineError):
        warn(f"{PROGRAM}: {error}")
        return error.exit_status
    if os.environ.get("VIVAVOCE_DEBUG"):
        traceback.print_exception(error)
    warn(f"{PROGRAM}: our fault: {type(error).__name__}: {error}; set VIVAVOCE_DEBUG=1 for the trace and please report it")
    return 1


if __name__ == "__main__":
    sys.exit(main())
