from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest

from engine.speech.files import open_sound
from engine.speech.found import Found, Segment
from engine.speech.line import analyse
from engine.speech.posteriors import EVIDENCE_COUNT, INDEX, SYMBOLS, evidence, posteriors, read_costs
from engine.speech.revision import Doubt, revised
from engine.speech.sphinx import Request, ask

SURE = Doubt(0.1, 0.7)


def _likely(count: int, **stretches: tuple[int, int]) -> np.ndarray:
    """Nearly certain of silence but for the named stretches of frames."""
    out = np.full((count, len(SYMBOLS)), 0.001, np.float32)
    out[:, INDEX["AA"]] = 0.9
    for name, (first, last) in stretches.items():
        out[first:last] = 0.001
        out[first:last, INDEX[name]] = 0.95
    return out


def _found(*rows: tuple[str, float, float]) -> Found:
    return Found(tuple(Segment(label, a + 0.0075, b + 0.0075, 0) for label, a, b in rows), ("word",))


def test_a_bilabial_that_nothing_speaks_for_becomes_another_consonant() -> None:
    found = _found(("ɑ", 0.0, 0.1), ("m", 0.1, 0.2), ("ɑ", 0.2, 0.4))
    assert [s.label for s in revised(found, _likely(40, N=(10, 20)), SURE).segments] == ["ɑ", "n", "ɑ"]
    assert revised(found, _likely(40, M=(10, 20)), SURE) == found


def test_a_consonant_that_was_shut_lips_becomes_one() -> None:
    found = _found(("ɑ", 0.0, 0.1), ("ɡ", 0.1, 0.2), ("ɑ", 0.2, 0.4))
    assert [s.label for s in revised(found, _likely(40, B=(11, 19)), SURE).segments] == ["ɑ", "b", "ɑ"]
    assert revised(found, _likely(40, B=(11, 13)), SURE) == found  # two frames are noise


def test_a_missed_bilabial_is_cut_into_a_vowel() -> None:
    revision = revised(_found(("ɑ", 0.0, 0.4)), _likely(40, P=(15, 22)), SURE)
    assert [s.label for s in revision.segments] == ["ɑ", "p", "ɑ"]
    assert [round(s.start_s - 0.0075, 3) for s in revision.segments] == [0.0, 0.15, 0.22]
    assert revision.segments[-1].end_s == pytest.approx(0.4075) and {s.word for s in revision.segments} == {0}


def test_the_same_bilabial_is_not_put_in_twice_nor_far_from_speech() -> None:
    found = _found(("ɑ", 0.0, 0.1), ("b", 0.1, 0.15), ("ɑ", 0.15, 0.3))
    assert revised(found, _likely(80, B=(11, 19)), SURE) == found
    assert revised(found, _likely(80, M=(60, 70), B=(10, 15)), SURE) == found
    assert revised(found, np.zeros((0, len(SYMBOLS)), np.float32), SURE) == found


def test_costs_come_from_the_log_that_pocketsphinx_writes(tmp_path: Path) -> None:
    header = b"s3\nversion 0.1\nmdef_file x\nn_sen 5126\nlogbase 1.000100\nendhdr\n\x44\x33\x22\x11"
    frame = (3).to_bytes(2, "little") + bytes([2, 1, 200]) + np.array([5, 0, 9], "<i2").tobytes()
    path = tmp_path / "one.sen"
    path.write_bytes(header + frame + frame)
    costs = read_costs(path)
    assert costs.shape == (2, 126) and costs[0, 2] == 5 and costs[1, 3] == 0 and costs[0, 0] == 9  # 203 is beyond them


def test_posteriors_are_shares_and_do_not_depend_on_what_is_far() -> None:
    random = np.random.default_rng(1)
    costs, samples = random.uniform(0, 200, (100, 126)).astype(np.float32), random.normal(0, 0.1, 16000).astype(np.float32)
    found = evidence(costs, samples, [["SIL", 0, 50, -1.0], ["M", 50, 50, -1.0]])
    assert found.shape == (100, EVIDENCE_COUNT)
    likely = posteriors(found)
    assert likely.shape == (100, 40) and np.allclose(likely.sum(1), 1, atol=1e-5)
    changed = found.copy()
    changed[40:] = 0
    assert np.allclose(posteriors(changed)[:31], likely[:31], atol=1e-5)  # 8 frames of context on each side
    assert not np.allclose(posteriors(changed)[35], likely[35], atol=1e-3)


def test_the_network_hears_the_sample_line(sample_line: Path) -> None:
    sound = open_sound(sample_line)
    line = analyse(sound, sample_line.with_name("line.txt").read_text())
    reply = ask(Request("allphone", sound.mono(16000)))
    likely = np.frombuffer(base64.b64decode(reply["likely"]), np.uint8).reshape(-1, len(SYMBOLS)) / 255
    shut = likely[:, [INDEX[n] for n in "PBM"]].sum(1)
    times = (np.arange(len(shut)) + 0.5) * 0.01
    closed = np.any([(times >= c["start_s"]) & (times < c["end_s"]) for c in line.closures], axis=0)
    assert shut[closed].mean() > 0.4 and shut[~closed].mean() < 0.08
