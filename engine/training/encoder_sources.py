"""Where the encoder's speech comes from, by name; each source is made once and kept packed."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from engine.core.errors import InvalidInput
from engine.speech.encoder import Encoder
from engine.training import encoder_real, encoder_store, encoder_voices
from engine.training.encoder_real import Clip
from engine.training.encoder_store import Source
from engine.training.stage.shards import read_corpus

_log = logging.getLogger(__name__)


def _data() -> Path:
    data = os.environ.get("VIVAVOCE_DATA", "")
    if not data or not Path(data).is_dir():
        raise InvalidInput(f"there are no recordings in {data or '(nothing)'!r}", "set VIVAVOCE_DATA to the folder of the real recordings")
    return Path(data)


def _recorded(name: str) -> Iterator[Clip]:
    return encoder_real.SOURCES[name](_data())


def _prompts(language: str) -> Iterator[Clip]:
    return encoder_real.prompts(_debian(), (language,))


def _debian() -> Path:
    """Where Debian's recordings are: installed, or where `VIVAVOCE_PROMPTS` says they were unpacked."""
    return Path(os.environ.get("VIVAVOCE_PROMPTS", "/"))


def _teacher() -> Encoder:
    """The encoder in the folder `VIVAVOCE_TEACHER`."""
    folder = os.environ.get("VIVAVOCE_TEACHER", "")
    if not folder:
        raise InvalidInput("there is no teacher", "set VIVAVOCE_TEACHER to the folder of an earlier training of the encoder")
    return Encoder.load(folder=Path(folder))


def _heard() -> Iterator[Clip]:
    return encoder_real.heard(encoder_real.unlabelled(_data()), _teacher())


def _stage() -> Iterator[Clip]:
    """The training part of a corpus of `vivavoce stage`, in the folder `VIVAVOCE_STAGE`, without the languages kept out."""
    folder = os.environ.get("VIVAVOCE_STAGE", "")
    if not folder:
        raise InvalidInput("there is no corpus of the stage", "make one with `vivavoce stage`, and set VIVAVOCE_STAGE to its folder")
    for i, item in enumerate(read_corpus(Path(folder), "train")):
        phones = item["phones"]
        if not item.record.language.startswith(encoder_real.UNHEARD):
            yield Clip(f"stage/{i}", item.record.voice, item.samples, phones, np.ones(len(phones), bool))


MAKERS: dict[str, Callable[[], Iterator[Clip]]] = {
    **{name: partial(_recorded, name) for name in encoder_real.SOURCES},
    "stage": _stage,
    "heard": _heard,
    **{f"prompts-{language}": partial(_prompts, language) for language in encoder_real.PROMPTS},
    **{name: partial(encoder_voices.spoken, name) for name in encoder_voices.VOICES},
}
LICENCES = {
    "prompts": "CC BY-SA 3.0, Russian CC BY 3.0", "readings": "public domain, CC BY 4.0", "grid_s1": "CC BY 4.0", "autovot": "LGPL-3", "ema_de": "MIT",
    "emodb": "CC0", "hibari": "Apache-2.0", "accents": "Apache-2.0", "piper": "MIT, CC0", "flite": "BSD-like", "festival": "as each voice says",
    "espeak": "GPL-3",
    "heard": "Apache-2.0, MIT",
}  # fmt: skip


@lru_cache(maxsize=64)
def _read(folder: Path, name: str) -> Source:
    return encoder_store.read(folder, name)


def ready(folder: Path, names: Iterable[str]) -> dict[str, Source]:
    """The sources of these names, made where they are missing; one that cannot be made is left out with a warning.

    Args:
        folder: of the packed sources.
        names: of `MAKERS`, or of sources that were put into the folder otherwise.

    Raises:
        InvalidInput: a packed source is damaged.
    """
    found = {}
    for name in names:
        if not (folder / f"{name}.npz").exists():
            try:
                if name not in MAKERS:
                    raise InvalidInput(f"nothing makes a source {name!r}", "use some of " + ", ".join(MAKERS))
                encoder_store.write(folder, name, MAKERS[name]())
            except InvalidInput as error:
                _log.warning("%s is left out: %s", name, error)
                continue
        found[name] = _read(folder, name)
    return found


def said(folder: Path, names: Iterable[str], left_out: Iterable[str]) -> str:
    """What was trained on, for the card."""
    parts = [f"{name} {source.seconds / 60:.0f} min ({LICENCES.get(name.partition('-')[0], 'own')})" for name, source in ready(folder, names).items()]
    return ", ".join(parts) + ("; without " + ", ".join(left_out) if left_out else "")
