"""The command line of what learns: `vivavoce train` and `vivavoce stage`."""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.console import tell
from engine.core.errors import InvalidInput
from engine.core.jobs import Job

COMMANDS = ("train",)
_LOOK_S = 0.1  # from one look at the other thread to the next: a signal is handled in between on every system


def add(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands to the parser's."""
    _add_train(commands, reporting)


def run(args: argparse.Namespace, job: Job) -> int:
    """Run one of them; its exit status.

    Raises:
        EngineError: what is wrong, and the remedy.
    """
    result, lines = {"train": _train}[args.command](args, job)
    if args.json:
        wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        tell(json.dumps(result, ensure_ascii=not wide))
    else:
        for line in lines:
            tell(line)
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
