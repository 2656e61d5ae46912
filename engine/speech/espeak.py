"""eSpeak NG through ctypes: the library, its voices, raw synthesis with events, and text to IPA.

The library keeps its state in globals, so one lock guards every call; the foreign call itself releases Python's own lock. It is
GPL-3: our source only links to it at run time.
"""

from __future__ import annotations

import _ctypes
import ctypes
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset

# espeak-ng/speak_lib.h
_SYNCHRONOUS, _INIT_PHONEME_EVENTS, _INIT_IPA, _INIT_DONT_EXIT = 2, 0x0001, 0x0002, 0x8000
_CHARS_UTF8, _POSITION_CHARACTER = 1, 1
_EVENT_END, _EVENT_WORD, _EVENT_SENTENCE, _EVENT_PHONEME = 0, 1, 2, 7
_PARAMETER = {"rate": 1, "volume": 2, "pitch": 3, "range": 4}
_IPA_WITH_SEPARATOR = 2 | (ord("_") << 8)
# The C side keeps the path in 160 bytes and appends file names to it.
_LONGEST_DATA_PATH = 140
_SEED = 1


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_void_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int), ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int), ("sample", ctypes.c_int), ("user_data", ctypes.c_void_p), ("id", _EventId),
    )  # fmt: skip


class _VoiceRecord(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p), ("languages", ctypes.c_void_p), ("identifier", ctypes.c_char_p), ("gender", ctypes.c_ubyte), ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte), ("xx1", ctypes.c_ubyte), ("score", ctypes.c_int), ("spare", ctypes.c_void_p),
    )  # fmt: skip


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True)
class Voice:
    """One of eSpeak's voices.

    Args:
        name: as people read it, "English (America)".
        language: the tag people type, "en-us".
        identifier: the name by which the library surely finds it, "gmw/en-US".
    """

    name: str
    language: str
    identifier: str


@dataclass(frozen=True)
class Event:
    """What the library says of a moment: `kind` "word", "sentence" or "phoneme".

    Args:
        sample: position in the sound made.
        text_start: of a word, its first character in the text, from 0.
        text_length: of a word, its characters.
        label: of a phoneme, its IPA name with stress; "" is a pause.
    """

    kind: str
    sample: int
    text_start: int
    text_length: int
    label: str


_lock = threading.RLock()


class _Library:
    """The loaded library; made once by `_library`."""

    def __init__(self) -> None:
        try:
            import espeakng_loader

            self.calls = ctypes.CDLL(espeakng_loader.get_library_path())
            data = _short_path(Path(espeakng_loader.get_data_path()))
        except (ImportError, OSError) as error:
            raise MissingAsset(f"the eSpeak NG library cannot be loaded ({error})", "install it again: pip install espeakng-loader") from error
        self.data = data
        options = _INIT_PHONEME_EVENTS | _INIT_IPA | _INIT_DONT_EXIT
        self.sample_rate: int = self.calls.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(data), options)
        if self.sample_rate <= 0:
            raise MissingAsset(f"eSpeak NG cannot read its data in {data}", "install it again: pip install espeakng-loader")
        # The breath of some voices is drawn at random, seeded by the clock unless told otherwise.
        self.calls.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        self.calls.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.calls.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceRecord))
        self.handler: Callable[[np.ndarray, list[Event]], bool] | None = None
        # The library keeps the pointer: the reference must live as long.
        self._callback = _CALLBACK(self._on_synthesis)
        self.calls.espeak_SetSynthCallback(self._callback)
        self.voice = ""

    def _on_synthesis(self, samples: Any, count: int, events: Any) -> int:
        block = np.ctypeslib.as_array(samples, (count,)).copy() if samples and count else np.zeros(0, np.int16)
        found: list[Event] = []
        i = 0
        while events[i].type != _EVENT_END:
            event = events[i]
            if event.type == _EVENT_PHONEME:
                # Eight bytes, without a final NUL when the name fills them; a name may be cut within a character.
                raw = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0]
                found.append(Event("phoneme", event.sample, 0, 0, raw.decode("utf-8", errors="ignore")))
            elif event.type == _EVENT_WORD:
                found.append(Event("word", event.sample, max(0, event.text_position - 1), event.length, ""))
            elif event.type == _EVENT_SENTENCE:
                found.append(Event("sentence", event.sample, max(0, event.text_position - 1), 0, ""))
            i += 1
        return 0 if self.handler is None or self.handler(block, found) else 1

    def select(self, identifier: str) -> None:
        if identifier != self.voice:
            if self.calls.espeak_SetVoiceByName(identifier.encode()) != 0:
                raise InvalidInput(f"eSpeak NG cannot load the voice {identifier!r}", "choose another with `voices.list_voices`")
            self.voice = identifier


