"""`vivavoce capture` as a script uses it: what it writes, what it refuses, a camera that goes away, a video without sound."""

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine import cli, cli_capture
from engine.avatars.tracking import cameras, models
from engine.avatars.tracking.pictures import open_video
from engine.core.channels import CHANNELS, INDEX
from engine.export.mp4 import write_mp4
from engine.project.storage import ProjectFile
from engine.speech.files import open_sound

needs_models = pytest.mark.skipif(bool(models.absent()), reason="the landmark models are not on this machine")


def run(*args, expect=0, capsys=None):
    try:
        code = cli.main([str(a) for a in args])
    except SystemExit as stopped:  # the parser's
        code = stopped.code
    said = capsys.readouterr() if capsys else None
    assert code == expect, said
    return said


@pytest.fixture(scope="module")
def talk(shared_data, tmp_path_factory) -> Path:
    """Half a second of a real recording, without sound."""
    path = tmp_path_factory.mktemp("capture") / "talk.mp4"
    video = open_video(shared_data / "video" / "grid_s1" / "bbaf2n.mpg")
    pictures = [picture for index, _, picture in video if 22 <= index < 36]
    write_mp4(path, iter(pictures), video.size, Fraction(25), None, len(pictures))
    return path


@needs_models
def test_a_video_becomes_motion_a_project_and_a_film(talk, tmp_path, capsys):
    outs = [x for name in ("a.npz", "a.viva", "a.csv", "a.mp4") for x in ("-o", tmp_path / name)]
    said = json.loads(run("capture", talk, "--size", "64", "--quality", "draft", "--json", *outs, capsys=capsys).out)
    assert said["pictures"] == 14 and said["seen"] == 1.0 and said["keys"] > 57 and said["rate"] == "25"
    assert [notice for notice in said["notices"] if "sound" in notice] == ["the video has no sound: what is not captured of the face waits in silence"]
    with np.load(tmp_path / "a.npz", allow_pickle=False) as npz:
        assert npz["channels"].shape == (14, 63) and tuple(npz["channel_names"]) == CHANNELS and str(npz["system"]) == "capture"
        values = npz["channels"]
    assert np.ptp(values[:, INDEX["jawOpen"]]) > 0.02  # he says "bin"
    with ProjectFile.open(tmp_path / "a.viva", to_write=False) as project:
        (line,) = project.document.lines()
        (layer,) = line.layers
        assert layer.mode == "override" and "jawOpen" in layer.curves and "breath" not in layer.curves and line.track_state("sound").mute
        assert project.media.report(project.document)[0].state == "embedded"  # the silence was made for it and is carried inside
    with av.open(str(tmp_path / "a.mp4")) as film:
        assert not film.streams.audio and sum(1 for _ in film.decode(video=0)) == 14
    # From the project it is the same motion, sound or none.
    run("render", tmp_path / "a.viva", "-o", tmp_path / "b.npz", "--quiet", capsys=capsys)
    with np.load(tmp_path / "b.npz", allow_pickle=False) as npz:
        assert np.array_equal(npz["channels"], values)


@needs_models
def test_only_the_regions_that_are_asked_for_are_captured(talk, tmp_path, capsys):
    run("capture", talk, "--regions", "brows,head", "--neutral", "0.2", "--gain", "browInnerUp:2", "-o", tmp_path / "a.viva", "--quiet", capsys=capsys)
    with ProjectFile.open(tmp_path / "a.viva", to_write=False) as project:
        (layer,) = next(project.document.lines()).layers
    assert {name[:4] for name in layer.curves} == {"brow", "head"}


@needs_models
def test_what_is_told_early_is_not_told_again(talk, tmp_path, capsys, monkeypatch):
    dark = (np.clip(picture * 0.15, 0, 255).astype(np.uint8) for _, _, picture in open_video(talk))
    write_mp4(tmp_path / "dark.mp4", dark, open_video(talk).size, Fraction(25), None, 14)
    monkeypatch.setattr(cli_capture, "_TOLD_EARLY", 0)
    said = run("capture", tmp_path / "dark.mp4", "-o", tmp_path / "a.npz", "--json", capsys=capsys)
    assert said.err.count("the face is dark") == 1 and any("is dark" in notice for notice in json.loads(said.out)["notices"])


@needs_models
def test_a_camera_that_is_unplugged_leaves_what_it_showed(talk, tmp_path, capsys, monkeypatch):
    played = cameras._played

    def unplugged(pictures):
        for count, picture in enumerate(played(pictures)):
            if count == 10:
                raise OSError(19, "No such device")
            yield picture

    monkeypatch.setattr(cameras, "_played", unplugged)
    said = run("capture", "--camera", f"file:{talk}", "--seconds", "5", "-o", tmp_path / "a.npz", "--json", capsys=capsys)
    result = json.loads(said.out)
    assert result["pictures"] == 10 and "went away" in said.err and "until then is kept" in said.err
    assert not any("no sound" in notice for notice in result["notices"])


