"""The real recordings that training may draw from, in order: one list for the encoder, the stage and the mood network.

Not among them: `speech/emur_ae`, which only ever scores. Every seventh clip of `grid_s1` by name is held out. Which speakers of EmoDB are
left out is up to whoever trains for a score of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.speech.labels import read_emodb
from engine.speech.phonemes import from_arpabet
from engine.speech.textgrid import read_textgrid

HELD_EVERY = 7
Rows = list[tuple[str, float, float]]  # IPA ("" a pause), start and end in seconds
# SAMPA as ema_de writes it, where IPA differs.
_EMA = {"&p:": "", "6": "ɐ", "aI": "aɪ", "aU": "aʊ", "OY": "ɔʏ", "@": "ə", "I": "ɪ", "E": "ɛ", "U": "ʊ", "O": "ɔ", "Y": "ʏ", "9": "œ", "2:": "øː",
        "N": "ŋ", "S": "ʃ", "C": "ç", "Z": "ʒ", "Q": "ʔ", "g": "ɡ", "r": "ʁ"}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One file of real speech.

    Args:
        source: the folder it is from.
        stem: its name there.
        path: of the sound.
        speaker: who speaks, as the file's name or its folder says: "03", "Claire", "198", "grid_s1".
        language: of the speech.
        text: what is said, as the transcript beside it writes it; "" where there is none.
        labels: the file that says which phone is spoken when; None without.
        act: the emotion that is played, as the file's name writes it: "W", "anger"; "" without.
        held_out: whether training must not hear it.
    """

    source: str
    stem: str
    path: Path
    speaker: str
    language: str = "en"
    text: str = ""
    labels: Path | None = None
    act: str = ""
    held_out: bool = False


def held_out(names: Sequence[str]) -> set[str]:
    """Every seventh of sorted names."""
    return set(sorted(names)[HELD_EVERY - 1 :: HELD_EVERY])


def emodb(data: Path) -> Iterator[Entry]:
    """Acted German, five speakers, labelled by hand."""
    folder = data / "emotion/emodb"
    for path in sorted((folder / "wav").glob("*.wav")):
        labels = next(iter(sorted((folder / "lablaut").glob(path.stem + "*.lablaut"))), None)
        yield Entry("emodb", path.stem, path, path.stem[:2], "de", labels=labels, act=path.stem[5:6])


def ema(data: Path) -> Iterator[Entry]:
    """German of one speaker in an articulograph, with segments."""
    for path in sorted((data / "speech/ema_de").glob("*_segments.csv")):
        sound = path.with_name(path.name.replace("_segments.csv", ".wav"))
        yield Entry("ema_de", path.stem, sound, "ema_de", "de", labels=path)


def grid(data: Path) -> Iterator[Entry]:
    """Commands of one English speaker, with their words."""
    paths = sorted((data / "video/grid_s1").glob("*.align"))
    held = held_out([path.stem for path in paths])
    for path in paths:
        words = (row.split()[2] for row in path.read_text(encoding="utf-8").splitlines() if row.strip())
        text = " ".join(word for word in words if word not in ("sil", "sp"))
        yield Entry("grid_s1", path.stem, path.with_suffix(".mpg"), "grid_s1", text=text, held_out=path.stem in held)


def readings(data: Path) -> Iterator[Entry]:
    """Read English; the text files of librispeech say whence the recordings come, not what is read."""
    for source, pattern in (("jfk", "*.wav"), ("pocketsphinx_librivox", "*.wav"), ("librispeech_librosa", "*.hq.ogg")):
        for path in sorted((data / "speech" / source).glob(pattern)):
            stem = path.name.split(".")[0]
            librispeech = source == "librispeech_librosa"
            transcript = path.with_name(f"{stem}.txt")
            text = transcript.read_text(encoding="utf-8") if transcript.exists() and not librispeech else ""
            yield Entry(source, stem, path, stem.split("-")[0] if librispeech else source, text=text)


def conversation(data: Path) -> Iterator[Entry]:
    """Excerpts of conversation, with the phones that an aligner set."""
    for path in sorted((data / "speech/autovot_hand_vot").rglob("*.TextGrid")):
        yield Entry("autovot_hand_vot", path.stem, path.with_suffix(".wav"), "autovot", labels=path)


def acted(data: Path) -> Iterator[Entry]:
    """Two people who act, in English and Mandarin, without transcripts."""
    for path in sorted((data / "emotion/claire_mark").glob("*.wav")):
        speaker, _, rest = path.stem.partition("_")
        yield Entry("claire_mark", path.stem, path, speaker, "cmn" if "mandarin" in path.stem else "en", act=rest.partition("_")[0])


def captures(data: Path) -> Iterator[Entry]:
    """Mandarin of one person whose face was captured, without transcripts."""
    for path in sorted((data / "motion/facegood").glob("*.wav")):
        yield Entry("facegood", path.stem, path, "facegood", "cmn")


SOURCES: tuple[Callable[[Path], Iterator[Entry]], ...] = (emodb, ema, grid, readings, conversation, acted, captures)


def labelled_rows(entry: Entry) -> Rows:
    """The phones of an entry as its label file has them; none where it has no such file, or the file no phones.

    Raises:
        InvalidInput: the file is damaged.
    """
    if entry.labels is None:
        return []
    return {".lablaut": _by_hand, ".TextGrid": _of_grid, ".csv": _segments}[entry.labels.suffix](entry.labels)


def _by_hand(path: Path) -> Rows:
    """EmoDB's labels; a burst belongs to its stop."""
    labels = read_emodb(path)
    rows: Rows = []
    for label, (start, end) in zip(labels.ipa, labels.spans, strict=True):
        if label == "+" and rows:
            rows[-1] = (rows[-1][0], rows[-1][1], float(end))
        else:
            rows.append((label if label != "+" else "", float(start), float(end)))
    return rows


def _of_grid(path: Path) -> Rows:
    tier = read_textgrid(path).tier(("phones",))
    found = () if tier is None else tier.intervals
    return [("" if text.strip().lower() in ("", "sil", "sp") else from_arpabet(text.strip()), start, end) for start, end, text in found]


def _segments(path: Path) -> Rows:
    cells = [row.split(",") for row in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(_EMA.get(label, label.replace(":", "ː")), float(start), float(end)) for start, end, label in cells]
