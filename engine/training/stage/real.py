"""Real recordings on the stage: aligned by our aligner or labelled by hand, and performed; and one person's captured mouth.

Never among them: `speech/emur_ae`, which only ever scores, and EmoDB's boredom, which no emotion of ours is. Every seventh clip of
`grid_s1` by name is `test`. A score on an EmoDB speaker must leave out the items of that voice, `real:emodb03` and so on.
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
from engine.speech.labels import read_emodb
from engine.speech.line import analyse
from engine.speech.phonemes import WORD_DTYPE, from_arpabet, track
from engine.speech.textgrid import read_textgrid
from engine.training.stage.items import About, performed, stream
from engine.training.stage.manifest import Plan
from engine.training.stage.performed import RATE
from engine.training.stage.shards import Item
from engine.training.stage.spoken import NEUTRAL, Spoken
from engine.training.stage.spoken import RATE as SOUND_RATE

PIECE_S = 10.0  # of a long capture
HELD_EVERY = 7  # clips of grid_s1
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

    @property
    def source(self) -> str:
        """The folder it is from."""
        return self.name.partition("/")[0]


def _emodb(data: Path) -> Iterator[Recording]:
    for path in sorted((data / "emotion/emodb/wav").glob("*.wav")):
        stem = path.stem
        if stem[5] in _EMODB and _labels(path):
            yield Recording(f"emodb/{stem}", path, f"real:emodb{stem[:2]}", "de", _EMODB_TEXTS.get(stem[2:5], ""), _EMODB[stem[5]])


def _labels(path: Path) -> Path | None:
    return next(iter(sorted((path.parents[1] / "lablaut").glob(path.stem + "*.lablaut"))), None)


def _grid(data: Path) -> Iterator[Recording]:
    for i, path in enumerate(sorted((data / "video/grid_s1").glob("*.align"))):
        words = (row.split()[2] for row in path.read_text(encoding="utf-8").splitlines() if row.strip())
        text = " ".join(word for word in words if word not in ("sil", "sp"))
        held = "test" if i % HELD_EVERY == HELD_EVERY - 1 else ""
        yield Recording(f"grid_s1/{path.stem}", path.with_suffix(".mpg"), "real:grid_s1", "en", text, split=held)


def _readings(data: Path) -> Iterator[Recording]:
    for source, pattern in (("jfk", "*.wav"), ("pocketsphinx_librivox", "*.wav"), ("librispeech_librosa", "*.hq.ogg")):
        for path in sorted((data / "speech" / source).glob(pattern)):
            stem = path.name.split(".")[0]
            text = path.with_name(f"{stem}.txt")
            # The readers' files of librispeech say whence they come, not what is read.
            said = text.read_text(encoding="utf-8").strip() if text.exists() and source != "librispeech_librosa" else ""
            voice = f"real:{source}" + (f"-{stem.split('-')[0]}" if source == "librispeech_librosa" else "")
            yield Recording(f"{source}/{stem}", path, voice, "en", said)


def _conversation(data: Path) -> Iterator[Recording]:
    for path in sorted((data / "speech/autovot_hand_vot").rglob("*.TextGrid")):
        yield Recording(f"autovot_hand_vot/{path.stem}", path.with_suffix(".wav"), "real:autovot")


def _acted(data: Path) -> Iterator[Recording]:
    for path in sorted((data / "emotion/claire_mark").glob("*.wav")):
        who, what = path.stem.split("_")[:2]
        if what in _ACTED:
            yield Recording(f"claire_mark/{path.stem}", path, f"real:{who.lower()}", "cmn" if "mandarin" in path.stem else "en", "", _ACTED[what])


def _captures(data: Path) -> Iterator[Recording]:
    for path in sorted((data / "motion/facegood").glob("*.wav")):
        for piece in range(int(open_sound(path).duration_s / PIECE_S)):
            yield Recording(f"facegood/{path.stem}/{piece:02d}", path, "real:facegood", "cmn", start_s=piece * PIECE_S, length_s=PIECE_S)


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
    if recording.source == "emodb":
        rows = _by_hand(recording.path)
        samples = samples[: round(rows[-1][2] * SOUND_RATE)] if rows else samples  # what follows has lost its labels
        return (make(track(rows, len(samples) / SOUND_RATE), nothing, recording.text), "hand") if len(rows) > 4 else None
    if recording.source == "autovot_hand_vot":
        tier = read_textgrid(recording.path.with_suffix(".TextGrid")).tier(("phones",))
        rows = [] if tier is None else [("" if t.strip().lower() in ("", "sil", "sp") else from_arpabet(t.strip()), a, b) for a, b, t in tier.intervals]
        return (make(track(rows, len(samples) / SOUND_RATE), nothing, ""), "alignment") if rows else None
    return _found(recording, make, samples)


def _found(recording: Recording, make: Callable[..., Spoken], samples: NDArray[np.float32]) -> tuple[Spoken, str] | None:
    """By our aligner, or our recogniser where no text is known."""
    line = analyse(sound_from_samples(samples, SOUND_RATE), recording.text or None, "en" if recording.language == "cmn" else recording.language)
    fits = line.method == "alignment" and not any("recognised" in notice for notice in line.notices)
    if not any(line.phonemes["label"]) or (recording.text and not fits):
        return None
    words = line.words if recording.language != "cmn" else line.words[:0]
    return make(line.phonemes, words, recording.text or (line.transcript if len(words) else "")), "alignment" if fits else "heard"


def _by_hand(path: Path) -> list[tuple[str, float, float]]:
    """EmoDB's labels; a burst belongs to its stop."""
    file = _labels(path)
    labels = read_emodb(file) if file is not None else None
    rows: list[tuple[str, float, float]] = []
    if labels is None:
        return rows
    for label, (start, end) in zip(labels.ipa, labels.spans, strict=True):
        if label == "+" and rows:
            rows[-1] = (rows[-1][0], rows[-1][1], float(end))
        else:
            rows.append((label if label != "+" else "", float(start), float(end)))
    return rows


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
