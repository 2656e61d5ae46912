"""Pronunciations for words the aligner's dictionary does not hold: eSpeak's rules, in the aligner's symbols."""

from __future__ import annotations

from functools import lru_cache

from engine.speech import espeak
from engine.speech.phonemes import features, split_label, stress_of, to_arpabet
from engine.speech.voices import find_voice


@lru_cache(maxsize=20000)
def ipa_of_word(word: str, language: str = "en-us") -> tuple[str, ...]:
    """Canonical IPA labels of one written word (or number), stress removed; empty if the language cannot say it.

    Args:
        word: as written.
        language: voice or language tag.

    Raises:
        InvalidInput: no such language.
    """
    labels = espeak.text_to_ipa(word, find_voice(language).identifier)
    return tuple(part for said in labels for label in said for part in split_label(label))


@lru_cache(maxsize=20000)
def arpabet_of_word(word: str, language: str = "en-us") -> tuple[str, ...]:
    """The word in pocketsphinx's 39 symbols; empty if nothing is said for it."""
    return tuple(name for label in ipa_of_word(word, language) for name in to_arpabet(label))


@lru_cache(maxsize=20000)
def stress_of_word(word: str, language: str = "en-us") -> tuple[int, ...]:
    """Stress of each syllable of a word: 2 primary, 1 secondary, 0 none; empty if the language cannot say it."""
    labels = [label for said in espeak.text_to_ipa(word, find_voice(language).identifier) for label in said]
    return tuple(stress_of(label) for label in labels if any(features(part).syllabic for part in split_label(label)))
