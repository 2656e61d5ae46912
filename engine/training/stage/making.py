"""One shard of a plan, made and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.core.jobs import SILENT, Job
from engine.training.stage import real
from engine.training.stage.items import stage_item
from engine.training.stage.manifest import ITEMS_A_SHARD, REAL_A_SHARD, Plan
from engine.training.stage.shards import SUFFIX, Item, write_shard

REAL_FROM = 1 << 40  # numbers of real items


@dataclass(frozen=True)
class Place:
    """Where a corpus is on this machine, which no byte of it depends on.

    Args:
        folder: that it is written to.
        data: that real recordings are in, or None.
    """

    folder: Path
    data: Path | None = None


def shard_items(place: Place, plan: Plan, name: str) -> Iterator[Item]:
    """The items of one shard of a plan, by its name. The stage's own shards hold items until they have their seconds."""
    kind, _, digits = name.removesuffix(SUFFIX).partition("-")
    shard = int(digits)
    if kind == "real":
        for number in range(shard * REAL_A_SHARD, min((shard + 1) * REAL_A_SHARD, len(plan.real))):
            yield from real.items(plan, place.data, plan.real[number], REAL_FROM + number)
        return
    wanted, seconds = plan.seconds_of(shard), 0.0
    for number in range(shard * ITEMS_A_SHARD, (shard + 1) * ITEMS_A_SHARD):
        made = stage_item(plan, number)
        seconds += made.seconds
        yield made
        if seconds >= wanted:
            return


def make_shard(place: Place, plan: Plan, name: str, job: Job = SILENT) -> None:
    """Make one shard and write it.

    Raises:
        EngineError: it cannot be made here, or not be written.
        Cancelled: the job was cancelled; nothing is left behind.
    """
    items = []
    for made in shard_items(place, plan, name):
        job.check()
        items.append(made)
    write_shard(place.folder / name, plan.key, items)
