import os
import sys
import threading
from fractions import Fraction

import numpy as np
import pytest

from engine.core import channels, emotion, timing
from engine.core.curves import Curve, Key
from engine.core.errors import Cancelled, InvalidInput, OutputError
from engine.core.jobs import Job
from engine.core.motion import MotionClip
from engine.core.output import check_target, replacing


def test_channel_table_is_apples_order_then_head_then_auxiliary():
    assert len(channels.ARKIT) == 52 and list(channels.ARKIT) == sorted(channels.ARKIT)
    assert len(channels.NATIVE) == 58 and len(channels.CHANNELS) == 63
    assert channels.CHANNELS[58:] == ("tongueTipUp", "tongueTipForward", "tongueBodyUp", "tongueBodyBack", "breath")
    assert set(channels.LIP) | set(channels.NON_LIP) == set(channels.CHANNELS) and not set(channels.LIP) & set(channels.NON_LIP)
    assert channels.mirror("eyeBlinkLeft") == "eyeBlinkRight" and channels.mirror("jawOpen") == "jawOpen"
    assert sum(len(r) for r in channels.REGIONS.values()) == 63


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("30", Fraction(30)),
        ("29.97", Fraction(30000, 1001)),
        ("30000/1001", Fraction(30000, 1001)),
        ("23.976", Fraction(24000, 1001)),
        ("23.976023976023976", Fraction(24000, 1001)),
        ("1001/30", Fraction(1001, 30)),
    ],
)
def test_rates_are_rational(text, rate):
    assert timing.parse_rate(text) == rate


@pytest.mark.parametrize("text", ["0", "fast", "-25", "1/0", "500", "nan", "1e99999999", "9" * 9999, "30fps"])
def test_bad_rates_are_refused(text):
    with pytest.raises(InvalidInput, match="frame rate"):
        timing.parse_rate(text)


def test_frames_do_not_drift_in_an_hour():
    rate = Fraction(30000, 1001)
    for frame in (0, 1, 107891, 107892):
        assert timing.frame_at(timing.frame_time(frame, rate), rate) == frame
        assert timing.nearest_frame(timing.frame_time(frame, rate), rate) == frame
    assert timing.frame_count(1.0, Fraction(25)) == 25 and timing.frame_count(1.001, Fraction(25)) == 26


@pytest.mark.parametrize(
    ("frame", "shown"),
    [(0, "00:00:00;00"), (1799, "00:00:59;29"), (1800, "00:01:00;02"), (17981, "00:09:59;29"), (17982, "00:10:00;00"), (107892, "01:00:00;00")],
)
def test_drop_frame_timecode(frame, shown):
    assert timing.timecode(frame, Fraction(30000, 1001)) == shown


def test_curve_goes_through_its_keys_and_does_not_overshoot():
    curve = Curve.from_keys([Key(2.0, 0.2), Key(0.0, 0.0), Key(1.0, 1.0), Key(3.0, 0.2)])
    assert curve.evaluate([0, 1, 2, 3]) == pytest.approx([0, 1, 0.2, 0.2])
    dense = curve.evaluate(np.linspace(-1, 4, 501))
    assert dense.min() >= -1e-12 and dense.max() <= 1 + 1e-12
    assert Curve.from_json(curve.to_json()) == curve


def test_stepped_and_linear_tangents():
    assert Curve((Key(0, 0, "stepped"), Key(1, 1))).evaluate([0.99, 1.0]) == pytest.approx([0, 1])
    assert Curve((Key(0, 0, "linear"), Key(1, 1, "linear"))).evaluate(0.25) == pytest.approx(0.25)


def test_curve_refuses_keys_out_of_order():
    with pytest.raises(InvalidInput, match="rise in time"):
        Curve((Key(1, 0), Key(0, 0)))


def test_emotion_specs():
    curves = emotion.curves_from_specs(["happy:0.8@1-2", "sad:0.3"], 4.0)
    levels = emotion.sample(curves, np.array([0.0, 1.5, 3.5]))
    assert levels[:, emotion.EMOTIONS.index("happy")] == pytest.approx([0, 0.8, 0])
    assert levels[:, emotion.EMOTIONS.index("sad")] == pytest.approx([0.3] * 3)


@pytest.mark.parametrize("spec", ["joy:0.5", "happy", "happy:2", "happy:0.5@3-1", "happy:."])
def test_bad_emotions_are_refused(spec):
    with pytest.raises(InvalidInput):
        emotion.parse(spec)


def test_motion_resamples_at_the_right_times():
    values = np.zeros((30, 63), np.float32)
    values[:, 0] = np.arange(30) / 30
    clip = MotionClip(values, Fraction(30))
    half = clip.resampled(Fraction(15))
    assert len(half) == 15 and half.values[:, 0] == pytest.approx(values[::2, 0])
    with pytest.raises(InvalidInput, match=r"\[T, 63\]"):
        MotionClip(np.zeros((5, 52), np.float32), Fraction(30))


def test_report_raises_once_cancelled_also_in_a_part():
    seen = []
    job = Job(lambda done, total, label: seen.append(done / total))
    job.part(0.5, 1.0).report(1, 2, "half of the second half")
    assert seen == [0.75]
    threading.Thread(target=job.cancel).start()
    with pytest.raises(Cancelled):
        while True:
            job.part(0, 1).report(0, 1)


def test_a_file_appears_only_when_complete(tmp_path):
    target = tmp_path / "ré sult.bin"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]
    with replacing(target) as temporary:
        temporary.write_bytes(b"new")
    assert target.read_bytes() == b"new" and list(tmp_path.iterdir()) == [target]


def test_what_a_killed_process_left_goes_when_its_target_is_written_again(tmp_path):
    names = (".a.0123abcd.part.mp4", ".b.0123abcd.part.mp4", ".a.4567abcd.part.mp4", ".a.notours.mp4")
    for name in names:
        (tmp_path / name).write_bytes(b"half")
    folder = tmp_path / ".a.89abcdef.part.png"
    folder.mkdir()
    (folder / "a.00000.png").write_bytes(b"half")
    for name in (*names[:2], names[3], folder.name):
        os.utime(tmp_path / name, (1e9, 1e9))
    check_target(tmp_path / "a.mp4")
    assert sorted(p.name for p in tmp_path.iterdir()) == [names[2], names[3], names[1]]  # a new one, another's, another target's


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")
def test_links_are_followed_and_odd_places_refused(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link.npz").symlink_to("there/real.npz")
    with replacing(tmp_path / "link.npz") as temporary:
        temporary.write_bytes(b"new")
    assert (tmp_path / "link.npz").is_symlink() and [p.name for p in (tmp_path / "there").iterdir()] == ["real.npz"]
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(OutputError, match="no regular file"):
        check_target(tmp_path / "pipe.wav")
    with pytest.raises(OutputError, match="too long"):
        check_target(tmp_path / ("x" * 260 + ".mp4"))
    with replacing(tmp_path / ("中" * 83 + ".mp4")) as temporary:  # 253 bytes: the temporary name must not be longer
        temporary.write_bytes(b"new")


def test_a_folder_that_goes_away_while_writing_is_said(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    with pytest.raises(OutputError, match="see that its folder"), replacing(folder / "a.bin"):
        folder.rmdir()


def test_missing_folder_is_said_before_any_work(tmp_path):
    with pytest.raises(OutputError, match="does not exist"):
        check_target(tmp_path / "no" / "a.mp4")
    with pytest.raises(OutputError, match="is a folder"):
        check_target(tmp_path)
