"""Phoneme symbols: the IPA inventory, articulatory features, viseme classes, and the doors from ARPAbet and eSpeak.

A label is one IPA segment without stress: a base symbol with its modifiers (`tʰ`, `ɑ̃`, `iː`), a diphthong (`aɪ`) or an
affricate (`tʃ`). The empty label is a pause. Features follow from the symbols, so a label that no table lists still moves the
mouth.

Source: the chart of the International Phonetic Association (2020); eSpeak NG's phoneme tables for what occurs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.core.errors import InvalidInput

PHONEME_DTYPE = np.dtype([("label", "U8"), ("start_s", "f8"), ("end_s", "f8")])
WORD_DTYPE = np.dtype([("text", "U48"), ("start_s", "f8"), ("end_s", "f8")])
PAUSE = ""
VISEME_CLASSES: tuple[str, ...] = ("sil", "PBM", "FV", "TH", "DTNL", "KG", "SZ", "CH", "R", "AA", "EI", "OU")

# place -> symbols, each with its manner and voicing: (symbol, manner, voiced).
_STOP, _NASAL, _FRICATIVE, _APPROXIMANT, _LATERAL, _TAP, _TRILL, _CLICK = (
    "stop", "nasal", "fricative", "approximant", "lateral", "tap", "trill", "click",
)  # fmt: skip
_CONSONANTS: dict[str, tuple[str, str, bool]] = {
    symbol: (place, manner, voiced)
    for place, manner, voiceless, voiced_symbols in (
        ("bilabial", _STOP, "p", "bɓ"), ("bilabial", _NASAL, "", "m"), ("bilabial", _FRICATIVE, "ɸ", "β"),
        ("bilabial", _TRILL, "", "ʙ"), ("bilabial", _CLICK, "ʘ", ""),
        ("labiodental", _FRICATIVE, "f", "v"), ("labiodental", _NASAL, "", "ɱ"), ("labiodental", _APPROXIMANT, "", "ʋ"),
        ("labiodental", _TAP, "", "ⱱ"),
        ("dental", _FRICATIVE, "θ", "ð"), ("dental", _CLICK, "ǀ", ""),
        ("alveolar", _STOP, "t", "dɗ"), ("alveolar", _NASAL, "", "n"), ("alveolar", _FRICATIVE, "s", "z"),
        ("alveolar", _LATERAL, "ɬ", "lɫɮɺ"), ("alveolar", _TAP, "", "ɾ"), ("alveolar", _TRILL, "", "r"),
        ("alveolar", _APPROXIMANT, "", "ɹ"), ("alveolar", _CLICK, "ǃǁ", ""),
        ("postalveolar", _FRICATIVE, "ʃ", "ʒ"), ("postalveolar", _CLICK, "ǂ", ""),
        ("retroflex", _STOP, "ʈ", "ɖ"), ("retroflex", _NASAL, "", "ɳ"), ("retroflex", _FRICATIVE, "ʂ", "ʐ"),
        ("retroflex", _LATERAL, "", "ɭ"), ("retroflex", _TAP, "", "ɽ"), ("retroflex", _APPROXIMANT, "", "ɻ"),
        ("alveolo-palatal", _FRICATIVE, "ɕ", "ʑ"),
        ("palatal", _STOP, "c", "ɟʄ"), ("palatal", _NASAL, "", "ɲ"), ("palatal", _FRICATIVE, "ç", "ʝ"),
        ("palatal", _APPROXIMANT, "", "j"), ("palatal", _LATERAL, "", "ʎ"),
        ("labial-palatal", _APPROXIMANT, "", "ɥ"),
        ("labial-velar", _APPROXIMANT, "ʍ", "w"), ("velar", _STOP, "k", "ɡɠ"), ("velar", _NASAL, "", "ŋ"),
        ("velar", _FRICATIVE, "xɧ", "ɣ"), ("velar", _APPROXIMANT, "", "ɰ"), ("velar", _LATERAL, "", "ʟ"),
        ("uvular", _STOP, "q", "ɢʛ"), ("uvular", _NASAL, "", "ɴ"), ("uvular", _FRICATIVE, "χ", "ʁ"), ("uvular", _TRILL, "", "ʀ"),
        ("pharyngeal", _FRICATIVE, "ħʜ", "ʕʢ"), ("glottal", _STOP, "ʔ", ""), ("glottal", _FRICATIVE, "h", "ɦ"),
    )
    for symbols, voiced in ((voiceless, False), (voiced_symbols, True))
    for symbol in symbols
}  # fmt: skip
# symbol -> (height 0 close to 1 open, backness 0 front to 1 back, rounding 0 spread or neutral to 1 pursed).
_VOWELS: dict[str, tuple[float, float, float]] = {
    "i": (0.0, 0.0, 0.0), "y": (0.0, 0.0, 1.0), "ɨ": (0.0, 0.5, 0.0), "ʉ": (0.0, 0.5, 1.0), "ɯ": (0.0, 1.0, 0.0), "u": (0.0, 1.0, 1.0),
    "ɪ": (0.17, 0.2, 0.0), "ʏ": (0.17, 0.2, 0.8), "ʊ": (0.17, 0.8, 0.8), "ᵻ": (0.17, 0.4, 0.0),
    "e": (0.33, 0.0, 0.0), "ø": (0.33, 0.0, 0.8), "ɘ": (0.33, 0.5, 0.0), "ɵ": (0.33, 0.5, 0.8), "ɤ": (0.33, 1.0, 0.0), "o": (0.33, 1.0, 0.9),
    "ə": (0.5, 0.5, 0.0), "ɚ": (0.5, 0.5, 0.2),
    "ɛ": (0.67, 0.05, 0.0), "œ": (0.67, 0.05, 0.6), "ɜ": (0.67, 0.5, 0.0), "ɝ": (0.5, 0.5, 0.25), "ɞ": (0.67, 0.5, 0.6),
    "ʌ": (0.67, 0.9, 0.0), "ɔ": (0.67, 1.0, 0.7),
    "æ": (0.85, 0.05, 0.0), "ɐ": (0.83, 0.5, 0.0),
    "a": (1.0, 0.3, 0.0), "ɶ": (1.0, 0.05, 0.5), "ɑ": (1.0, 1.0, 0.0), "ɒ": (1.0, 1.0, 0.5),
}  # fmt: skip
INVENTORY: tuple[str, ...] = (*_CONSONANTS, *_VOWELS)

# Modifiers that a label keeps; every other diacritic is dropped.
_LENGTH, _NASALISED, _SYLLABIC, _PALATALISED, _LABIALISED, _ASPIRATED, _PHARYNGEALISED = "ː", "\u0303", "\u0329", "ʲ", "ʷ", "ʰ", "ˤ"
_MODIFIERS = frozenset((_LENGTH, _NASALISED, _SYLLABIC, _PALATALISED, _LABIALISED, _ASPIRATED, _PHARYNGEALISED))
_PRIMARY, _SECONDARY = "ˈ", "ˌ"

# What eSpeak leaves of its mnemonics in IPA names, and look-alikes, by the symbol meant.
_REWRITES: tuple[tuple[str, str], ...] = (
    ("ʦ", "ts"), ("ʣ", "dz"), ("ʧ", "tʃ"), ("ʤ", "dʒ"), ("ʨ", "tɕ"), ("ʥ", "dʑ"), ("ɝ", "ɝ"),
    ("_h", "ʰ"), ("ʱ", "ʰ"), ("ᵝ", ""), ("ᵐ", "m"), ("ᵑ", "ŋ"), ("ⁿ", "n"), ("ˑ", _LENGTH), (":", _LENGTH),
    ("g", "ɡ"), ("ε", "ɛ"), ("Φ", "ɸ"), ("φ", "ɸ"), ("ϑ", "θ"), ("ı", "ɯ"), ("ɩ", "ɪ"), ("ɷ", "ʊ"), ("ǝ", "ə"), ("'", "ˈ"),
    ("A", "ɑ"), ("B", "β"), ("C", "ç"), ("D", "ð"), ("E", "ɛ"), ("H", "ħ"), ("I", "ɪ"), ("J", "ɟ"), ("K", "k"), ("L", "ʎ"), ("N", "ŋ"),
    ("O", "ɔ"), ("Q", "ɣ"), ("R", "ʁ"), ("S", "ʃ"), ("T", "θ"), ("U", "ʊ"), ("V", "ʌ"), ("X", "χ"), ("Y", "ø"), ("Z", "ʒ"), ("?", "ʔ"),
    ("nɡ", "ŋ"),
)  # fmt: skip

_ARPABET: dict[str, str] = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AX": "ə", "AXR": "ɚ", "AY": "aɪ", "B": "b", "CH": "tʃ", "D": "d", "DH": "ð",
    "DX": "ɾ", "EH": "ɛ", "EL": "l̩", "EM": "m̩", "EN": "n̩", "ER": "ɝ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IX": "ɨ",
    "IY": "i", "JH": "dʒ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "Q": "ʔ", "R": "ɹ", "S": "s",
    "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "UX": "ʉ", "V": "v", "W": "w", "WH": "ʍ", "Y": "j", "Z": "z", "ZH": "ʒ",
    "SIL": PAUSE, "+NSN+": PAUSE, "+SPN+": PAUSE,
}  # fmt: skip


@dataclass(frozen=True)
class Phone:
    """What the mouth does for one label.

    Args:
        label: IPA, "" for a pause.
        kind: "vowel", "consonant" or "pause".
        voiced: the vocal folds vibrate.
        place: of a consonant, as the IPA chart names it ("bilabial", "labiodental", "dental", "alveolar", ...), else "".
        manner: "stop", "nasal", "fricative", "affricate", "approximant", "lateral", "tap", "trill", "click", "vowel" or "".
        height: of a vowel, 0 close (i, u) to 1 open (a).
        backness: of a vowel, 0 front to 1 back.
        rounding: of the lips, 0 none to 1 pursed.
        long: marked long.
        nasal: the velum is lowered (nasal consonants and nasal vowels).
        syllabic: it can be the peak of a syllable.
        parts: the segments of a diphthong or affricate in order; empty for a simple label.
    """

    label: str
    kind: str
    voiced: bool = False
    place: str = ""
    manner: str = ""
    height: float = 0.0
    backness: float = 0.5
    rounding: float = 0.0
    long: bool = False
    nasal: bool = False
    syllabic: bool = False
    parts: tuple[Phone, ...] = ()

    @property
    def closes_lips(self) -> bool:
        """The lips must be shut for it: p, b, m and their kin, also within an affricate (pf) or a double stop (kp)."""
        return any(part.place == "bilabial" and part.manner in (_STOP, _NASAL, _TRILL, _CLICK) for part in (self.parts or (self,)))

    @property
    def lip_to_teeth(self) -> bool:
        """The lower lip touches the upper teeth: f, v and their kin, also within an affricate (pf)."""
        return any(part.place == "labiodental" for part in (self.parts or (self,)))


_SILENCE = Phone(PAUSE, "pause")


def _clean(label: str) -> str:
    """Decomposed IPA with stress, tones, tie bars and unknown diacritics removed."""
    text = label
    for old, new in _REWRITES:
        text = text.replace(old, new)
    # ç is one symbol here, not c with a cedilla.
    text = unicodedata.normalize("NFD", text).replace("c\u0327", "ç")
    return "".join(c for c in text if c in _CONSONANTS or c in _VOWELS or c in _MODIFIERS)


def _segments(label: str) -> list[str]:
    """Base symbols, each with its modifiers, in order."""
    out: list[str] = []
    for character in _clean(label):
        if character in _MODIFIERS:
            if out:
                out[-1] += character
        elif out and out[-1] == character:
            out[-1] += _LENGTH
        elif character == "h" and out and _CONSONANTS.get(out[-1][0], ("", "", False))[1:] in ((_STOP, False), (_FRICATIVE, False)):
            out[-1] += _ASPIRATED
        else:
            out.append(character)
    return out


def _simple(segment: str) -> Phone:
    base, marks = segment[0], segment[1:]
    if base in _VOWELS:
        height, backness, rounding = _VOWELS[base]
        phone = Phone(segment, "vowel", True, "", "vowel", height, backness, rounding, syllabic=True)
    else:
        place, manner, voiced = _CONSONANTS[base]
        rounding = 1.0 if place.startswith("labial-") else 0.4 if base in "ʃʒ" else 0.3 if base in "ɹɻ" else 0.0
        phone = Phone(segment, "consonant", voiced, place, manner, rounding=rounding, nasal=manner == _NASAL)
    return replace(
        phone,
        long=_LENGTH in marks,
        nasal=phone.nasal or _NASALISED in marks,
        syllabic=phone.syllabic or _SYLLABIC in marks,
        rounding=max(phone.rounding, 0.8 if _LABIALISED in marks else 0.0),
    )


def _belong(left: str, right: str) -> bool:
    """Whether two neighbouring segments make one phoneme: a diphthong, an affricate or a doubly articulated stop."""
    a, b = left[0], right[0]
    if a in _VOWELS and b in _VOWELS:
        return True
    if a in _VOWELS or b in _VOWELS or _CONSONANTS[a][1] != _STOP:
        return False
    if _CONSONANTS[a][2] != _CONSONANTS[b][2]:
        return False
    near = {"bilabial": ("labiodental",), "alveolar": ("postalveolar", "alveolo-palatal", "retroflex"), "retroflex": ("alveolar",)}
    place_a, place_b = _CONSONANTS[a][0], _CONSONANTS[b][0]
    affricate = _CONSONANTS[b][1] == _FRICATIVE and (place_a == place_b or place_b in near.get(place_a, ()))
    return affricate or (a, b) in (("k", "p"), ("ɡ", "b"), ("t", "ɬ"))


def split_label(label: str) -> tuple[str, ...]:
    """Canonical labels of what a foreign label holds, in order; empty for a pause, a tone or a stress mark.

    eSpeak names some sequences as one phoneme (`əl`, `ɔːɹ`, `ts.h`): they come apart here, diphthongs and affricates do not.
    """
    out: list[list[str]] = []
    for segment in _segments(label):
        if out and len(out[-1]) < 2 and _belong(out[-1][-1], segment):
            out[-1].append(segment)
        else:
            out.append([segment])
    return tuple("".join(group)[:8] for group in out)


@lru_cache(maxsize=4096)
def canonical(label: str) -> str:
    """The first phoneme of `label` as this module writes it; "" if it holds none."""
    return next(iter(split_label(label)), PAUSE)


def stress_of(label: str) -> int:
    """2 for primary stress marked in an eSpeak label, 1 for secondary, 0 for none."""
    return 2 if _PRIMARY in label or label.startswith("'") else 1 if _SECONDARY in label else 0


@lru_cache(maxsize=4096)
def features(label: str) -> Phone:
    """Articulatory features of any IPA label; a diphthong carries those of its first part, its `parts` both.

    Args:
        label: an IPA label; stress marks, tones and unknown diacritics are ignored.
    """
    parts = tuple(_simple(segment) for segment in _segments(label)[:3])
    if not parts:
        return _SILENCE
    if len(parts) == 1:
        return parts[0]
    first, last = parts[0], parts[-1]
    whole = "".join(part.label for part in parts)
    if first.kind == "consonant" and last.kind == "consonant":
        manner = "affricate" if last.manner == _FRICATIVE else first.manner
        return replace(first, label=whole, manner=manner, rounding=max(p.rounding for p in parts), parts=parts)
    return replace(first, label=whole, long=any(p.long for p in parts), parts=parts)


_VISEME_OF_PLACE = {
    "bilabial": "PBM", "labiodental": "FV", "dental": "TH", "alveolar": "DTNL", "postalveolar": "CH", "retroflex": "DTNL",
    "alveolo-palatal": "CH", "palatal": "CH", "labial-palatal": "OU", "labial-velar": "OU", "velar": "KG", "uvular": "KG",
    "pharyngeal": "KG", "glottal": "KG",
}  # fmt: skip
_VISEME_OF_SYMBOL = {"ɸ": "FV", "β": "FV", "s": "SZ", "z": "SZ", "ʂ": "CH", "ʐ": "CH", "r": "R", "ɹ": "R", "ɻ": "R", "ɺ": "R"}


def _viseme_of_phone(phone: Phone) -> str:
    if phone.kind == "vowel":
        if phone.rounding >= 0.4:
            return "OU"
        front_or_close = phone.height <= 0.25 or (phone.backness <= 0.25 and phone.height < 0.8)
        return "EI" if front_or_close else "AA"
    base = phone.label[0]
    return _VISEME_OF_SYMBOL.get(base, _VISEME_OF_PLACE[phone.place])


@lru_cache(maxsize=4096)
def visemes_of(label: str) -> tuple[str, ...]:
    """Viseme classes the label passes through in equal shares: two for a diphthong that changes class, else one."""
    phone = features(label)
    if phone.kind == "pause":
        return ("sil",)
    if phone.manner == "affricate":
        last = _viseme_of_phone(phone.parts[-1])
        # pf begins with shut lips, ts and tʃ with the teeth already close.
        return ("PBM", last) if phone.closes_lips else (last,)
    if len(phone.parts) < 2 or phone.kind == "consonant":
        return ("PBM" if any(p.closes_lips for p in phone.parts) else _viseme_of_phone(phone.parts[0] if phone.parts else phone),)
    classes = [_viseme_of_phone(part) for part in (phone.parts[0], phone.parts[-1])]
    return (classes[0],) if classes[0] == classes[1] else tuple(classes)


def viseme_of(label: str) -> str:
    """Viseme class, one of `VISEME_CLASSES`, with which the label begins."""
    return visemes_of(label)[0]


def is_bilabial(label: str) -> bool:
    """Whether the lips must be shut during the label's closure."""
    return features(label).closes_lips