def _short_path(data: Path) -> Path:
    """`data`, or a copy of it at a path the library's buffer can hold."""
    if len(os.fsencode(data)) <= _LONGEST_DATA_PATH:
        return data
    name = "espeak-" + hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    for folder in (assets.user_cache(), Path(tempfile.gettempdir())):
        target = folder / name
        if len(os.fsencode(target / data.name)) <= _LONGEST_DATA_PATH:
            break
    if not (target / "complete").exists():
        shutil.copytree(data, target / data.name, dirs_exist_ok=True)
        (target / "complete").touch()
    return target / data.name


@lru_cache(maxsize=1)
def _library() -> _Library:
    return _Library()


def _forget() -> None:
    """Unload the library, so that the next utterance starts from a fresh one.

    Its synthesiser keeps state between utterances, even over espeak_Terminate: without this the same text would come out
    a few samples longer or shorter the second time.
    """
    if _library.cache_info().currsize:
        library = _library()
        library.calls.espeak_Terminate()
        close = getattr(_ctypes, "dlclose", None) or getattr(_ctypes, "FreeLibrary")  # noqa: B009  each exists on its own system only
        close(library.calls._handle)
        _library.cache_clear()


@lru_cache(maxsize=1)
def voices() -> tuple[Voice, ...]:
    """Every voice of the library, in its order (by language)."""
    with _lock:
        records = _library().calls.espeak_ListVoices(None)
        out = []
        i = 0
        while records[i]:
            record = records[i].contents
            # One priority byte, then the language tag.
            language = ctypes.string_at(record.languages + 1).decode()
            i += 1
            # A voice without its dictionary spells letter by letter and complains on stderr.
            if not (_library().data / f"{language.split('-')[0]}_dict").exists():
                continue
            out.append(Voice(record.name.decode().strip(), language, record.identifier.decode()))
        return tuple(out)


def sample_rate() -> int:
    """Samples per second of everything `synthesize` makes."""
    with _lock:
        return _library().sample_rate


def synthesize(
    text: str,
    identifier: str,
    handler: Callable[[np.ndarray, list[Event]], bool],
    settings: dict[str, int] | None = None,
) -> None:
    """Speak `text`, handing blocks of int16 samples and their events to `handler` until it returns False.

    Args:
        text: plain text, any length.
        identifier: of a `Voice`, with "+variant" after it if wanted.
        handler: gets (samples int16 [n], events); returns whether to go on. It must not raise.
        settings: "rate" in words a minute (80 to 450), "volume" (0 to 200), "pitch" and "range" (0 to 100).

    Raises:
        InvalidInput: the voice cannot be loaded.
    """
    data = text.encode("utf-8")
    with _lock:
        _forget()
        library = _library()
        library.select(identifier)
        for name, value in {"rate": 175, "volume": 100, "pitch": 50, "range": 50, **(settings or {})}.items():
            library.calls.espeak_SetParameter(_PARAMETER[name], int(value), 0)
        library.handler = handler
        try:
            library.calls.espeak_Synth(data, len(data) + 1, 0, _POSITION_CHARACTER, 0, _CHARS_UTF8, None, None)
        finally:
            library.handler = None


def text_to_ipa(text: str, identifier: str) -> list[list[str]]:
    """IPA labels of each word of `text`, stress marks kept, as the voice's rules say it.

    Args:
        text: plain text.
        identifier: of a `Voice`.
    """
    out: list[list[str]] = []
    with _lock:
        library = _library()
        library.select(identifier)
        buffer = ctypes.c_char_p(text.encode("utf-8"))
        while buffer.value is not None:
            line = library.calls.espeak_TextToPhonemes(ctypes.pointer(buffer), _CHARS_UTF8, _IPA_WITH_SEPARATOR)
            for word in (line or b"").decode("utf-8", errors="ignore").split():
                out.append([part for part in word.split("_") if part])
    return out
