"""Motion sets: which videos are taken, what a shard holds of a captured clip, what the card says, what is left out."""

import json
import shutil
from fractions import Fraction

import numpy as np
import pytest

from engine import cli
from engine.avatars.tracking import models
from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip
from engine.training import captures
from engine.training.captures import Outcome, Quality, blinks, card, clips_of, read_motion, shut_frames, text_beside
from engine.training.recordings import grid
from engine.training.stage.shards import read_corpus

needs_models = pytest.mark.skipif(bool(models.absent()), reason="the landmark models are not on this machine")


def test_every_seventh_video_is_not_even_looked_at(shared_data):
    clips, held = clips_of(shared_data / "video" / "grid_s1")
    entries = list(grid(shared_data))
    assert held == sorted(e.stem for e in entries if e.held_out) and len(held) == 24
    assert [clip.path.stem for clip in clips] == [e.stem for e in entries if not e.held_out]
    assert [clip.text for clip in clips] == [e.text for e in entries if not e.held_out]


def test_what_is_said_stands_beside_the_video(tmp_path):
    (tmp_path / "a.align").write_text("0 10 sil\n10 20 bin\n20 30 sp\n30 40 blue\n")
    (tmp_path / "b.txt").write_text(" Hello there.\n")
    assert [text_beside(tmp_path / f"{name}.mp4") for name in "abc"] == ["bin blue", "Hello there.", ""]
    with pytest.raises(InvalidInput, match="holds no videos"):
        clips_of(tmp_path)


def test_a_text_of_another_encoding_is_no_fault(tmp_path):
    (tmp_path / "a.txt").write_bytes("très bien".encode("latin-1"))
    assert text_beside(tmp_path / "a.mp4").endswith("s bien")


def test_blinks_and_shut_lips_have_their_times():
    channels = np.zeros((30, 63), np.float32)
    channels[10:14, INDEX["eyeBlinkLeft"]] = (0.6, 1.0, 0.8, 0.6)
    assert blinks(channels) == pytest.approx(np.array([[11 / 30, 4 / 30]]))

    class Found:
        clip = MotionClip(np.zeros((10, 63), np.float32), Fraction(25))
        closed = np.arange(10) == 4

    shut = shut_frames(Found(), 0.02, 0.6)  # the frame at 0.16 s of the picture is at 0.18 s of the sound, and stands for 40 ms round it
    assert np.flatnonzero(shut).tolist() == [16, 17, 18, 19]


def test_the_card_says_how_good_the_set_is():
    clips = (Quality("a", 3.0, 1.0, 0.9, 4, 4, 5, 4, 1), Quality("b", 3.0, 0.95, 0.7, 4, 2, 3, 2, 0), Quality("c", left_out="no face is seen in c.mpg"))
    outcome = Outcome(("captured-00000.npz",), clips, ("g",))
    assert outcome.event_f1 == pytest.approx(0.75) and outcome.seconds == 6.0
    text = card("talks", outcome)
    assert "2 clips, 0.1 minutes" in text and "F1 0.750 (6 of 8 met, 6 of 8 closures right)" in text and "c (no face is seen in c.mpg)" in text
    assert "97.5 %" in text and "every 7th video by name, 1 of them" in text


@needs_models
def test_a_folder_of_videos_becomes_a_corpus(shared_data, tmp_path, capsys):
    videos, folder = tmp_path / "talks", tmp_path / "set"
    videos.mkdir()
    for name in ("bbaf2n.mpg", "bbaf2n.align"):
        shutil.copy(shared_data / "video" / "grid_s1" / name, videos)
    (videos / "broken.mpg").write_bytes(b"no video")
    (videos / "held.mpg").write_bytes(b"never opened")
    args = ["motion-set", str(videos), str(folder), "--held-out", "3", "--json"]
    assert cli.main(args) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["clips"] == 1 and said["held_out"] == 1 and said["left_out"][0][0] == "broken"
    assert said["left_out"][0][1].startswith("broken.mpg is not a video")  # by its name alone: a card is read elsewhere
    (item,) = read_corpus(folder)
    assert item.record.mouth == "capture" and item.record.text == "bin blue at f two now" and item.record.split == "train"
    ((same, more),) = read_motion(folder)
    count = len(item["channels"])
    assert item["channels"].shape == (89, len(CHANNELS)) and all(len(more[name]) == count for name in captures.MORE)
    assert np.array_equal(same["channels"], item["channels"])
    assert np.ptp(item["channels"][:, INDEX["jawOpen"]]) > 0.05 and not item["channels"][:, INDEX["tongueTipUp"]].any()
    gap, shut = more["gap"], more["closed"].astype(bool)
    assert shut.any() and gap[shut].max() < gap[~shut].max()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert cli.main(args) == 2 and "holds shards already" in capsys.readouterr().err
    assert cli.main([*args, "--resume"]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