@needs_models
def test_a_range_of_a_video_is_captured_with_its_sound(shared_data, tmp_path, capsys):
    """What is in it is what the whole has there: picture, motion and sound begin together."""
    video = shared_data / "video" / "grid_s1" / "bbaf2n.mpg"
    out = [
        "--face",
        "180,150@1.2",
        "--transcript",
        "blue at f",
        "--json",
        "-o",
        tmp_path / "part.viva",
        "-o",
        tmp_path / "part.wav",
        "-o",
        tmp_path / "part.npz",
    ]
    said = json.loads(run("capture", video, "--range", "0.8-1.6", *out, capsys=capsys).out)
    assert said["pictures"] == 20 and said["duration_s"] == pytest.approx(0.8, abs=0.01)
    whole, part = open_sound(video), open_sound(tmp_path / "part.wav")
    start_s = open_video(video).origin_s + 0.8 - whole.origin_s
    heard, expected = part.mono(16000), whole.read(start_s, start_s + 0.8, 16000)
    assert len(heard) == len(expected) and np.corrcoef(heard, expected)[0, 1] > 0.995  # a part of a sample lies between them
    with ProjectFile.open(tmp_path / "part.viva", to_write=False) as project:
        assert project.media.report(project.document)[0].state == "embedded"
    assert "shows no picture from 7 to 9 s" in run("capture", video, "--range", "7-9", "-o", tmp_path / "no.npz", expect=2, capsys=capsys).err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "capture takes a VIDEO or a --camera"),
        (["talk.mp4", "--camera", "0"], "capture takes a VIDEO or a --camera"),
        (["talk.mp4", "--face", "middle"], "--face 'middle' is not X,Y"),
        (["talk.mp4", "--face", "3,4@"], "--face '3,4@' is not X,Y"),
        (["talk.mp4", "--range", "5-2"], "IN before OUT"),
        (["talk.mp4", "--range", "5-9", "--neutral", "2"], "--neutral 2 lies outside of --range 5-9"),
        (["--camera", "0", "--range", "5-9"], "--range is of a VIDEO"),
        (["talk.mp4", "--regions", "ears"], "no region 'ears'"),
        (["talk.mp4", "--gain", "jawOpen"], "is not CHANNEL:NUMBER"),
        (["talk.mp4", "--gain", "jawWide:1"], "jawWide"),
        (["talk.mp4", "--gain", "jawOpen:9"], "not a number from 0 to 4"),
        (["talk.mp4", "--smoothing", "much"], "--smoothing 'much'"),
        (["talk.mp4", "--neutral", "soon"], "--neutral 'soon'"),
        (["talk.mp4", "--tolerance", "0"], "--tolerance '0'"),
        (["--camera", "0", "--seconds", "0"], "--seconds '0'"),
        (["talk.mp4", "--fps", "0"], "frame rate '0'"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_opened(args, said, tmp_path, capsys):
    assert said in run("capture", *args, "-o", tmp_path / "a.npz", expect=2, capsys=capsys).err
    assert not list(tmp_path.iterdir())


def test_bad_videos_are_said_to_be_so(tmp_path, capsys, monkeypatch):
    out = ["-o", tmp_path / "out.npz"]
    monkeypatch.setenv("VIVAVOCE_LANDMARKS", str(tmp_path / "nothing"))
    assert "vivavoce doctor --fix" in run("capture", tmp_path / "talk.mp4", *out, expect=2, capsys=capsys).err  # the models are not there


@needs_models
def test_videos_without_a_face_or_that_are_none_are_refused(tmp_path, capsys):
    out = ["-o", tmp_path / "out.npz"]
    assert "does not exist" in run("capture", tmp_path / "talk.mp4", *out, expect=2, capsys=capsys).err
    (tmp_path / "text.mp4").write_text("no video")
    assert "is not a video" in run("capture", tmp_path / "text.mp4", *out, expect=2, capsys=capsys).err
    grey = (np.full((64, 64, 3), 90, np.uint8) for _ in range(5))
    write_mp4(tmp_path / "grey.mp4", grey, (64, 64), Fraction(25), None, 5)
    assert "no face is seen in grey.mp4" in run("capture", tmp_path / "grey.mp4", *out, expect=2, capsys=capsys).err
    assert "no camera 7" in run("capture", "--camera", "7", *out, expect=2, capsys=capsys).err
    assert "after the video's end" in run("capture", tmp_path / "grey.mp4", "--neutral", "3", *out, expect=2, capsys=capsys).err
    assert (
        "the camera showed no face in 5 pictures of 64x64; come"
        in run("capture", "--camera", f"file:{tmp_path / 'grey.mp4'}", *out, expect=2, capsys=capsys).err
    )
    assert not (tmp_path / "out.npz").exists()
