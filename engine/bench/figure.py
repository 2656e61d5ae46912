"""A figure we claim: what was measured, against which goal, on what machine; and how times are taken."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

REPEATS = 5


@dataclass(frozen=True)
class Figure:
    """One measured number.

    Args:
        name: such as `lips.text.event_f1`.
        value: measured.
        unit: of the value, "" for a ratio or score.
        goal: such as `>= 0.985`, "" where none is set.
        note: what was measured on, or why it could not be.
    """

    name: str
    value: float | None
    unit: str = ""
    goal: str = ""
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the goal is met; None without a goal or a value."""
        if not self.goal or self.value is None:
            return None
        sign, _, bound = self.goal.partition(" ")
        return self.value >= float(bound) if sign == ">=" else self.value <= float(bound) if sign == "<=" else self.value < float(bound)

    def row(self) -> str:
        """One line for people."""
        value = "not measured" if self.value is None else f"{self.value:.4g}"
        mark = {True: "reached", False: "MISSED", None: ""}[self.reached]
        return f"{self.name:38s} {value:>12s} {self.unit:6s} {self.goal:10s} {mark:8s} {self.note}"

    def record(self) -> str:
        """One line of JSON, with the machine."""
        return json.dumps({**asdict(self), "reached": self.reached, "device": device()}, ensure_ascii=False)


@lru_cache(maxsize=1)
def device() -> str:
    """The machine in words: processor and the cores this process may use."""
    name = platform.processor() or platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.is_file():
        name = next((row.partition(":")[2].strip() for row in cpu.read_text().splitlines() if row.startswith("model name")), name)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{name}, {cores} cores"


def times(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float, float]:
    """Seconds of the first run (cold), the median and the worst of the `repeats` after it (warm)."""
    taken = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken[0], statistics.median(taken[1:]), max(taken[1:])


def timed(name: str, work: Callable[[], object], goal: str = "", scale: float = 1.0, unit: str = "s", repeats: int = REPEATS) -> Iterable[Figure]:
    """The warm median against the goal, with worst and cold beside it; times are divided by `scale`."""
    cold, median, worst = times(work, repeats)
    yield Figure(name, median / scale, unit, goal, f"median of {repeats}; worst {worst / scale:.4g}, cold {cold / scale:.4g}")


def data_folder() -> Path | None:
    """Labelled recordings to score on: `VIVAVOCE_DATA`, or `shared/data` beside the checkout; None where there are none."""
    given = os.environ.get("VIVAVOCE_DATA")
    folder = Path(given) if given else Path(__file__).resolve().parents[3] / "shared" / "data"
    return folder if folder.is_dir() else None
