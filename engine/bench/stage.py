"""The stage: how fast performances are made, whether the same seed gives the same bytes whoever makes which part, and how people behave."""

from __future__ import annotations

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from engine.bench.figure import Figure
from engine.core.emotion import EMOTIONS
from engine.project.parts import Gaze
from engine.systems.instruction import read
from engine.systems.liveliness import looking
from engine.training.stage import corpus, moods, shards, voices, words
from engine.training.stage.corpus import Wanted
from engine.training.stage.directions import NEUTRAL, Intent, paraphrases
from engine.training.stage.items import About, performed, stage_item, stream
from engine.training.stage.listening import listen
from engine.training.stage.performed import line_of, perform

MINUTES = float(os.environ.get("VIVAVOCE_BENCH_STAGE_MINUTES", "10"))
SEED, WORKERS, TEXTS, SENTENCES = 20265, 2, 1000, 60
SMALL = Wanted(SEED, 1.0, shard_s=10.0)
_KILL_AFTER = 2  # shards


def figures() -> Iterator[Figure]:
    """Every figure of the stage."""
    yield from _speed()
    yield from _steps()
    yield from _sameness()
    yield from _read_back()
    yield _saccades()


def _speed() -> Iterator[Figure]:
    """Times real time, and what people do in what was made."""
    with tempfile.TemporaryDirectory() as name:
        before, start = _cpu_s(), time.perf_counter()
        made = corpus.make(Path(name), Wanted(SEED, MINUTES), workers=WORKERS)
        wall_s, cpu_s = time.perf_counter() - start, _cpu_s() - before
        seconds = made.tally.seconds
        engines = ", ".join(sorted(made.tally.seconds_by["engine"]))
        note = f"{seconds / 60:.1f} minutes in {len(made.plan.languages)} languages by {engines}; emotion, performance, listeners and files included"
        yield Figure("stage.times_real_time", seconds / wall_s, "x", ">= 20", f"{note}; {WORKERS} processes, their start included")
        yield Figure("stage.times_real_time_cpu", WORKERS * seconds / cpu_s, "x", "", f"by processor time, {cpu_s:.1f} s, as two cores with nothing else to do")
        for row in made.tally.rows():
            yield Figure(f"stage.{row.name}", row.value, row.unit, "", row.reported)
    with tempfile.TemporaryDirectory() as name:
        before = _cpu_s()
        made = corpus.make(Path(name), Wanted(SEED, MINUTES / 5, rooms=1.0), workers=WORKERS)
        yield Figure("stage.rooms.times_real_time_cpu", WORKERS * made.tally.seconds / (_cpu_s() - before), "x", "", "every performance with a room or noise")


