from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from engine.core.channels import ARKIT, CHANNELS, INDEX, NATIVE
from engine.core.errors import InvalidInput, OutputError
from engine.core.motion import MotionClip
from engine.export.clips import LIVE_LINK_SHAPES, LIVE_LINK_TURNS, write_csv, write_npz
from engine.speech.phonemes import PHONEME_DTYPE, track

RATE = Fraction(30000, 1001)
PHONEMES = track([("ʃ", 0.1, 0.2), ("iː", 0.2, 0.4)], 1.0)


def _clip(count: int = 30, names: tuple[str, ...] = CHANNELS, rate: Fraction = RATE) -> MotionClip:
    return MotionClip(np.random.default_rng(1).random((count, len(names))).astype(np.float32), rate, names)


def test_npz_holds_what_architecture_says(tmp_path: Path) -> None:
    clip, gap = _clip(), np.linspace(0, 9, 30, dtype=np.float32)
    write_npz(tmp_path / "a.npz", clip, gap, PHONEMES, -(2**63), "performer", 44100)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as found:
        assert set(found.files) == {"time_s", "channels", "channel_names", "fps_num", "fps_den", "lip_gap_mm", "phonemes", "seed", "system", "sample_rate"}
        assert np.array_equal(found["channels"], clip.values) and found["channels"].dtype == np.float32
        assert tuple(found["channel_names"]) == CHANNELS
        assert np.array_equal(found["time_s"], np.arange(30) * 1001 / 30000)
        assert (int(found["fps_num"]), int(found["fps_den"])) == (30000, 1001)
        assert np.array_equal(found["lip_gap_mm"], gap)
        assert found["phonemes"].dtype == PHONEME_DTYPE and np.array_equal(found["phonemes"], PHONEMES)
        assert (int(found["seed"]), str(found["system"]), int(found["sample_rate"])) == (-(2**63), "performer", 44100)


def test_npz_of_the_same_motion_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_npz(tmp_path / f"{name}.npz", _clip(), np.zeros(30, np.float32), PHONEMES, 1, "performer", 44100)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_npz_has_63_columns_in_native_order(tmp_path: Path) -> None:
    names = tuple(reversed(NATIVE))
    clip = _clip(names=names)
    write_npz(tmp_path / "a.npz", clip, np.zeros(30, np.float32), PHONEMES, 1, "performer", 44100)
    channels = np.load(tmp_path / "a.npz")["channels"]
    assert channels.shape == (30, 63) and not channels[:, 58:].any()
    assert np.array_equal(channels[:, INDEX["jawOpen"]], clip.channel("jawOpen"))


