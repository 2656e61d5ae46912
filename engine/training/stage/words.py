"""Sentences to say: our own generator over word lists and templates, invented words, and public-domain text, balanced by diphones.

Each language is one file in `texts/`: lists of words and phrases, templates with slots named after the lists, and old sentences. Of
several candidates the one with the rarest diphones is taken, where rare is measured once on the generator itself, so that a sentence
depends on nothing but its random stream.

Source: greedy selection for diphone balance after van Santen and Buchsbaum, "Methods for optimal text selection" (Eurospeech 1997), with
weights of inverse frequency; here a draw of the best of a few instead of a fixed list.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
from pocketsphinx import get_model_path

from engine.core.errors import InvalidInput
from engine.speech import espeak
from engine.speech.phonemes import split_label
from engine.speech.voices import find_voice

CANDIDATES = 5
_SAMPLE, _SAMPLE_SEED = 250, 20260101
_OLD_SHARE, _SALAD_SHARE, _INVENTED_SHARE = 0.12, 0.12, 0.10
_LONGEST = 16  # words of a salad
_SLOT = re.compile(r"\{(\w+)\}")
# Letters of the shortest invented word; a Chinese one is a syllable.
_SHORTEST, _SHORTEST_OF = 3, {"cmn": 2}
_ORDER = 3  # letters that an invented word's next letter depends on


@dataclass(frozen=True)
class Texts:
    """What one language has to say.

    Args:
        language: the short name, "en".
        tags: eSpeak voices that read it, the usual one first.
        templates: sentences with slots.
        lists: phrases by slot.
        old: whole sentences of public-domain works.
    """

    language: str
    tags: tuple[str, ...]
    templates: tuple[str, ...]
    lists: dict[str, tuple[str, ...]]
    old: tuple[str, ...]

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word of the lists, once, in order."""
        words = (word for phrases in self.lists.values() for phrase in phrases for word in phrase.split())
        return tuple(dict.fromkeys(words))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Short names of the languages there are texts for, sorted."""
    found = (item.name for item in files(__package__).joinpath("texts").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@lru_cache(maxsize=64)
def texts(language: str) -> Texts:
    """The texts of a language or of a tag of it ("en-gb" reads "en").

    Raises:
        InvalidInput: none there.
    """
    short = language.partition("-")[0]
    if short not in languages():
        raise InvalidInput(f"the stage has no texts in {language!r}", "use one of " + ", ".join(languages()))
    data = tomllib.loads(files(__package__).joinpath("texts", f"{short}.toml").read_text(encoding="utf-8"))
    tags, templates, old = (tuple(data.pop(key)) for key in ("tags", "templates", "old"))
    return Texts(short, tags, templates, {name: tuple(phrases) for name, phrases in data.items()}, old)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _filled(source: Texts, rng: np.random.Generator) -> str:
    """A template with its slots filled."""
    template = source.templates[int(rng.integers(len(source.templates)))]

    def phrase(found: re.Match[str]) -> str:
        choices = source.lists[found[1]]
        return choices[int(rng.integers(len(choices)))]

    text = _SLOT.sub(phrase, template)
    if rng.random() < 2 * _INVENTED_SHARE:
        text = f"{text[:-1]} {invented(source.language, rng)}{text[-1]}"
    return re.sub(r"(^|[.!?:] +)(\w)", lambda m: m[1] + m[2].upper(), text)


@lru_cache(maxsize=1)
def _dictionary() -> tuple[str, ...]:
    """The words of pocketsphinx's English dictionary (CMUdict, BSD), without names of two letters and the like."""
    with Path(get_model_path("en-us/cmudict-en-us.dict")).open(encoding="utf-8") as file:
        found = (line.split(maxsplit=1)[0] for line in file)
        return tuple(word for word in found if word.isascii() and word.isalpha() and 3 <= len(word) <= 12)


def _salad(source: Texts, rng: np.random.Generator) -> str:
    """Words of any kind in a row: neighbours that no sentence would bring together."""
    words = _dictionary() if source.language == "en" and rng.random() < 0.7 else source.vocabulary
    count = int(rng.integers(4, _LONGEST))
    chosen = [words[int(i)] if rng.random() > _INVENTED_SHARE else invented(source.language, rng) for i in rng.integers(len(words), size=count)]
    if count > 8:
        chosen[count // 2] += ","
    return _capital(" ".join(chosen)) + "."


def _old(source: Texts, rng: np.random.Generator) -> str:
    return source.old[int(rng.integers(len(source.old)))]


def _kind(source: Texts, rng: np.random.Generator) -> Callable[[Texts, np.random.Generator], str]:
    """Which of the three ways to make a sentence."""
    draw = rng.random()
    if draw < _OLD_SHARE and source.old:
        return _old
    return _salad if draw < _OLD_SHARE + _SALAD_SHARE else _filled


@lru_cache(maxsize=64)
def _following(language: str) -> dict[str, str]:
    """For every run of `_ORDER` letters, those that follow it in the words; "$" is the end."""
    found: dict[str, list[str]] = {}
    for word in texts(language).vocabulary:
        padded = "^" * _ORDER + word.lower().strip(",.!?") + "$"
        for i in range(len(padded) - _ORDER):
            found.setdefault(padded[i : i + _ORDER], []).append(padded[i + _ORDER])
    return {key: "".join(letters) for key, letters in found.items()}


def invented(language: str, rng: np.random.Generator) -> str:
    """A word that is none, spelt after the language's own: 3 to 12 letters."""
    following = _following(texts(language).language)
    while True:
        word = "^" * _ORDER
        while not word.endswith("$") and len(word) < 12 + _ORDER:
            letters = following[word[-_ORDER:]]
            word += letters[int(rng.integers(len(letters)))]
        found = word.strip("^$")
        if len(found) >= _SHORTEST_OF.get(texts(language).language, _SHORTEST) and word.endswith("$"):
            return found


def diphones(text: str, language: str) -> list[str]:
    """Pairs of neighbouring phonemes of a text, pauses as "_"."""
    words = espeak.text_to_ipa(text, find_voice(texts(language).tags[0]).identifier)
    labels = ["_", *(part for word in words for label in word for part in split_label(label)), "_"]
    return [f"{a} {b}" for a, b in pairwise(labels)]


@lru_cache(maxsize=64)
def _frequency(language: str) -> tuple[dict[str, int], int]:
    """How often each diphone comes in a sample of the generator, and how many there are."""
    rng = np.random.default_rng(_SAMPLE_SEED)
    counts: Counter[str] = Counter()
    source = texts(language)
    for _ in range(_SAMPLE):
        counts.update(diphones(_kind(source, rng)(source, rng), language))
    return dict(counts), sum(counts.values())


def rarity(text: str, language: str) -> float:
    """Mean information of a text's diphones in bits: high where they are rare."""
    counts, total = _frequency(texts(language).language)
    found = diphones(text, language)
    return float(np.mean([math.log2((total + 1) / (counts.get(pair, 0) + 0.5)) for pair in found]))


def sentence(language: str, rng: np.random.Generator) -> str:
    """A sentence to say: of a few candidates the one with the rarest diphones.

    Args:
        language: one of `languages()` or a tag of it.
        rng: its stream alone decides.

    Raises:
        InvalidInput: no texts in this language.
    """
    source = texts(language)
    make = _kind(source, rng)
    found = [make(source, rng) for _ in range(CANDIDATES)]
    return max(found, key=lambda text: rarity(text, language))
