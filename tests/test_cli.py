"""The command line as a script uses it: every output, every refusal, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine import cli
from engine.core import assets
from engine.core.channels import CHANNELS
from engine.speech.files import open_sound, sound_from_samples, write_wav

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = assets.path("projects/sample") / "line.flac"


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """Two seconds of the sample line in a folder with a space and an accent."""
    path = tmp_path_factory.mktemp("an été") / "a line é.wav"
    sound = open_sound(SAMPLE)
    write_wav(path, sound_from_samples(sound.read(0.0, 2.0, 16000), 16000), 16000)
    return path


def run(*args, expect=0, capsys=None):
    code = cli.main([str(a) for a in args])
    assert code == expect
    return capsys.readouterr() if capsys else None


def test_animate_writes_every_kind(short, tmp_path, capsys):
    names = ["a.mp4", "a.npz", "a.csv", "a.TextGrid", "a.wav", "a.viva", "a.png"]
    outs = [x for n in names for x in ("-o", tmp_path / n)]
    said = run("animate", short, "--emotion", "happy:0.6@0.5-1.5", "--size", "128", "--fps", "25", "--json", *outs, capsys=capsys)
    result = json.loads(said.out)
    assert result["duration_s"] == pytest.approx(2.0, abs=0.01) and len(result["written"]) == 6 + 50 and all(Path(p).is_file() for p in result["written"])
    with np.load(tmp_path / "a.npz", allow_pickle=False) as npz:
        assert npz["channels"].shape == (50, 63) and tuple(npz["channel_names"]) == CHANNELS
        assert (int(npz["fps_num"]), int(npz["fps_den"])) == (25, 1)
        assert npz["lip_gap_mm"].shape == (50,) and npz["lip_gap_mm"].min() >= 0
        assert npz["phonemes"]["end_s"][-1] == pytest.approx(2.0, abs=0.01)
        assert npz["channels"][:, CHANNELS.index("cheekSquintLeft")].max() > 0.2
    assert len(list(tmp_path.glob("a.*.png"))) == 50
    before = (tmp_path / "a.npz").read_bytes()
    run("render", tmp_path / "a.viva", "-o", tmp_path / "b.npz", capsys=capsys)
    assert (tmp_path / "b.npz").read_bytes() == before  # the same document and seed give the same bytes


def test_say_takes_and_range(tmp_path, capsys):
    run("say", "Hello, big wide world 😀 <b>again</b>.", "--takes", "2", "-o", tmp_path / "s.npz", "-o", tmp_path / "s.viva", "--quiet", capsys=capsys)
    one, two = (np.load(tmp_path / f"s.take0{k}.npz", allow_pickle=False)["channels"] for k in (1, 2))
    assert one.shape == two.shape and np.abs(one - two).max() > 0.01
    run("render", tmp_path / "s.take01.viva", "--range", "0.5-1.0", "-o", tmp_path / "r.npz", "-o", tmp_path / "r.wav", capsys=capsys)
    part = np.load(tmp_path / "r.npz", allow_pickle=False)
    assert part["channels"].shape[0] == 15 and open_sound(tmp_path / "r.wav").duration_s == pytest.approx(0.5, abs=0.001)
    assert np.abs(part["channels"] - one[15:30]).max() < 1e-5


def test_phonemes_as_textgrid_and_json(short, tmp_path, capsys):
    run("phonemes", short, "--transcript", "Hello, I'm Ada.", "-o", tmp_path / "p.json", "-o", tmp_path / "p.TextGrid", capsys=capsys)
    record = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert record["phonemes"][-1][2] == pytest.approx(2.0, abs=0.01)
    assert "phones" in (tmp_path / "p.TextGrid").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "samples"),
    [
        ("silence", np.zeros(16000)),
        ("noise", 0.1 * np.random.default_rng(1).normal(size=24000)),
        ("a tenth of a second", 0.1 * np.sin(np.arange(1600) / 8)),
        ("clipped", np.clip(8 * np.sin(np.arange(16000) / 20), -1, 1)),
    ],
)
def test_odd_sounds_still_give_a_living_face(kind, samples, tmp_path, capsys):
    write_wav(tmp_path / "odd.wav", sound_from_samples(samples.astype(np.float32), 16000), 16000)
    run("animate", tmp_path / "odd.wav", "-o", tmp_path / "o.npz", capsys=capsys)
    with np.load(tmp_path / "o.npz", allow_pickle=False) as npz:
        assert np.isfinite(npz["channels"]).all()
        if kind in ("silence", "noise"):
            assert npz["lip_gap_mm"].max() < 0.5
            assert np.ptp(npz["channels"][:, CHANNELS.index("breath")]) > 0.01


def make_bad(folder: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.wav" for name in ("empty", "text", "missing", "cut", "nan")}
    files["empty"].write_bytes(b"")
    files["text"].write_text("this is not a sound\n" * 50)
    whole = SAMPLE.read_bytes()
    files["cut"] = folder / "cut.flac"
    files["cut"].write_bytes(whole[: len(whole) // 3])
    import struct

    data = struct.pack("<400f", *([0.1] * 399 + [float("nan")]))
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 3, 1, 16000, 64000, 4, 32)
    files["nan"].write_bytes(head + b"data" + struct.pack("<I", len(data)) + data)
    files["folder"] = folder
    return files


@pytest.mark.parametrize("name", ["empty", "text", "missing", "cut", "nan", "folder"])
def test_unusable_sounds_are_refused_in_one_sentence(name, tmp_path, capsys):
    bad = make_bad(tmp_path)[name]
    before = set(tmp_path.iterdir())
    said = run("animate", bad, "-o", tmp_path / "x.mp4", "-o", tmp_path / "x.npz", expect=2, capsys=capsys)
    assert said.err.count("Traceback") == 0 and ";" in said.err.splitlines()[-1]  # what; the remedy
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "options",
    [
        ["--emotion", "joy:1"],
        ["--emotion", "happy:3"],
        ["--fps", "0"],
        ["--size", "511"],
        ["--size", "big"],
        ["--language", "klingonese"],
        ["--system", "magic"],
        ["--avatar", "nobody"],
        ["--seed", "-1"],
        ["--takes", "0"],
        ["--amount", "ears:1"],
        ["--transcript", "nowhere.txt"],
    ],
)
def test_unknown_option_values_are_refused(options, short, tmp_path, capsys):
    said = run("animate", short, *options, "-o", tmp_path / "x.npz", expect=2, capsys=capsys)
    assert "vivavoce:" in said.err and "our fault" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["no/such/folder/x.mp4", "x.avi", "x"])
def test_outputs_that_cannot_be_are_refused_before_any_work(out, short, tmp_path, capsys):
    run("animate", short, "-o", tmp_path / out, expect=2, capsys=capsys)


def test_unknown_commands_and_options_exit_2(capsys):
    for words in (["sing"], ["animate"], ["animate", "x.wav", "-o", "y.npz", "--quality", "best"]):
        with pytest.raises(SystemExit) as stopped:
            cli.main(words)
        assert stopped.value.code == 2


def test_a_transcript_that_does_not_fit_is_said(short, tmp_path, capsys):
    said = run(
        "animate", short, "--transcript", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich " * 3, "-o", tmp_path / "x.npz", capsys=capsys
    )
    assert "transcript" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_leaves_nothing_half_written(tmp_path):
    out = tmp_path / "x.mp4"
    command = [sys.executable, "-m", "engine.cli", "animate", str(SAMPLE), "--size", "512", "-o", str(out)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
