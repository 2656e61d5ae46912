"""The corpus: a plan made into shards in a folder, by one run or several, and told of in a manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from engine.core.errors import EngineError, InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import writing
from engine.training.stage import real, voices
from engine.training.stage.making import Place
from engine.training.stage.manifest import MANIFEST, PLAN, SHARD_S, Made, Plan, manifest, read_made, read_plan, write_text
from engine.training.stage.shards import Record, read_shard
from engine.training.stage.statistics import Tally
from engine.training.stage.workers import MAX_WORKERS, make_shards


@dataclass(frozen=True)
class Wanted:
    """What a corpus is asked to be.

    Args:
        seed: 64-bit.
        minutes: of the stage's own performances.
        languages: short names or tags; none for every language there is.
        rooms: share of performances with a room, noise or microphone.
        scenes: share with a partner who listens.
        data: folder of real recordings to perform too, or None.
        shard_s: seconds of sound in a shard.
    """

    seed: int = 0
    minutes: float = 10.0
    languages: tuple[str, ...] = ()
    rooms: float = 0.0
    scenes: float = 0.25
    data: Path | None = None
    shard_s: float = SHARD_S


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Args:
        plan: of the corpus.
        made: shards that are in the folder now.
        new: names of those that this run made.
        missing: names of those that are not there yet.
        tally: of everything there.
        notices: for people to read.
    """

    plan: Plan
    made: tuple[Made, ...]
    new: tuple[str, ...]
    missing: tuple[str, ...]
    tally: Tally
    notices: tuple[str, ...]


def plan_of(wanted: Wanted) -> Plan:
    """The plan, with the voices that are installed here.

    Raises:
        InvalidInput: nobody here speaks one of the languages.
    """
    entries = voices.available().entries
    spoken = sorted({e.language.partition("-")[0] for e in entries})
    languages = wanted.languages or tuple(spoken)
    for language in languages:
        if not any(language in (e.language, e.language.partition("-")[0]) for e in entries):
            raise InvalidInput(f"no voice here speaks {language!r}", "use some of " + ", ".join(spoken))
    labels = tuple(e.label for e in entries if {e.language, e.language.partition("-")[0]} & set(languages))
    names = () if wanted.data is None else tuple(real.recordings(wanted.data))
    return Plan(wanted.seed, wanted.minutes, languages, labels, wanted.rooms, wanted.scenes, names, wanted.shard_s)


def make(folder: Path, wanted: Wanted, part: tuple[int, int] = (1, 1), workers: int = 1, resume: bool = False, job: Job = SILENT) -> Outcome:
    """Make a corpus, or one part of it.

    Args:
        folder: to write to; made where it is not there.
        wanted: what it is to be.
        part: which of how many equal parts of the shards; several runs share a corpus by it.
        workers: processes.
        resume: go on with what is there; a damaged shard is made again.
        job: progress and cancelling; what is made stays.

    Raises:
        EngineError: it cannot be made here, the folder holds another corpus, or it cannot be written.
        Cancelled: the job was cancelled.
    """
    if not (1 <= part[0] <= part[1]) or not 1 <= workers <= MAX_WORKERS:
        raise InvalidInput(f"part {part[0]} of {part[1]} with {workers} workers cannot be", f"give a part such as 1/2 and up to {MAX_WORKERS} workers")
    plan = plan_of(wanted)
    _begin(folder, plan, resume)
    mine = plan.shards[part[0] - 1 :: part[1]]
    there, notices = _there(folder, plan, mine)
    todo = [name for name in mine if name not in there]
    new = []
    job.report(len(there), len(mine), "performing")
    for name in make_shards(Place(folder, wanted.data), plan, todo, workers, job):
        new.append(name)
        job.report(len(there) + len(new), len(mine), f"performing: {name}")
    return _told(folder, plan, tuple(new), notices, job)


def _begin(folder: Path, plan: Plan, resume: bool) -> None:
    """Make the folder and write the plan into it, or see that they are those of this corpus."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    found = read_plan(folder)
    if found is None:
        write_text(folder / PLAN, plan.text())
    elif gone := [voice for voice in found.voices if voice not in {e.label for e in voices.available().entries}]:
        why = dict(voices.available().left_out)
        raise InvalidInput(
            f"{folder} was begun with voices that are not here: " + "; ".join(f"{v} ({why.get(v, 'not installed')})" for v in gone),
            "install them and go on with --resume, or choose another folder",
        )
    elif found != plan:
        other = [f.name for f in fields(Plan) if getattr(found, f.name) != getattr(plan, f.name)]
        raise InvalidInput(f"{folder} holds another corpus (other {', '.join(other)})", "choose another folder, or give the options it was begun with")
    elif not resume and any((folder / name).exists() for name in plan.shards):
        raise InvalidInput(f"{folder} holds a corpus that was begun already", "go on with --resume, or choose another folder")


def _there(folder: Path, plan: Plan, names: Sequence[str]) -> tuple[set[str], tuple[str, ...]]:
    """Shards that need not be made again, and notices of those that must."""
    whole, notices = set(), []
    for name in names:
        if (folder / name).exists():
            try:
                read_shard(folder / name, plan.key)
            except EngineError as error:
                notices.append(f"{error.what}: it is made again")
            else:
                whole.add(name)
    return whole, tuple(notices)


def _told(folder: Path, plan: Plan, new: tuple[str, ...], notices: tuple[str, ...], job: Job) -> Outcome:
    """Count what is there, and write the manifest once all is."""
    tally = Tally()
    made: list[Made] = []
    records: list[Record] = []
    missing = tuple(name for name in plan.shards if not (folder / name).exists())
    for shard, items in read_made(folder, plan, plan.shards):
        job.report(len(made), len(plan.shards), "counting")
        made.append(shard)
        for item in items:
            tally.add(item)
            records.append(item.record)
    left_out = voices.available().left_out
    if not missing:
        write_text(folder / MANIFEST, manifest(plan, made, records, tally.numbers(), left_out))
    notices += tuple(f"the voice {voice} is left out: {why}" for voice, why in left_out)
    return Outcome(plan, tuple(made), new, missing, tally, notices)
