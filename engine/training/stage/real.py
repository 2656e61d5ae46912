"""Real recordings on the stage: aligned by our aligner or labelled by hand, and performed; and one person's captured mouth.

Which recordings there are says `engine.training.recordings`. Left out here: EmoDB's boredom, which no emotion of ours is, and ema_de. What is
held out is `test`. A score on an EmoDB speaker must leave out the items of that voice, `real:emodb03` and so on.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip
from engine.speech.files import open_sound, sound_from_samples
from engine.speech.line import analyse
from engine.speech.phonemes import WORD_DTYPE, track
from engine.training import recordings as listed
from engine.training.recordings import Entry, labelled_rows
from engine.training.stage.items import About, performed, stream
from engine.training.stage.manifest import Plan
from engine.training.stage.performed import RATE
from engine.training.stage.shards import Item
from engine.training.stage.spoken import NEUTRAL, Spoken
from engine.training.stage.spoken import RATE as SOUND_RATE

PIECE_S = 10.0  # of a long capture
ACTED_LEVEL = 3  # full-blown emotions (Burkhardt et al. 2005)
_EMODB = {"W": "angry", "E": "disgusted", "A": "fear", "F": "happy", "T": "sad", "N": NEUTRAL}
_EMODB_TEXTS = {
    "a01": "Der Lappen liegt auf dem Eisschrank.", "a02": "Das will sie am Mittwoch abgeben.", "a04": "Heute abend könnte ich es ihm sagen.",
    "a05": "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück.", "a07": "In sieben Stunden wird es soweit sein.",
    "b01": "Was sind denn das für Tüten, die da unter dem Tisch stehen?", "b02": "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter.",
    "b03": "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht.",
    "b09": "Ich will das eben wegbringen und dann mit Karl was trinken gehen.", "b10": "Die wird auf dem Platz sein, wo wir sie immer hinlegen.",
}  # fmt: skip
_ACTED = {"anger": "angry", "joy": "happy", "neutral": NEUTRAL, "sadness": "sad"}
# Captured control -> our channels, by what each is named after; `{}` is the side. Controls that the capture holds still are left to the performer.
_CONTROLS: dict[str, dict[str, float]] = {
    "mouth_stretch_c": {"jawOpen": 1.0}, "mouth_chinRaise_u": {"mouthShrugUpper": 1.0}, "mouth_chinRaise_d": {"mouthShrugLower": 1.0},
    **{f"mouth_funnel_{corner}": {"mouthFunnel": 0.25} for corner in ("dl", "dr", "ul", "ur")},
    "mouth_oh_c": {"mouthFunnel": 0.6, "jawOpen": 0.15}, "mouth_oo_c": {"mouthPucker": 0.6, "mouthFunnel": 0.3},
    **{f"mouth_suck_d{side}": {"mouthRollLower": 0.5} for side in "lr"}, **{f"mouth_suck_u{side}": {"mouthRollUpper": 0.5} for side in "lr"},
    **{f"mouth_pucker_{side}": {"mouthPucker": 0.5} for side in "lr"},
    **{f"{control}_{side[0].lower()}": {channel + side: 1.0} for side in ("Left", "Right") for control, channel in (
        ("mouth_lipCornerPull", "mouthSmile"), ("mouth_lipCornerPullOpen", "mouthSmile"), ("mouth_lipCornerDepress", "mouthFrown"),
        ("mouth_lipStretch", "mouthStretch"), ("mouth_lipStretchOpen", "mouthStretch"), ("mouth_lowerLipDepress", "mouthLowerDown"),
        ("mouth_upperLipRaise", "mouthUpperUp"), ("mouth_press", "mouthPress"), ("mouth_dimple", "mouthDimple"), ("nose_wrinkle", "noseSneer"),
        ("jaw_sideways", "jaw"), ("mouth_sideways", "mouth"),
    )},
    "jaw_thrust_c": {"jawForward": 1.0},
}  # fmt: skip


@dataclass(frozen=True)
class Recording:
    """A real recording.

    Args:
        name: source and name, "emodb/03a01Fa".
        path: of the sound.
        voice: "real:SPEAKER".
        language: of the speech.
        text: what is said, or "".
        emotion: acted, or neutral.
        split: that it must go to, or "".
        start_s: of the part that is meant.
        length_s: of it; 0 for all.
        labels: the entry whose label file says which phones are spoken; None where they are to be found.
    """

    name: str
    path: Path
    voice: str
    language: str = "en"
    text: str = ""
    emotion: str = NEUTRAL
    split: str = ""
    start_s: float = 0.0
    length_s: float = 0.0
    labels: Entry | None = None

    @property
    def source(self) -> str:
        """The folder it is from."""
        return self.name.partition("/")[0]


def _emodb(data: Path) -> Iterator[Recording]:
    for entry in listed.emodb(data):
        if entry.act in _EMODB and entry.labels:
            text = _EMODB_TEXTS.get(entry.stem[2:5], "")
            yield Recording(f"emodb/{entry.stem}", entry.path, f"real:emodb{entry.speaker}", "de", text, _EMODB[entry.act], labels=entry)


def _grid(data: Path) -> Iterator[Recording]:
    for entry in listed.grid(data):
        yield Recording(f"grid_s1/{entry.stem}", entry.path, "real:grid_s1", "en", entry.text, split="test" if entry.held_out else "")


def _readings(data: Path) -> Iterator[Recording]:
    for entry in listed.readings(data):
        voice = entry.source if entry.speaker == entry.source else f"{entry.source}-{entry.speaker}"
        yield Recording(f"{entry.source}/{entry.stem}", entry.path, f"real:{voice}", "en", entry.text.strip())


def _conversation(data: Path) -> Iterator[Recording]:
    for entry in listed.conversation(data):
        yield Recording(f"{entry.source}/{entry.stem}", entry.path, "real:autovot", labels=entry)


def _acted(data: Path) -> Iterator[Recording]:
    for entry in listed.acted(data):
        if entry.act in _ACTED:
            yield Recording(f"claire_mark/{entry.stem}", entry.path, f"real:{entry.speaker.lower()}", entry.language, "", _ACTED[entry.act])


def _captures(data: Path) -> Iterator[Recording]:
    for entry in listed.captures(data):
        for piece in range(int(open_sound(entry.path).duration_s / PIECE_S)):
            name = f"facegood/{entry.stem}/{piece:02d}"
            yield Recording(name, entry.path, "real:facegood", entry.language, start_s=piece * PIECE_S, length_s=PIECE_S)


SOURCES: tuple[Callable[[Path], Iterator[Recording]], ...] = (_emodb, _grid, _readings, _conversation, _acted, _captures)


@lru_cache(maxsize=2)
def recordings(data: Path) -> dict[str, Recording]:
    """Every recording of a folder by its name, in order."""
    return {found.name: found for source in SOURCES for found in source(data)}


def items(plan: Plan, data: Path | None, name: str, index: int) -> Iterator[Item]:
    """The performance of a recording; nothing of one in which no speech is found, or that its text does not fit.

    Args:
        plan: of the corpus.
        data: folder of recordings.
        name: which.
        index: of the item.

    Raises:
        InvalidInput: it is not here.
    """
    found = recordings(data).get(name) if data is not None else None
    if found is None:
        raise InvalidInput(f"the recording {name} of this corpus is not here", "set VIVAVOCE_DATA, or give --real, to the folder that it was begun with")
    made = item_of(plan, found, index)
    if made is not None:
        yield made


def item_of(plan: Plan, recording: Recording, index: int) -> Item | None:
    """The performance of a recording; None where no speech is found in it, or its text does not fit."""
    heard = spoken_of(recording)
    if heard is None:
        return None
    spoken, times = heard
    about = About(index, recording.source, recording.name, times, recording.split)
    if recording.source == "facegood":
        mouth = captured(recording.path)
        first = round(recording.start_s * float(RATE))
        about = replace(about, mouth=mouth.values[first:], columns=tuple(INDEX[n] for n in CAPTURED))
    return performed(plan, about, spoken, stream(plan.seed, index).spawn(6)[2:])


def spoken_of(recording: Recording) -> tuple[Spoken, str] | None:
    """What is said in a recording, and how that is known: "hand", "alignment" or "heard" (recognised); None where nothing can be made of it."""
    sound = open_sound(recording.path)
    end_s = recording.start_s + recording.length_s if recording.length_s else sound.duration_s
    samples = sound.read(recording.start_s, end_s, SOUND_RATE)
    level = 0 if recording.emotion == NEUTRAL else ACTED_LEVEL
    make = lambda phones, words, text: Spoken(samples, phones, words, text, recording.language, recording.voice, recording.emotion, level)  # noqa: E731
    nothing = np.zeros(0, WORD_DTYPE)
    if recording.labels is not None:
        rows, acted = labelled_rows(recording.labels), recording.source == "emodb"
        samples = samples[: round(rows[-1][2] * SOUND_RATE)] if acted and rows else samples  # what follows has lost its labels
        least, times = (5, "hand") if acted else (1, "alignment")
        return (make(track(rows, len(samples) / SOUND_RATE), nothing, recording.text), times) if len(rows) >= least else None
    return _found(recording, make, samples)


def _found(recording: Recording, make: Callable[..., Spoken], samples: NDArray[np.float32]) -> tuple[Spoken, str] | None:
    """By our aligner, or our recogniser where no text is known."""
    line = analyse(sound_from_samples(samples, SOUND_RATE), recording.text or None, "en" if recording.language == "cmn" else recording.language)
    fits = line.method == "alignment" and not any("recognised" in notice for notice in line.notices)
    if not any(line.phonemes["label"]) or (recording.text and not fits):
        return None
    words = line.words if recording.language != "cmn" else line.words[:0]
    return make(line.phonemes, words, recording.text or (line.transcript if len(words) else "")), "alignment" if fits else "heard"


# --- captured motion ---------------------------------------------------------------------------------------------------------------

CAPTURED: tuple[str, ...] = tuple(n for n in CHANNELS if n.startswith(("mouth", "jaw", "noseSneer")))


def captured(sound: Path) -> MotionClip:
    """The captured mouth beside a sound of motion/facegood, as our channels.

    Args:
        sound: its .wav file.

    Raises:
        InvalidInput: the capture or its names are missing.
    """
    try:
        with warnings.catch_warnings():  # they were written by Python 2, which is said each time
            warnings.simplefilter("ignore", UserWarning)
            names = [str(n) for n in np.load(sound.with_name("shirley_1119_bs_name316.npy"), allow_pickle=False)]
            values = np.load(sound.with_name(f"bs_value_{sound.stem}.npy"), allow_pickle=False)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"there is no capture beside {sound} ({error})", "put bs_value_*.npy and shirley_1119_bs_name316.npy there") from error
    out = np.zeros((len(values), len(CHANNELS)), np.float32)
    for column, name in enumerate(names):
        for channel, gain in _CONTROLS.get(name, {}).items():
            out[:, INDEX[channel]] += np.float32(gain) * values[:, column].astype(np.float32)
    return MotionClip(np.clip(out, 0.0, 1.0), Fraction(30)).resampled(RATE)
