"""Flite's voices by the system's library (Debian's `libflite1`): speech with the times of its segments and words.

The voices slt, rms and awb are statistical models of people's recordings, kal16 joins recorded diphones. Only the stage uses them; the
studio never does. The library keeps state, so one lock guards it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from functools import lru_cache

import numpy as np

from engine.core.errors import InvalidInput, MissingAsset
from engine.training.stage.raw import RawSpeech, seed_c_random

# Voice -> the name in its library. kal is kal16 at half the rate, awb_time only tells the time.
VOICES: dict[str, str] = {name: f"cmu_us_{name}" for name in ("slt", "rms", "awb", "kal16")}
_SONAME = "libflite{}.so.1"
_IPA: dict[str, str] = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "axr": "ɚ", "ay": "aɪ", "b": "b", "ch": "tʃ", "d": "d", "dh": "ð",
    "eh": "ɛ", "el": "l̩", "em": "m̩", "en": "n̩", "er": "ɝ", "ey": "eɪ", "f": "f", "g": "ɡ", "hh": "h", "hv": "ɦ", "ih": "ɪ", "iy": "i",
    "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n", "nx": "ɾ", "ng": "ŋ", "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s",
    "sh": "ʃ", "t": "t", "th": "θ", "uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ", "dx": "ɾ",
    "pau": "", "h#": "", "brth": "", "ssil": "",
}  # fmt: skip


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p), ("sample_rate", ctypes.c_int), ("num_samples", ctypes.c_int), ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )  # fmt: skip


_POINTER, _TEXT, _FLOAT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float
# Function -> (what it returns, what it takes), from flite.h.
_CALLS: dict[str, tuple[object, tuple[object, ...]]] = {
    "flite_init": (ctypes.c_int, ()),
    "flite_synth_text": (_POINTER, (_TEXT, _POINTER)),
    "utt_wave": (ctypes.POINTER(_Wave), (_POINTER,)),
    "utt_relation": (_POINTER, (_POINTER, _TEXT)),
    "relation_head": (_POINTER, (_POINTER,)),
    "item_next": (_POINTER, (_POINTER,)),
    "item_as": (_POINTER, (_POINTER, _TEXT)),
    "item_daughter": (_POINTER, (_POINTER,)),
    "item_last_daughter": (_POINTER, (_POINTER,)),
    "item_feat_string": (_TEXT, (_POINTER, _TEXT)),
    "item_feat_float": (_FLOAT, (_POINTER, _TEXT)),
    "ffeature_float": (_FLOAT, (_POINTER, _TEXT)),
    "feat_set_float": (None, (_POINTER, _TEXT, _FLOAT)),
    "delete_utterance": (None, (_POINTER,)),
}
_lock = threading.Lock()


class _Library:
    """The loaded library and its voices."""

    def __init__(self) -> None:
        try:
            # The language and its lexicon first: the voices' libraries refer to them.
            self.calls = ctypes.CDLL(_SONAME.format(""), ctypes.RTLD_GLOBAL)
            for part in ("_usenglish", "_cmulex"):
                ctypes.CDLL(_SONAME.format(part), ctypes.RTLD_GLOBAL)
        except OSError as error:
            raise MissingAsset(f"flite cannot be loaded ({error})", "install it, on Debian: apt install libflite1") from error
        for name, (returned, taken) in _CALLS.items():
            call = getattr(self.calls, name)
            call.restype, call.argtypes = returned, list(taken)
        self.calls.flite_init()
        self._voices: dict[str, int] = {}

    def voice(self, name: str) -> int:
        """Pointer to a registered voice."""
        if name not in self._voices:
            try:
                library = ctypes.CDLL(_SONAME.format("_" + VOICES[name]), ctypes.RTLD_GLOBAL)
            except OSError as error:
                raise MissingAsset(f"flite's voice {name} cannot be loaded ({error})", "install it, on Debian: apt install libflite1") from error
            register = getattr(library, f"register_{VOICES[name]}")
            register.restype, register.argtypes = _POINTER, [_TEXT]
            self._voices[name] = register(None)
        return self._voices[name]

    def items(self, utterance: int, relation: bytes) -> list[int]:
        """The items of a relation in order."""
        out: list[int] = []
        found = self.calls.utt_relation(utterance, relation)
        item = self.calls.relation_head(found) if found else None
        while item:
            out.append(item)
            item = self.calls.item_next(item)
        return out


@lru_cache(maxsize=1)
def _library() -> _Library:
    return _Library()


def missing(voice: str) -> str:
    """Why a voice cannot be used here; "" if it can."""
    try:
        with _lock:
            _library().voice(voice)
    except MissingAsset as error:
        return error.what
    return ""


def _rows(library: _Library, utterance: int) -> list[tuple[str, float, float]]:
    """(IPA, start, end) of the segments."""
    rows: list[tuple[str, float, float]] = []
    at = 0.0
    for item in library.items(utterance, b"Segment"):
        name = library.calls.item_feat_string(item, b"name").decode()
        end = float(library.calls.item_feat_float(item, b"end"))
        if name not in _IPA:
            raise InvalidInput(f"flite names a segment {name!r}", "add it to the table in engine.training.stage.flite")
        rows.append((_IPA[name], at, end))
        at = end
    return rows


def _words(library: _Library, utterance: int) -> list[tuple[str, float, float]]:
    """(word, start, end), from the first to the last segment of each word."""
    out = []
    for item in library.items(utterance, b"Word"):
        start = library.calls.ffeature_float(item, b"R:SylStructure.daughter1.daughter1.R:Segment.p.end")
        end = library.calls.ffeature_float(item, b"R:SylStructure.daughtern.daughtern.R:Segment.end")
        if end > start:
            out.append((library.calls.item_feat_string(item, b"name").decode(errors="ignore"), float(start), float(end)))
    return out


def speak(text: str, voice: str, stretch: float = 1.0, pitch: float = 1.0) -> RawSpeech:
    """Speak English text.

    Args:
        text: plain text.
        voice: one of `VOICES`.
        stretch: of durations, 0.5 to 2.
        pitch: factor on the voice's mean pitch, 0.5 to 2.

    Raises:
        MissingAsset: the library or the voice is not installed.
        InvalidInput: it said nothing.
    """
    with _lock:
        library = _library()
        pointer = library.voice(voice)
        features = ctypes.cast(pointer, ctypes.POINTER(_POINTER))[1]  # cst_voice: name, features
        library.calls.feat_set_float(features, b"duration_stretch", stretch)
        library.calls.feat_set_float(features, b"f0_shift", pitch)
        seed_c_random()
        utterance = library.calls.flite_synth_text(text.encode(), pointer)
        if not utterance:
            raise InvalidInput(f"flite cannot say {text!r}", "give English words")
        try:
            wave = library.calls.utt_wave(utterance).contents
            samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.float32) / 32768.0
            return RawSpeech(samples, wave.sample_rate, tuple(_rows(library, utterance)), tuple(_words(library, utterance)))
        finally:
            library.calls.delete_utterance(utterance)
