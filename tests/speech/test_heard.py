"""From what the encoder says to phonemes: shut lips settled, words mended."""

from __future__ import annotations

import numpy as np
import pytest

from engine.speech.found import Found, Segment
from engine.speech.heard import Evidence, HeardConfig, ended, found_phones, mended, pair_costs, shut_phones, weighed
from engine.speech.phonemes import VISEME_CLASSES, is_bilabial, viseme_of
from engine.speech.posteriors import INDEX, SYMBOLS
from engine.speech.sounds import PHONE_INDEX, PHONES

BOTH = HeardConfig(visemes=0.0, closure=0.5)


def evidence(*runs: tuple[str, int], sure: float = 0.9, shut: float | None = None) -> Evidence:
    """Runs of phones with their lengths in frames; the lips as the phones say, or all at one probability."""
    count = sum(length for _, length in runs)
    phones = np.full((count, len(PHONES)), (1 - sure) / (len(PHONES) - 1), np.float32)
    visemes = np.full((count, len(VISEME_CLASSES)), (1 - sure) / (len(VISEME_CLASSES) - 1), np.float32)
    lips, at = np.zeros(count, np.float32), 0
    for label, length in runs:
        phones[at : at + length, PHONE_INDEX[label]] = sure
        visemes[at : at + length, VISEME_CLASSES.index(viseme_of(label))] = sure
        lips[at : at + length] = 0.95 if is_bilabial(label) else 0.05
        at += length
    return Evidence(phones, visemes, lips if shut is None else np.full(count, shut, np.float32))


def test_what_is_clear_is_heard_with_its_times() -> None:
    found = found_phones(evidence(("", 20), ("m", 8), ("a", 12), ("s", 10), ("", 30)))
    assert [s.label for s in found.segments] == ["m", "a", "s"] and not found.words
    assert [round(s.start_s, 3) for s in found.segments] == [0.2, 0.28, 0.4] and found.segments[-1].end_s == pytest.approx(0.5)
    assert {s.word for s in found.segments} == {-1}


def test_a_flicker_is_not_heard() -> None:
    assert [s.label for s in found_phones(evidence(("a", 20), ("s", 1), ("a", 20))).segments] == ["a"]


def test_the_closure_output_decides_where_the_phones_do_not() -> None:
    nasals = evidence(("a", 20), ("n", 10), ("a", 20), sure=0.5)
    nasals.phones[20:30, PHONE_INDEX["m"]] = 0.45
    assert "n" in [s.label for s in found_phones(nasals, BOTH).segments]
    nasals.shut[20:30] = 0.99
    assert [s.label for s in found_phones(nasals, BOTH).segments] == ["a", "m", "a"]
    assert [s.label for s in found_phones(nasals, HeardConfig(visemes=0.0, closure=0.0)).segments] == ["a", "n", "a"]


def test_shares_stay_shares() -> None:
    some = evidence(("m", 5), ("b", 5), ("a", 5), sure=0.6, shut=0.3)
    likely = weighed(some, BOTH)
    assert np.allclose(likely.sum(1), 1.0, atol=1e-5)
    shutting = np.array([is_bilabial(p) for p in PHONES])
    assert np.allclose(weighed(some, HeardConfig(visemes=0.0, closure=1.0))[:, shutting].sum(1), 0.3, atol=1e-4)
    assert (weighed(some, HeardConfig(visemes=0.0, closure=0.5, favour=2.0))[:, shutting].sum(1) > likely[:, shutting].sum(1)).all()
    ratio = likely[:, PHONE_INDEX["s"]] / likely[:, PHONE_INDEX["t"]]
    assert np.allclose(ratio, 1.0)


def test_the_viseme_output_has_a_say() -> None:
    some = evidence(("s", 10), sure=0.5)
    some.visemes[:] = 0.01
    some.visemes[:, VISEME_CLASSES.index("CH")] = 0.89
    assert weighed(some, BOTH)[0].argmax() == PHONE_INDEX["s"]
    assert weighed(some, HeardConfig(visemes=1.0))[0] @ [viseme_of(p) == "CH" for p in PHONES] > 0.8


def test_every_phone_has_a_place_among_pocketsphinx_symbols() -> None:
    likely = shut_phones(evidence(("m", 5), ("œ", 5), ("", 5)), HeardConfig(visemes=0.0, closure=0.0))
    assert likely.shape == (15, len(SYMBOLS)) and np.allclose(likely.sum(1), 1.0, atol=1e-4)
    assert likely[0].argmax() == INDEX["M"] and likely[12].argmax() == INDEX["SIL"]


def test_words_that_do_not_sound_so_get_what_is_heard() -> None:
    heard = evidence(("m", 10), ("a", 10), ("s", 10), ("u", 10))
    words = Found((Segment("m", 0.0, 0.1, 0), Segment("ɑ", 0.1, 0.2, 0), Segment("f", 0.2, 0.3, 1), Segment("æ", 0.3, 0.4, 1)), ("ma", "fa"))
    out = mended(words, heard, -2.0)
    assert [(s.label, s.word) for s in out.segments] == [("m", 0), ("ɑ", 0), ("s", 1), ("u", 1)] and out.words == words.words
    assert mended(words, heard, -100.0) == words


def test_a_long_sound_ends_where_it_dies_away() -> None:
    samples = (0.3 * np.sin(np.arange(16000))).astype(np.float32)
    samples[8000:] *= 0.001
    found = Found((Segment("a", 0.0, 0.1, -1), Segment("n", 0.1, 0.95, -1), Segment("t", 0.95, 1.0, -1)))
    assert [(s.label, round(s.end_s, 2)) for s in ended(found, samples).segments] == [("a", 0.1), ("n", 0.5), ("t", 1.0)]
    assert ended(found, samples[:8000]).segments[0] == found.segments[0]


def test_order_of_phones_is_stored_for_all() -> None:
    cost = pair_costs()
    assert cost.shape == (len(PHONES), len(PHONES)) and np.isfinite(cost).all()
    assert cost[PHONE_INDEX["t"], PHONE_INDEX["a"]] < cost[PHONE_INDEX["ŋ"], PHONE_INDEX["ʔ"]]
