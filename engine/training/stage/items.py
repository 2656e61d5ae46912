"""One performance of the corpus: a sentence that is said, felt, directed, performed, listened to and recorded somewhere.

Item k of the stage draws everything from the random stream (seed, k), each step from a stream of its own, so that it depends on no other item.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.emotion import EMOTIONS
from engine.speech.line import Line
from engine.systems.instruction import read
from engine.training.stage import moods, voices, words
from engine.training.stage.directions import Intent, paraphrases
from engine.training.stage.listening import listen
from engine.training.stage.manifest import Plan, splits_of
from engine.training.stage.performed import Performed, line_of, perform
from engine.training.stage.rooms import Acoustics
from engine.training.stage.shards import Item, Record, pcm
from engine.training.stage.spoken import Spoken

NEUTRAL_SHARE = 0.2  # of performances
PARAPHRASES = 3  # texts of the same meaning beside the instruction
STAGE = "stage"


def stream(seed: int, index: int) -> np.random.Generator:
    """The random stream of one item."""
    return np.random.default_rng(np.random.SeedSequence([seed & 0xFFFFFFFF, seed >> 32, index]))


def stage_item(plan: Plan, index: int) -> Item:
    """One of the stage's own performances.

    Args:
        plan: of the corpus.
        index: any number from 0.

    Raises:
        InvalidInput: no voice of the plan speaks one of its languages here.
        MissingAsset: a voice of the plan is not installed here.
    """
    said, felt, *rest = stream(plan.seed, index).spawn(6)
    entries = [e for e in voices.available().entries if e.label in plan.voices]
    entry = voices.choose(entries, plan.languages[int(said.integers(len(plan.languages)))], said)
    spoken = voices.speak(entry, words.sentence(entry.language, said), said)
    if felt.random() >= NEUTRAL_SHARE:
        emotion = EMOTIONS[int(felt.integers(len(EMOTIONS)))]
        spoken = moods.colour(spoken, emotion, int(felt.integers(1, 4)), felt)
    return performed(plan, About(index), spoken, rest)


@dataclass(frozen=True, eq=False)
class About:
    """What is known of an item before it is performed.

    Args:
        index: of the item.
        source: "stage", or the folder of real material it is from.
        name: of real material.
        times: how its phones were found: "exact", "hand" or "alignment".
        split: that it must go to, whatever its sentence and voice say; "" for none.
        mouth: captured motion of the mouth, float32 [T, 63] of which `columns` count; None for the performer's.
        columns: of `mouth`.
    """

    index: int
    source: str = STAGE
    name: str = ""
    times: str = "exact"
    split: str = ""
    mouth: NDArray[np.float32] | None = None
    columns: tuple[int, ...] = ()


def performed(plan: Plan, about: About, spoken: Spoken, streams: Sequence[np.random.Generator]) -> Item:
    """A sentence with its instruction, performance, partner and room.

    Args:
        plan: of the corpus.
        about: where it comes from.
        spoken: what is said, without any room.
        streams: of the instruction, the performance, the partner and the room.
    """
    asked, played, heard, room = streams
    acoustics = Acoustics.draw(room) if about.source == STAGE and room.random() < plan.rooms else None
    if acoustics is not None:  # all that is known of the voice is found before rooms and noise cover it
        spoken = Acoustics(speed=acoustics.speed).hear(spoken)
    line, length_s = line_of(spoken), spoken.duration_s
    text, *others = paraphrases(asked, Intent.draw(asked, spoken.emotion, spoken.level), 1 + PARAPHRASES)
    motion = perform(line, read(text, 0.0, length_s, 1.0, length_s), played)
    if about.mouth is not None:
        count = min(len(motion.channels), len(about.mouth))
        motion.channels[:count, about.columns] = about.mouth[:count, about.columns]
    partner = listen(line, motion, heard) if heard.random() < plan.scenes else None
    splits = splits_of(spoken.text, spoken.voice, spoken.emotion)
    record = Record(
        about.index, about.source, about.name, spoken.text, spoken.language, spoken.voice, spoken.emotion, spoken.level, text, tuple(others),
        "" if acoustics is None else json.dumps(asdict(acoustics)), about.times, "performer" if about.mouth is None else "capture",
        {**splits, "kept": about.split} if about.split else splits,
    )  # fmt: skip
    return Item(
        record, {**_known(spoken, line), **_moved(motion, partner), "samples": pcm(spoken.samples if acoustics is None else acoustics.apply(spoken.samples))}
    )


def _known(spoken: Spoken, line: Line) -> dict[str, NDArray[Any]]:
    """What is known of the speech."""
    closures = np.stack([line.closures["start_s"], line.closures["end_s"]], -1)
    return {"phones": spoken.phones, "words": spoken.words, "closures": closures, "pitch_hz": line.prosody.pitch_hz, "energy_db": line.prosody.energy_db}


def _moved(motion: Performed, partner: Performed | None) -> dict[str, NDArray[Any]]:
    """What is known of the motion."""
    return {
        "channels": motion.channels, "levels": motion.levels, "partner": motion.channels[:0] if partner is None else partner.channels,
        "blinks": np.array([(b.time_s, b.length_s) for b in motion.blinks]).reshape(-1, 2),
        "gazes": np.array([(g.time_s, g.yaw_rad, g.pitch_rad) for g in motion.gazes]).reshape(-1, 3),
    }  # fmt: skip
