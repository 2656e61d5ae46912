"""The command line of what learns: `vivavoce train`, `vivavoce stage` and `vivavoce motion-set`."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.arguments import whole_of
from engine.console import tell_result, warn
from engine.core.errors import InvalidInput
from engine.core.jobs import Job

COMMANDS = ("train", "stage", "motion-set")
MAX_SEED = 2**63 - 1
_LOOK_S = 0.1  # from one look at the other thread to the next: a signal is handled in between on every system


def add(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands to the parser's."""
    _add_train(commands, reporting)
    _add_stage(commands, reporting)
    _add_motion_set(commands, reporting)


def run(args: argparse.Namespace, job: Job) -> int:
    """Run one of them; its exit status.

    Raises:
        EngineError: what is wrong, and the remedy.
    """
    result, lines = {"train": _train, "stage": _stage, "motion-set": _motion_set}[args.command](args, job)
    tell_result(result, lines, args.json)
    return 0


# Training.


def _add_train(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    train = commands.add_parser("train", help="train a model, or go on with it")
    train.add_argument("name", nargs="?", metavar="NAME", help="what to train: `vivavoce train --list`, or a recipe of your own as MODULE:OBJECT")
    train.add_argument("--list", action="store_true", help="say what can be trained")
    train.add_argument("--config", metavar="FILE", help="JSON with values to change, such as the config.json of another training")
    train.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", dest="values", help="change one value, such as training.steps=2000; may be repeated"
    )
    train.add_argument("--size", choices=("small", "full"), help="whose usual values are changed (small on a CPU, full on a GPU)")
    train.add_argument("--device", default="", metavar="cpu|cuda|cuda:1|mps", help="where (cuda where there is a GPU)")
    train.add_argument("--resume", action="store_true", help="go on from the folder's checkpoint; begin where there is none")
    train.add_argument("-o", "--out", "--output", metavar="FOLDER", help="folder for checkpoint, log and weights (trained/NAME)")
    reporting(train)


