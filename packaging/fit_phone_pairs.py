"""Count which phone follows which in the stage's sentences, and write `assets/models/phone_pairs.npz`.

    python packaging/fit_phone_pairs.py [SENTENCES]

Each language of the stage counts the same, but those that the encoder is measured on without having heard them, which are left out.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.bench.ears import UNHEARD
from engine.speech import espeak
from engine.speech.phonemes import PAUSE, split_label
from engine.speech.sounds import PHONE_INDEX, PHONES, phones_of
from engine.speech.voices import find_voice
from engine.training.stage import words

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = 400
# A pause stands between words this often, as in speech that takes its time; and a pair never seen has this share of a language's pairs.
PAUSES, FLOOR = 0.08, 0.02


def counted(language: str, sentences: int) -> np.ndarray:
    """How often each phone follows each, float64 [P, P]; a phone after itself is none."""
    rng = np.random.default_rng(20261121)
    out = np.zeros((len(PHONES), len(PHONES)))
    voice = find_voice(words.texts(language).tags[0]).identifier
    for _ in range(sentences):
        said = [PAUSE]
        for word in espeak.text_to_ipa(words.sentence(language, rng), voice):
            said += [phone for label in word for part in split_label(label) for phone in phones_of(part)]
            if rng.random() < PAUSES:
                said.append(PAUSE)
        for a, b in pairwise([*said, PAUSE]):
            out[PHONE_INDEX[a], PHONE_INDEX[b]] += a != b
    return out


def main() -> None:
    """Count, mix and write."""
    sentences = int(sys.argv[1]) if len(sys.argv) > 1 else SENTENCES
    languages = [name for name in words.languages() if name not in UNHEARD]
    shares = sum(count / count.sum() for count in (counted(name, sentences) for name in languages)) / len(languages)
    alone = shares.sum(0)
    mixed = (1 - FLOOR) * shares / np.maximum(shares.sum(1, keepdims=True), 1e-9) + FLOOR * (alone / alone.sum())
    cost = -np.log(np.maximum(mixed, 1e-5)).astype(np.float16)
    out = ROOT / "assets" / "models" / "phone_pairs.npz"
    np.savez_compressed(out, symbols=np.array(PHONES), cost=cost)
    print(out.relative_to(ROOT), out.stat().st_size, "bytes,", " ".join(languages), f"{sentences} sentences each")


if __name__ == "__main__":
    main()