def test_npz_refuses_what_does_not_belong(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"lip_gap_mm must be \[30\], got \[31\]"):
        write_npz(tmp_path / "a.npz", _clip(), np.zeros(31, np.float32), PHONEMES, 1, "performer", 44100)
    with pytest.raises(InvalidInput, match="'jawOpen' is not in this clip"):
        write_npz(tmp_path / "a.npz", _clip(names=tuple(n for n in CHANNELS if n != "jawOpen")), np.zeros(30, np.float32), PHONEMES, 1, "x", 1)
    with pytest.raises(OutputError, match="does not exist"):
        write_npz(tmp_path / "none" / "a.npz", _clip(), np.zeros(30, np.float32), PHONEMES, 1, "x", 1)
    assert list(tmp_path.iterdir()) == []


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def test_csv_has_live_links_own_columns(tmp_path: Path) -> None:
    clip = _clip()
    write_csv(tmp_path / "a.csv", clip)
    header, rows = _rows(tmp_path / "a.csv")
    # As recordings of the app have it.
    assert header[:9] == ["Timecode", "BlendShapeCount", "EyeBlinkLeft", "EyeLookDownLeft", "EyeLookInLeft", "EyeLookOutLeft", "EyeLookUpLeft",
                          "EyeSquintLeft", "EyeWideLeft"]  # fmt: skip
    assert header[16:20] == ["JawForward", "JawRight", "JawLeft", "JawOpen"]
    assert header[-11:] == ["NoseSneerRight", "TongueOut", "HeadYaw", "HeadPitch", "HeadRoll", "LeftEyeYaw", "LeftEyePitch", "LeftEyeRoll",
                            "RightEyeYaw", "RightEyePitch", "RightEyeRoll"]  # fmt: skip
    assert len(header) == 63 and len(rows) == 30
    assert {name[0].lower() + name[1:] for name in LIVE_LINK_SHAPES} == set(ARKIT)
    for row, values in zip(rows, clip.values, strict=True):
        assert row["BlendShapeCount"] == "61"
        assert float(row["JawOpen"]) == pytest.approx(values[INDEX["jawOpen"]], abs=1e-7)
        assert float(row["MouthSmileLeft"]) == pytest.approx(values[INDEX["mouthSmileLeft"]], abs=1e-7)


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(25), Fraction(60), Fraction(30000, 1001), Fraction(24000, 1001)], ids=str)
def test_csv_timecode_tells_the_time(rate: Fraction, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", MotionClip(np.zeros((4000, 63), np.float32), rate))
    _, rows = _rows(tmp_path / "a.csv")
    assert rows[1]["Timecode"] == "00:00:00:01.000"
    for frame in (0, 1, 59, 60, 1799, 1800, 3999):
        hours, minutes, seconds, frames = rows[frame]["Timecode"].split(":")
        told = int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(frames) / float(rate)
        assert told == pytest.approx(frame / float(rate), abs=1e-4)


def _turned(tmp_path: Path, **values: float) -> dict[str, float]:
    clip = MotionClip(np.zeros((1, 63), np.float32), RATE)
    clip = clip.with_channels(list(values), np.array([list(values.values())], np.float32))
    write_csv(tmp_path / "a.csv", clip)
    row = _rows(tmp_path / "a.csv")[1][0]
    return {name: float(row[name]) for name in LIVE_LINK_TURNS}


def test_csv_head_turns(tmp_path: Path) -> None:
    assert _turned(tmp_path, headRotY=0.3)["HeadYaw"] == pytest.approx(0.3, abs=1e-6)  # to the character's left
    assert _turned(tmp_path, headRotX=0.2)["HeadPitch"] == pytest.approx(0.2, abs=1e-6)  # down
    assert _turned(tmp_path, headRotZ=0.1)["HeadRoll"] == pytest.approx(0.1, abs=1e-6)
    both = _turned(tmp_path, headRotX=0.2, headRotY=0.3, headRotZ=-0.1)
    again = Rotation.from_euler("YXZ", [both["HeadYaw"], both["HeadPitch"], both["HeadRoll"]])
    assert np.allclose(again.as_rotvec(), [0.2, 0.3, -0.1], atol=1e-6)


def test_csv_eyes_turn_as_the_head_turns_them(tmp_path: Path) -> None:
    """The rig is the judge: its gaze for the same look channels."""
    import torch

    from engine.head.rig import HeadRig

    values = {"eyeLookOutLeft": 0.5, "eyeLookInRight": 0.5, "eyeLookDownLeft": 0.3, "eyeLookUpRight": 0.4}
    found = _turned(tmp_path, **values)
    row = torch.zeros(1, 63)
    for name, value in values.items():
        row[0, INDEX[name]] = value
    rig = HeadRig()
    for side in ("left", "right"):
        yaw, pitch, roll = Rotation.from_matrix(rig.gaze(row, side)[0].numpy()).as_euler("YXZ")
        name = side.capitalize()
        assert (found[f"{name}EyeYaw"], found[f"{name}EyePitch"], found[f"{name}EyeRoll"]) == pytest.approx((yaw, pitch, roll), abs=1e-5)
    assert found["LeftEyeYaw"] > 0 and found["RightEyeYaw"] > 0  # both to the character's left


def test_csv_without_arkit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="'eyeBlinkLeft' is not in this clip"):
        write_csv(tmp_path / "a.csv", MotionClip(np.zeros((1, 1), np.float32), RATE, ("jawOpen",)))
    assert list(tmp_path.iterdir()) == []
