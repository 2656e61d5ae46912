"""`vivavoce tokens`: what an encoder hears in a sound, frame by frame, as numbers for other programs and networks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.arguments import outputs_of, whole_of
from engine.console import tell_result, warn
from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.core.output import check_apart

OUTPUTS = (".npz",)
_MOST_LAYERS = 1000


def add(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the command to the parser's."""
    tokens = commands.add_parser(
        "tokens",
        help="what an encoder hears in a sound, 50 times a second",
        description="Write what an encoder hears in a sound as numbers: values float32 [T, D] at 50 Hz (token n begins at n / 50 s), "
        "columns (what each of the D is, where that is known), encoder, hash (of its weights) and tokens_per_s.",
    )
    tokens.add_argument("sound", metavar="SOUND", help="a sound or video file")
    tokens.add_argument(
        "--encoder",
        default="ours",
        metavar="NAME|PATH",
        help="ours, or your wav2vec 2.0 or HuBERT: one of those that `vivavoce doctor` tells of, or its files (ours)",
    )
    tokens.add_argument("--layer", metavar="N", help="of your own encoder, whose output is taken: 1 is the first (the last one)")
    tokens.add_argument("--streaming", action="store_true", help="what our encoder says live, looking at most 100 ms ahead")
    tokens.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help=" or ".join(OUTPUTS))
    reporting(tokens)


def run(args: argparse.Namespace, job: Job) -> int:
    """Run the command; its exit status.

    Raises:
        EngineError: what is wrong, and the remedy.
    """
    paths = outputs_of(args.output, OUTPUTS)
    check_apart(paths, [Path(args.sound)])
    layer = None if args.layer is None else whole_of("--layer", args.layer, 1, _MOST_LAYERS)
    from engine.speech import tokens
    from engine.speech.files import open_sound

    if args.encoder != tokens.OURS and args.streaming:
        raise InvalidInput("--streaming is of our encoder alone", "leave it out, or leave --encoder out")
    job.report(0.0, 1.0, "reading the sound")
    sound = open_sound(Path(args.sound))
    found = tokens.frame_tokens(sound.mono(tokens.RATE), args.encoder, layer, job.part(0.1, 0.9), args.streaming)
    for path in paths:
        tokens.write(path, found)
    for notice in sound.notices:
        warn(f"note: {notice}")
    count, width = found.values.shape
    result = {
        "written": [str(path) for path in paths], "duration_s": round(sound.duration_s, 3), "tokens": count, "width": width,
        "encoder": found.name, "hash": found.hash, "notices": list(sound.notices),
    }  # fmt: skip
    digest, _, how = found.hash.partition("/")
    by = f"{found.name} ({digest[:12]}{', ' if how else ''}{how})"
    tell_result(result, [f"wrote {', '.join(result['written'])}: {sound.duration_s:.2f} s, {count} tokens of {width} numbers by {by}"], args.json)
    return 0