def _train(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    from engine.training import recipes

    if args.list:
        names = sorted(recipes.RECIPES)
        width = max((len(name) for name in names), default=0)
        return [{"name": n, "about": recipes.RECIPES[n][1]} for n in names], [f"{n:<{width}}  {recipes.RECIPES[n][1]}" for n in names]
    if not args.name:
        raise InvalidInput("there is nothing to train", "give a NAME of those that `vivavoce train --list` says")
    recipe = recipes.find(args.name)
    folder = Path(args.out) if args.out else Path("trained") / recipe.name
    trained = _interruptible(lambda: _trained(args, recipe, folder, job), job)
    written = [str(path) for path in trained.files]
    found = "".join(f", {name} {value:.4g}" for name, value in trained.measures.items())
    result = {"written": written, "folder": str(folder), "steps": trained.steps, "skipped": trained.skipped, "measures": trained.measures}
    return {**result, "seconds": round(trained.seconds, 1)}, [f"wrote {', '.join(written)}: {trained.steps} steps in {trained.seconds:.0f} s{found}"]


def _trained(args: argparse.Namespace, recipe: Any, folder: Path, job: Job) -> Any:
    from engine.training import loop, plans
    from engine.training.devices import device_of
    from engine.training.recipes import FULL, SMALL

    device = device_of(args.device)
    own = folder / plans.NAME
    file = Path(args.config) if args.config else own if args.resume and own.exists() else None
    given = plans.read(file) if file is not None else {}
    size = args.size or given.get("size") or (SMALL if device.type == "cpu" else FULL)
    return loop.train(plans.plan_of(recipe, size, {**given, "size": size}, args.values), folder, str(device), args.resume, job)


def _interruptible(work: Callable[[], Any], job: Job) -> Any:
    """What `work` returns or raises, done on another thread: Ctrl-C strikes this one, and the work ends at its next report, between two steps."""
    done: list[Any] = []
    wrong: list[BaseException] = []
    ended = threading.Event()  # an interrupted `Thread.join` takes the thread for ended (Python 3.11)

    def run_it() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001  raised below, where somebody waits for it
            wrong.append(error)
        finally:
            ended.set()

    thread = threading.Thread(target=run_it, name="training")
    thread.start()
    try:
        while not ended.wait(_LOOK_S):
            pass
    except KeyboardInterrupt:
        job.cancel()
        ended.wait()
        raise
    finally:
        thread.join()
    if wrong:
        raise wrong[0]
    return done[0]


# The stage.


def _add_stage(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    stage = commands.add_parser("stage", help="synthesise performances to train on")
    stage.add_argument("folder", metavar="FOLDER", help="to write the corpus to")
    stage.add_argument("--minutes", default="10", metavar="M", help="of performances (10); 0 for real recordings alone")
    stage.add_argument("--seed", default="0", metavar="N", help="another seed gives another corpus (0)")
    stage.add_argument("--languages", default="", metavar="en,de,...", help="that are spoken (every one there is)")
    stage.add_argument("--rooms", default="0", metavar="0-1", help="share with a room, noise, a microphone or a codec (0)")
    stage.add_argument("--scenes", default="0.25", metavar="0-1", help="share with a partner who listens (0.25)")
    stage.add_argument("--real", nargs="?", const="", metavar="DATA", help="perform real recordings of this folder too; without a name, of VIVAVOCE_DATA")
    stage.add_argument("--part", default="1/1", metavar="I/N", help="make only every Nth shard from the Ith on: runs with the other parts make the others")
    stage.add_argument("--workers", default="", metavar="W", help="processes (one for each core)")
    stage.add_argument("--resume", action="store_true", help="go on with what is in the folder")
    reporting(stage)


def _stage(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    from engine.training.stage import corpus
    from engine.training.stage.manifest import MAX_MINUTES
    from engine.training.stage.workers import MAX_WORKERS

    languages = tuple(dict.fromkeys(name.strip() for name in args.languages.split(",") if name.strip()))
    wanted = corpus.Wanted(
        whole_of("--seed", args.seed, 0, MAX_SEED), _number("--minutes", args.minutes, MAX_MINUTES), languages,
        _number("--rooms", args.rooms, 1.0), _number("--scenes", args.scenes, 1.0), _data(args.real),
    )  # fmt: skip
    workers = whole_of("--workers", args.workers, 1, MAX_WORKERS) if args.workers else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    done = corpus.make(Path(args.folder), wanted, _part(args.part), workers, args.resume, job)
    result = {
        "folder": args.folder, "written": [str(Path(args.folder) / name) for name in done.new], "missing": list(done.missing),
        "notices": list(done.notices), "key": done.plan.key, **done.tally.numbers(),
    }  # fmt: skip
    rest = f", {len(done.missing)} still to be made by other parts" if done.missing else ""
    for notice in done.notices:
        warn(f"note: {notice}")
    return result, [f"wrote {len(done.new)} shards to {args.folder}, {len(done.made)} of {len(done.plan.shards)} are there{rest}", *done.tally.lines()]


def _data(given: str | None) -> Path | None:
    """The folder of real recordings that was asked for."""
    if given is None:
        return None
    name = given or os.environ.get("VIVAVOCE_DATA", "")
    if not name or not Path(name).is_dir():
        raise InvalidInput(f"there are no real recordings at {name!r}", "give --real FOLDER, or set VIVAVOCE_DATA")
    return Path(name)


def _part(text: str) -> tuple[int, int]:
    first, slash, last = text.partition("/")
    if not slash:
        raise InvalidInput(f"--part {text!r} is not I/N", "for example --part 1/2 here and --part 2/2 elsewhere")
    count = whole_of("--part I/N", last, 1, 10_000)
    return whole_of("--part I/N", first, 1, count), count


def _number(option: str, text: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.0 <= value <= most:
        raise InvalidInput(f"{option} {text!r} is not a number from 0 to {most:g}", "give one of them")
    return value


# Motion sets.


def _add_motion_set(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    captures = commands.add_parser("motion-set", help="capture a folder of videos to train on")
    captures.add_argument("videos", metavar="VIDEOS", help="a folder of videos of people who speak; a .txt or .align beside each says what")
    captures.add_argument("folder", metavar="FOLDER", help="to write shards and card to")
    captures.add_argument("--held-out", default="7", metavar="N", help="leave out every Nth video by name: it is not even tracked (7; 0 for none)")
    captures.add_argument("--language", default="en", help="of the speech (en)")
    captures.add_argument("--resume", action="store_true", help="go on with what is in the folder")
    reporting(captures)


def _motion_set(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    from engine.speech.voices import find_language
    from engine.training import captures

    find_language(args.language)
    every = whole_of("--held-out", args.held_out, 0, 1000)
    done = captures.make(Path(args.videos), Path(args.folder), every, args.language, args.resume, job)
    written = [str(Path(args.folder) / name) for name in (*done.shards, captures.CARD, captures.MANIFEST)]
    result = {
        "folder": args.folder, "written": written, "clips": len(done.kept), "seconds": round(done.seconds, 2), "event_f1": round(done.event_f1, 4),
        "left_out": [[clip.name, clip.left_out] for clip in done.clips if clip.left_out], "held_out": len(done.held),
    }  # fmt: skip
    out = f", {len(result['left_out'])} left out" if result["left_out"] else ""
    return result, [f"wrote {len(done.shards)} shards to {args.folder}: {len(done.kept)} clips, {done.seconds / 60:.1f} minutes{out}; see {captures.CARD}"]