def _cpu_s() -> float:
    """Seconds of processor time of this process and of those that it waited for."""
    return sum(u.ru_utime + u.ru_stime for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


def _steps() -> Iterator[Figure]:
    """Where the time of one process goes: milliseconds of processor time for each second of sound."""
    spent: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        spent[name] = spent.get(name, 0.0) + time.process_time() - start

    plan = corpus.plan_of(SMALL)
    made: list[shards.Item] = []
    for index in range(-3, SENTENCES):
        if index == 0:  # what is loaded once does not count
            spent.clear()
            made.clear()
        rng = stream(SEED, index + 3)
        entry = voices.choose(voices.available().entries, plan.languages[index % len(plan.languages)], rng)
        emotion = EMOTIONS[index % len(EMOTIONS)]
        with step("words"):
            text = words.sentence(entry.language, rng)
        with step("voice"):
            neutral = voices.speak(entry, text, rng)
        with step("emotion"):
            spoken = moods.colour(neutral, emotion, 2, rng)
        with step("prosody"):
            line = line_of(spoken)
        with step("instruction"):
            reading = read(Intent.draw(rng, emotion, 2).say(rng), 0.0, spoken.duration_s, 1.0, spoken.duration_s)
        with step("performance"):
            motion = perform(line, reading, rng)
        with step("listener"):
            listen(line, motion, rng)
        made.append(performed(plan, About(index), spoken, rng.spawn(4)))
    with step("shard"):
        shards.pack("key", made)
    seconds = sum(item.seconds for item in made)
    for name, cpu_s in spent.items():
        yield Figure(f"stage.step.{name}", 1000.0 * cpu_s / seconds, "ms/s", "", f"of processor time for each second of sound, {SENTENCES} sentences")


def _sameness() -> Iterator[Figure]:
    """Shards of one process, of several, of two runs that share the work, and of one that was killed and gone on with: 1 where all bytes agree."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        corpus.make(root / "one", SMALL)
        whole = _digests(root / "one")
        corpus.make(root / "again", SMALL, workers=WORKERS)
        yield Figure("stage.same_seed", float(_digests(root / "again") == whole), "", ">= 1", f"{len(whole)} shards by one process and by {WORKERS}")
        for part in (2, 1):
            corpus.make(root / "parts", SMALL, (part, 2), resume=True)
        yield Figure("stage.split_work", float(_digests(root / "parts") == whole), "", ">= 1", "two runs that split the work, against one")
        left = _killed(root / "killed")
        corpus.make(root / "killed", SMALL, resume=True)
        yield Figure("stage.killed", float(_digests(root / "killed") == whole), "", ">= 1", f"killed with {left} of {len(whole)} shards made, and gone on with")
        index = 7
        alone = stage_item(corpus.plan_of(SMALL), index)
        after = [stage_item(corpus.plan_of(SMALL), i) for i in (12, 3, index)][-1]
        yield Figure("stage.same_item", float(shards.pack("", [alone]) == shards.pack("", [after])), "", ">= 1", "one performance, whatever was made before it")


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: shards.digest(path) for path in sorted(folder.glob(f"*{shards.SUFFIX}"))}


def _killed(folder: Path) -> int:
    """Shards that a run left when it was killed on its way."""
    code = "import sys; from pathlib import Path; from engine.bench import stage; stage.corpus.make(Path(sys.argv[1]), stage.SMALL)"
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and len(_digests(folder)) < _KILL_AFTER:
            time.sleep(0.02)
        time.sleep(0.3)  # in the middle of the next one
        process.kill()
    return len(_digests(folder))


def _read_back() -> Iterator[Figure]:
    """Share of drawn instructions, and of their paraphrases, whose emotion and level read back as meant with no word left over."""
    rng = np.random.default_rng(SEED)
    right, different = 0, set()
    for index in range(TEXTS):
        emotion = (NEUTRAL, *EMOTIONS)[index % 8]
        level = 0 if emotion == NEUTRAL else 1 + index // 8 % 3
        intent = Intent.draw(rng, emotion, level)
        text = paraphrases(rng, intent, 2)[-1]
        different.add(text)
        reading = read(text, 0.0, 4.0, 1.0, 4.0)
        strongest = {name.removeprefix("emotions/"): max(k.value for k in c.keys) for name, c in reading.curves.items() if name.startswith("emotions/")}
        meant = {} if emotion == NEUTRAL else {emotion: level / 3}
        meant |= {intent.after[0]: intent.after[1] / 3} if intent.after else {}
        found = {n: v for n, v in strongest.items() if v > 0.0}
        right += found.keys() == meant.keys() and all(math.isclose(found[n], meant[n], abs_tol=0.01) for n in found) and not reading.unknown
    yield Figure("stage.instructions_read_back", right / TEXTS, "", ">= 1", f"{TEXTS} texts, {len(different)} of them different")


def _saccades() -> Figure:
    """Milliseconds that a saccade takes longer for each degree, from the motion at 2000 frames a second."""
    degrees, lengths = np.arange(2, 26, 2), []
    times = np.arange(0.0, 0.5, 0.0005)
    for size in degrees:
        moved = looking(times, (Gaze("g", 0.2, math.radians(float(size)), 0.0),))[:, 0] / math.radians(float(size))
        lengths.append(1000.0 * 0.0005 * int(((moved > 1e-9) & (moved < 1.0 - 1e-9)).sum()))
    slope, start = np.polyfit(degrees, lengths, 1)
    return Figure("stage.saccade_slope", float(slope), "ms/deg", "", f"and {start:.0f} ms; 2.2 and 21 (Bahill et al. 1975; Carpenter 1988)")