def from_arpabet(symbol: str) -> str:
    """IPA of one ARPAbet symbol, with or without its stress digit; fillers become the pause.

    Raises:
        InvalidInput: no such symbol.
    """
    name = symbol.rstrip("012").upper()
    if name in _ARPABET:
        return "ə" if symbol == "AH0" else "ɚ" if symbol == "ER0" else _ARPABET[name]
    raise InvalidInput(f"{symbol!r} is not an ARPAbet symbol", "use one of " + " ".join(_ARPABET))


# The symbols pocketsphinx's English model knows, nearest in articulation to each IPA base symbol that is not English.
_NEAREST: dict[str, str] = {
    "ɓ": "B", "ʙ": "B", "ɸ": "F", "β": "V", "ʋ": "V", "ɱ": "M", "ⱱ": "V", "ʘ": "P", "ɗ": "D", "ʈ": "T", "ɖ": "D", "ɳ": "N", "ɲ": "N", "ɴ": "NG",
    "ɾ": "D", "ɽ": "D", "r": "R", "ɻ": "R", "ʁ": "R", "ʀ": "R", "ɬ": "L", "ɫ": "L", "ɮ": "L", "ɺ": "L", "ɭ": "L", "ʎ": "L", "ʟ": "L",
    "ʂ": "SH", "ʐ": "ZH", "ɕ": "SH", "ʑ": "ZH", "ç": "SH", "ʝ": "Y", "c": "K", "ɟ": "G", "ʄ": "G", "ɥ": "W", "ʍ": "W", "ɠ": "G", "x": "HH",
    "ɧ": "SH", "ɣ": "G", "ɰ": "W", "q": "K", "ɢ": "G", "ʛ": "G", "χ": "HH", "ħ": "HH", "ʜ": "HH", "ʕ": "AA", "ʢ": "AA", "ɦ": "HH", "ʔ": "",
    "ǀ": "T", "ǃ": "T", "ǁ": "K", "ǂ": "CH",
    "y": "IY", "ɨ": "IH", "ʉ": "UW", "ɯ": "UW", "ʏ": "IH", "ᵻ": "IH", "ø": "ER", "ɘ": "AH", "ɵ": "UH", "ɤ": "AH", "œ": "EH", "ɞ": "AH",
    "ɐ": "AH", "a": "AA", "ɶ": "AE", "ɒ": "AO", "e": "EH", "o": "OW", "ɜ": "ER", "ɚ": "ER", "ə": "AH",
}  # fmt: skip
_ENGLISH = {ipa: name for name, ipa in _ARPABET.items() if len(ipa) == 1 and name not in ("AX", "IX", "UX", "DX", "Q", "WH", "AXR")}
_ENGLISH_PAIRS = {
    "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "oʊ": "OW", "əʊ": "OW", "ɔɪ": "OY", "ɔʏ": "OY", "ɔø": "OY", "tʃ": "CH", "dʒ": "JH", "tɕ": "CH", "dʑ": "JH",
}  # fmt: skip


