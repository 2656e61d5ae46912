from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.core import assets
from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.speech import vad
from engine.speech.files import open_sound, sound_from_samples
from engine.speech.vad import VadConfig, spans_of, speech_probability, speech_spans

RATE = 16000


def _noise(kind: str) -> np.ndarray:
    random = np.random.default_rng(2)
    t = np.arange(5 * RATE) / RATE
    sounds = {
        "silence": 0 * t,
        "white": 0.2 * random.standard_normal(len(t)),
        "faint white": 0.0005 * random.standard_normal(len(t)),
        "brown": np.cumsum(random.standard_normal(len(t))) * 0.001,
        "hum": 0.3 * np.sin(2 * np.pi * 50 * t) + 0.1 * np.sin(2 * np.pi * 150 * t),
        "clicks": (random.random(len(t)) > 0.9995) * 0.8,
        "tenth of a second": 0.1 * random.standard_normal(RATE // 10),
    }
    return sounds[kind].astype(np.float32)


@pytest.mark.parametrize("kind", ["silence", "white", "faint white", "brown", "hum", "clicks", "tenth of a second"])
def test_no_speech_where_nobody_speaks(kind: str) -> None:
    spans = speech_spans(sound_from_samples(_noise(kind), RATE))
    assert spans.shape == (0, 2) and spans.dtype == np.float64


def test_speech_between_silences(sample_line: Path) -> None:
    speech = open_sound(sample_line).mono(RATE)[: 3 * RATE]
    gap = np.zeros(2 * RATE, np.float32)
    spans = speech_spans(sound_from_samples(np.concatenate([gap, speech, gap, speech]), RATE))
    inside = [(start, end) for start, end in spans]
    assert inside[0][0] == pytest.approx(2.0, abs=0.5) and inside[-1][1] <= 10.0
    assert not any(start < 6.9 and end > 5.3 for start, end in spans)  # the second silence stays one
    assert (np.diff(spans.reshape(-1)) > 0).all()


def test_loudness_does_not_matter(sample_line: Path) -> None:
    speech = open_sound(sample_line).mono(RATE)
    loud, faint = (speech_spans(sound_from_samples(speech * np.float32(gain), RATE)) for gain in (1.0, 0.0005))
    covered = [float((s[:, 1] - s[:, 0]).sum()) for s in (loud, faint)]
    assert covered[1] == pytest.approx(covered[0], rel=0.05)


def test_blocks_carry_the_state(sample_line: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = open_sound(sample_line)
    whole = speech_probability(sound)
    monkeypatch.setattr(vad, "_BLOCK_S", 7 * vad.WINDOW / RATE)
    assert np.abs(speech_probability(sound) - whole).max() < 1e-4  # another order of the same sums
    assert len(whole) == -(-sound.count(RATE) // vad.WINDOW)


def test_spans_have_hysteresis_pads_and_least_lengths() -> None:
    step = vad.WINDOW / RATE
    config = VadConfig(onset=0.5, offset=0.3, min_speech_s=0.1, min_silence_s=0.1, pad_s=0.01)
    p = np.zeros(100, np.float32)
    p[10:20] = 0.9
    p[15] = 0.35  # between offset and onset: the span goes on
    p[22:30] = 0.9  # after a gap of two windows, 64 ms: joined
    p[50:52] = 0.9  # 64 ms: too short
    p[90:] = 0.9  # to the end
    spans = spans_of(p, 100 * step, config)
    assert np.allclose(spans, [[10 * step - 0.01, 30 * step + 0.01], [90 * step - 0.01, 100 * step]])
    assert spans_of(np.full(10, 0.4, np.float32), 10 * step, config).shape == (0, 2)  # above offset but never above onset


def test_pads_do_not_cross() -> None:
    p = np.zeros(40, np.float32)
    p[5:15] = p[20:30] = 1
    spans = spans_of(p, 2.0, VadConfig(min_silence_s=0.1, pad_s=0.5))
    assert spans[0, 1] == spans[1, 0] == pytest.approx(17.5 * vad.WINDOW / RATE)


def test_it_can_be_cancelled(sample_line: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        speech_spans(open_sound(sample_line), job)


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"offset 0\.7 and onset 0\.5"):
        VadConfig(offset=0.7)


def test_the_library_neither_reports_nor_keeps_a_name_for_this_machine(sample_line: Path, tmp_path: Path) -> None:
    code = "import sys; from engine.speech import files, vad; vad.speech_spans(files.open_sound(sys.argv[1]))"
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA", "USERPROFILE")}
    environment = {**os.environ, **home, "PYTHONPATH": str(Path(vad.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code, str(sample_line)], env=environment, capture_output=True, text=True, check=True)
    assert list(tmp_path.iterdir()) == [] and done.stderr == ""


def test_the_network_is_the_one_on_its_card() -> None:
    digest = hashlib.sha256(assets.path(vad.MODEL).read_bytes()).hexdigest()
    assert digest in assets.path("models/silero_vad.md").read_text(encoding="utf-8")
    assert "Silero VAD" in assets.path("LICENSES.md").read_text(encoding="utf-8")


def test_real_speech(shared_data: Path) -> None:
    spans = speech_spans(open_sound(shared_data / "speech" / "jfk" / "jfk.wav"))
    assert len(spans) == 4  # four phrases with long pauses between them
    assert 6.0 < (spans[:, 1] - spans[:, 0]).sum() < 9.0


def test_hand_labelled_edges(shared_data: Path) -> None:
    late = []
    for lab in sorted((shared_data / "speech" / "emur_ae").glob("*.lab")):
        rows = [line.split() for line in lab.read_text().split("#\n", 1)[1].splitlines() if len(line.split()) >= 3]
        start_s = float(rows[0][0])  # the time is the label's end, and the first label is silence
        spans = speech_spans(open_sound(lab.with_suffix(".wav")))
        late.append(spans[0, 0] - start_s)
    assert len(late) == 7
    assert abs(np.median(late)) < 0.05 and np.abs(late).max() < 0.1
