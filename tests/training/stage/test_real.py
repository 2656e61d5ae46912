"""Real recordings on the stage: who is among them, how they are read, and the captured mouth."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.core.channels import INDEX
from engine.core.errors import InvalidInput
from engine.training.stage import real
from engine.training.stage.manifest import Plan
from tests.conftest import SHARED_DATA

NAMES = (
    "mouth_stretch_c", "mouth_pucker_l", "mouth_pucker_r", "mouth_lipCornerPull_l", "mouth_press_r", "mouth_funnel_dl", "eye_blink1_l", "tongue_u",
)  # fmt: skip


@pytest.fixture
def data() -> Path:
    if not (SHARED_DATA / "emotion/emodb").is_dir():
        pytest.skip("no real recordings beside the checkout (shared/data)")
    return SHARED_DATA


def test_captured_controls_become_channels_by_name(tmp_path: Path):
    values = np.zeros((4, len(NAMES)))
    values[1, :3] = (0.5, 0.4, 0.2)
    values[2, 3:6] = (0.3, 0.6, 0.8)
    values[3, 6:] = 1.0
    np.save(tmp_path / "shirley_1119_bs_name316.npy", np.array(NAMES))
    np.save(tmp_path / "bs_value_a.npy", values)
    clip = real.captured(tmp_path / "a.wav")
    assert clip.channel("jawOpen").tolist() == pytest.approx([0, 0.5, 0, 0])
    assert clip.channel("mouthPucker").tolist() == pytest.approx([0, 0.3, 0, 0])
    assert clip.channel("mouthSmileLeft").tolist() == pytest.approx([0, 0, 0.3, 0])
    assert clip.channel("mouthPressRight").tolist() == pytest.approx([0, 0, 0.6, 0])
    assert clip.channel("mouthFunnel").tolist() == pytest.approx([0, 0, 0.2, 0])
    assert not clip.values[3].any()  # eyes and tongue were not captured, only held


def test_a_capture_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(InvalidInput, match="no capture beside"):
        real.captured(tmp_path / "a.wav")


def test_a_recording_that_is_not_here_is_said():
    with pytest.raises(InvalidInput, match="VIVAVOCE_DATA"):
        list(real.items(Plan(1, 0.0, (), (), real=("emodb/x",)), None, "emodb/x", 1))


def test_what_only_scores_is_not_among_them(data: Path):
    found = real.recordings(data)
    assert not any("emur" in str(r.path) for r in found.values())
    assert not any(r.name[11] == "L" for r in found.values() if r.name.startswith("emodb/"))  # boredom
    held = [r.name for r in found.values() if r.split == "test"]
    assert len(held) == sum(r.name.startswith("grid_s1") for r in found.values()) // 7
    assert "grid_s1/bbal6n" not in held or "grid_s1/bbaf2n" not in held
    assert {r.voice for r in found.values() if r.name.startswith("emodb/")} == {f"real:emodb{n}" for n in ("03", "08", "09", "10", "11")}


def test_an_acted_line_keeps_its_labels_its_emotion_and_the_bytes_of_its_seed(data: Path):
    plan = Plan(1, 0.0, (), (), real=("emodb/03a01Wa",))
    (item,), (again,) = (list(real.items(plan, data, "emodb/03a01Wa", 5)) for _ in range(2))
    assert (item.record.emotion, item.record.level, item.record.times, item.record.voice) == ("angry", 3, "hand", "real:emodb03")
    assert item.seconds < 1.96  # the sound ends where the labels do
    assert item["channels"].tobytes() == again["channels"].tobytes()
    assert item["channels"][:, INDEX["browDownLeft"]].max() > 0.3


def test_a_captured_mouth_is_seen(data: Path):
    name = "facegood/1114_2_01/00"
    short = replace(real.recordings(data)[name], start_s=0.0, length_s=1.6)
    item = real.item_of(Plan(1, 0.0, (), (), real=(name,)), short, 5)
    mouth = real.captured(data / "motion/facegood/1114_2_01.wav")
    assert item.record.mouth == "capture"
    np.testing.assert_array_equal(item["channels"][:, INDEX["jawOpen"]], mouth.channel("jawOpen")[: len(item["channels"])])