@lru_cache(maxsize=4096)
def to_arpabet(label: str) -> tuple[str, ...]:
    """The nearest symbols of pocketsphinx's 39 for an IPA label; empty for a pause or glottal stop."""
    segments = _segments(label)
    bare = "".join(segment[0] for segment in segments)
    if bare in _ENGLISH_PAIRS:
        return (_ENGLISH_PAIRS[bare],)
    names: list[str] = []
    for segment in segments:
        name = _ENGLISH.get(segment[0]) or _NEAREST.get(segment[0], "")
        if name and _SYLLABIC in segment and _simple(segment).kind == "consonant":
            names.append("AH")
        if name and (not names or names[-1] != name):
            names.append(name)
    return tuple(names)


def track(rows: Sequence[tuple[str, float, float]], duration_s: float) -> np.ndarray:
    """A phoneme track that covers 0 to `duration_s` without gaps: what no row covers is a pause, equal pauses are one.

    Args:
        rows: (label, start_s, end_s) in order of start; overlaps are cut at the later start.
        duration_s: end of the line in seconds, >= 0.

    Returns:
        structured array of `PHONEME_DTYPE`; one pause for a line without phonemes.
    """
    out: list[tuple[str, float, float]] = []

    def put(label: str, start: float, end: float) -> None:
        if end - start <= 1e-9:
            return
        if label == PAUSE and out and out[-1][0] == PAUSE:
            out[-1] = (PAUSE, out[-1][1], end)
        else:
            out.append((label, start, end))

    at = 0.0
    for i, (label, start, end) in enumerate(rows):
        following = rows[i + 1][1] if i + 1 < len(rows) else duration_s
        start, end = max(start, at), min(end, max(following, start), duration_s)
        if end <= start:
            continue
        put(PAUSE, at, start)
        put(label, start, end)
        at = max(at, end)
    put(PAUSE, at, duration_s)
    if not out:
        out = [(PAUSE, 0.0, max(duration_s, 0.0))]
    return np.array(out, dtype=PHONEME_DTYPE)


def check_track(phonemes: np.ndarray, duration_s: float) -> None:
    """Refuse a track that is not a contiguous cover of the line.

    Raises:
        InvalidInput: wrong dtype, empty, out of order, with gaps, or not ending at the line's end.
    """
    if phonemes.dtype != PHONEME_DTYPE:
        raise InvalidInput(f"phonemes must be an array of {PHONEME_DTYPE}, got {phonemes.dtype}", "build it with phonemes.track")
    if not len(phonemes):
        raise InvalidInput("the phoneme track is empty", "give one pause for a silent line")
    if (phonemes["end_s"] < phonemes["start_s"]).any() or np.abs(phonemes["start_s"][1:] - phonemes["end_s"][:-1]).max(initial=0.0) > 1e-6:
        raise InvalidInput("phonemes overlap, have gaps or end before they start", "build the track with phonemes.track")
    if abs(phonemes["start_s"][0]) > 1e-6 or abs(phonemes["end_s"][-1] - duration_s) > 1e-3:
        raise InvalidInput(
            f"phonemes cover {phonemes['start_s'][0]:.3f} to {phonemes['end_s'][-1]:.3f} s of a line of {duration_s:.3f} s",
            "build the track with phonemes.track",
        )
