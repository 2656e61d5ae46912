"""Labels of sounds that people set by hand, as their corpora spell them: TIMIT, emuR and EmoDB."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.core.errors import InvalidInput

SILENT = frozenset(("h#", "pau", "epi", "H#", "#", "$", "_", "sil", ""))
# Labels of hand-labelled corpora that IPA does not already spell; "" is silence, "+" continues the label before.
_TIMIT = {
    "iy": "i", "ih": "ɪ", "eh": "ɛ", "ey": "eɪ", "ae": "æ", "aa": "ɑ", "aw": "aʊ", "ay": "aɪ", "ah": "ʌ", "ao": "ɔ", "oy": "ɔɪ", "ow": "oʊ",
    "uh": "ʊ", "uw": "u", "ux": "ʉ", "er": "ɝ", "ax": "ə", "ix": "ɨ", "axr": "ɚ", "ax-h": "ə", "jh": "dʒ", "ch": "tʃ", "sh": "ʃ", "zh": "ʒ",
    "th": "θ", "dh": "ð", "ng": "ŋ", "em": "m", "en": "n", "eng": "ŋ", "nx": "ɾ", "dx": "ɾ", "el": "l", "r": "ɹ", "y": "j", "hh": "h", "hv": "h",
    "q": "ʔ", "g": "ɡ", "pcl": "p", "bcl": "b", "tcl": "t", "dcl": "d", "kcl": "k", "gcl": "ɡ", "burst": "+",
}  # fmt: skip
_EMUR = {
    "V": "ʌ", "N": "ŋ", "@": "ə", "@:": "ɜ", "E": "ɛ", "S": "ʃ", "Z": "ʒ", "i:": "i", "u:": "u", "o:": "ɔ", "O": "ɔ", "A": "æ", "I": "ɪ", "U": "ʊ",
    "D": "ð", "T": "θ", "ai": "aɪ", "ei": "eɪ", "@u": "oʊ", "r": "ɹ", "H": "+", "dH": "d", "NH": "ŋ", "Or": "ɔ", "Om": "ɔ", "On": "ɔ", "Ow": "ɔ",
    "zs": "z", "kt": "k", "pt": "p", "db": "b", "g": "ɡ", "dZ": "dʒ", "tS": "tʃ", "y": "j",
}  # fmt: skip
_EMODB = {
    "N": "ŋ", "@": "ə", "U": "ʊ", "I": "ɪ", "E": "ɛ", "S": "ʃ", "6": "ɐ", "aI": "aɪ", "C": "ç", "X": "x", "O": "ɔ", "Y": "ʏ", "aU": "aʊ", "V": "v",
    "B": "b", "i6": "i", "?": "ʔ", "9": "œ", "OY": "ɔʏ", "D": "d", "a6": "a", "4": "ɾ", "L": "l", "R": "ʁ", "@6": "ɐ", "G": "ɡ", "E6": "ɛ",
    "I6": "ɪ", "aO": "aʊ", "AO": "aʊ", "g": "ɡ", "H": "h", "AU": "aʊ", "ao": "aʊ", "ia": "ia", "I@": "ɪ", "Z": "ʒ", "2": "ø", "T": "θ",
}  # fmt: skip


@dataclass(frozen=True)
class Labels:
    """Segments set by hand.

    Args:
        spans: float64 [N, 2], start and end in seconds.
        names: the labels as they stand in the file.
        ipa: the labels in IPA; "" silence, "+" a part of the segment before (a burst, aspiration).
    """

    spans: np.ndarray
    names: tuple[str, ...]
    ipa: tuple[str, ...]


def read_timit(path: Path, rate: int = 16000) -> Labels:
    """A TIMIT .phn file; the burst after a labelled closure is not part of the closure."""
    rows = [(int(a) / rate, int(b) / rate, name) for a, b, name in (line.split() for line in path.read_text().splitlines() if line.strip())]
    names: list[str] = []
    for i, (_, _, name) in enumerate(rows):
        before = rows[i - 1][2] if i else ""
        after = rows[i + 1][2] if i + 1 < len(rows) else ""
        if name in ("pcl", "bcl"):
            names.append(name[0])
        elif (name, after) in (("tcl", "ch"), ("dcl", "jh")):
            names.append(after)
        elif before == f"{name}cl":
            names.append("burst")
        else:
            names.append(name)
    ipa = tuple("" if name in SILENT else _TIMIT.get(name, name) for name in names)
    return Labels(np.array([row[:2] for row in rows]), tuple(names), ipa)


def read_emur(path: Path) -> Labels:
    """An emuR .lab file, in which the time is the END of the segment; `db`, `pt` and the like are merged segments."""
    spans, names, previous, seen = [], [], 0.0, False
    for line in path.read_text().splitlines():
        part = line.split()
        if line.strip() == "#":
            seen = True
        elif seen and len(part) >= 3:
            name = part[2]
            if len(name) == 2 and any(c in "pbm" for c in name) and name[1] not in "H:":
                name = next(c for c in name if c in "pbm")
            spans.append((previous, float(part[0])))
            names.append(name)
            previous = float(part[0])
    ipa = ["" if name in SILENT else _EMUR.get(name, name) for name in names]
    for i, pair in enumerate(itertools.pairwise(names)):
        # An affricate is labelled as two segments.
        if pair in (("t", "S"), ("d", "Z")):
            ipa[i : i + 2] = [_EMUR["tS" if pair[0] == "t" else "dZ"], "+"]
    return Labels(np.array(spans), tuple(names), tuple(ipa))


def read_emodb(path: Path, end_s: float = 1.95) -> Labels:
    """An EmoDB .lablaut file, in which the time is the START of the segment; `!b` is a burst, `_` a pause.

    Args:
        path: the file.
        end_s: labels that end later are dropped (this project's copy of the sound is cut at 2.0 s).
    """
    marks, seen = [], False
    for line in path.read_text(encoding="latin-1").splitlines():
        part = line.split()
        if line.strip() == "#":
            seen = True
        elif seen and len(part) >= 3 and part[2][0] not in "+-":
            marks.append((float(part[0]), "_" if part[2] == "_" else part[2].lstrip("_")))
    rows = [(a, b, name) for (a, name), (b, _) in itertools.pairwise(marks) if a < b < end_s]
    if rows and rows[0][0] > 0:
        rows.insert(0, (0.0, rows[0][0], "_"))
    names = tuple(name for _, _, name in rows)
    ipa = []
    for name in names:
        bare = name.split("+")[0].replace("(", "") or "?"
        # "!p" is the burst of a stop and "pasp" its aspiration: parts of the segment before.
        after = bare[0] == "!" or (len(bare) == 4 and bare.endswith("asp"))
        ipa.append("+" if after else "" if bare in SILENT or bare in (".", ":") else _EMODB.get(bare, bare))
    return Labels(np.array([row[:2] for row in rows]), names, tuple(ipa))


def read_labels(path: Path) -> Labels:
    """Labels from a .phn, .lab or .lablaut file.

    Raises:
        InvalidInput: another kind of file.
    """
    readers = {".phn": read_timit, ".lab": read_emur, ".lablaut": read_emodb}
    if path.suffix not in readers:
        raise InvalidInput(f"{path.name} is not a label file", "give a TIMIT .phn, an emuR .lab or an EmoDB .lablaut file")
    return readers[path.suffix](path)
