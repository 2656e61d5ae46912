"""The command line as a script uses it: every output, every refusal, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

from engine import cli
from engine.core import assets
from engine.core.channels import CHANNELS
from engine.project.storage import ProjectFile
from engine.speech import heard
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
    try:
        code = cli.main([str(a) for a in args])
    except SystemExit as stopped:  # the parser's
        code = stopped.code
    assert code == expect
    return capsys.readouterr() if capsys else None


def test_animate_writes_every_kind(short, tmp_path, capsys):
    names = ["a.mp4", "a.npz", "a.csv", "a.TextGrid", "a.wav", "a.viva", "a.png"]
    outs = [x for n in names for x in ("-o", tmp_path / n)]
    said = run("animate", short, "--emotion", "happy:0.6@0.5-1.5", "--size", "96", "--fps", "10", "--quality", "draft", "--json", *outs, capsys=capsys)
    result = json.loads(said.out)
    assert result["duration_s"] == pytest.approx(2.0, abs=0.01) and len(result["written"]) == 6 + 20 and all(Path(p).is_file() for p in result["written"])
    with np.load(tmp_path / "a.npz", allow_pickle=False) as npz:
        assert npz["channels"].shape == (20, 63) and tuple(npz["channel_names"]) == CHANNELS
        assert (int(npz["fps_num"]), int(npz["fps_den"])) == (10, 1)
        assert npz["lip_gap_mm"].shape == (20,) and npz["lip_gap_mm"].min() >= 0
        assert npz["phonemes"]["end_s"][-1] == pytest.approx(2.0, abs=0.01)
        assert npz["channels"][:, CHANNELS.index("cheekSquintLeft")].max() > 0.2
    assert len(list(tmp_path.glob("a.*.png"))) == 20
    before = (tmp_path / "a.npz").read_bytes()
    run("render", tmp_path / "a.viva", "-o", tmp_path / "b.npz", capsys=capsys)
    assert (tmp_path / "b.npz").read_bytes() == before  # the same document and seed give the same bytes


def test_the_stage_is_chosen_and_alpha_kept(tmp_path, capsys):
    look = ["--light", "window", "--background", "transparent", "--focal", "100", "--framing", "close", "--quality", "draft"]
    outs = ["-o", tmp_path / "a.mov", "-o", tmp_path / "a.viva"]
    said = run("say", "Bob.", "--size", "64", "--fps", "25", "--json", *look, *outs, capsys=capsys)
    assert json.loads(said.out)["notices"] == []
    with av.open(str(tmp_path / "a.mov")) as film:
        alpha = next(film.decode(video=0)).to_ndarray(format="rgba")[..., 3]
    assert alpha.min() == 0 and alpha.max() == 255
    with ProjectFile.open(tmp_path / "a.viva", to_write=False) as project:
        stage = project.document.stage
    assert (stage.lighting.preset, stage.background.kind, stage.shot.focal) == ("window", "transparent", 100.0)
    # Rendered from the project, without another word, it is the same film; and what is said of the stage goes before what it holds.
    run("render", tmp_path / "a.viva", "--quality", "draft", "-o", tmp_path / "b.mov", "--quiet", capsys=capsys)
    assert (tmp_path / "a.mov").read_bytes() == (tmp_path / "b.mov").read_bytes()
    short = ["render", tmp_path / "a.viva", "--quality", "draft", "--range", "0-0.08", "--json"]
    assert "MP4 holds no transparency" in run(*short, "-o", tmp_path / "c.mp4", capsys=capsys).err
    said = run(*short, "--background", "black", "-o", tmp_path / "d.mp4", capsys=capsys)
    assert json.loads(said.out)["notices"] == []


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


def test_who_listens_without_a_transcript(short, tmp_path, capsys):
    for ears, methods in (("pocketsphinx", ("recognition", "allphone")), ("encoder", ("encoder",))):
        if ears == "encoder" and not heard.available():
            continue
        said = run("phonemes", short, "--ears", ears, "--json", "-o", tmp_path / "p.json", capsys=capsys)
        assert json.loads(said.out)["method"] in methods and json.loads(said.out)["phonemes"] > 5


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
        ["--fps", "1e99999999"],
        ["--size", "511"],
        ["--size", "big"],
        ["--language", "klingonese"],
        ["--ears", "elephant"],
        ["--system", "magic"],
        ["--avatar", "nobody"],
        ["--seed", "-1"],
        ["--seed", "18446744073709551616"],
        ["--seed", "1.5"],
        ["--takes", "0"],
        ["--takes", "100"],
        ["--amount", "ears:1"],
        ["--transcript", "nowhere.txt"],
        ["--transcript", "some where/no file.txt"],
        ["--transcript", str(ROOT / "tests")],
        ["--transcript", str(SAMPLE)],
        ["--quality", "best"],
        ["--light", "neon"],
        ["--background", "nowhere.png"],
        ["--focal", "5"],
        ["--framing", "toes"],
        ["--avatar", "nobody.viva-avatar"],
        ["--emo", "happy:1"],
    ],
)
def test_unknown_option_values_are_refused(options, short, tmp_path, capsys):
    said = run("animate", short, *options, "--json", "-o", tmp_path / "x.npz", expect=2, capsys=capsys)
    lines = said.err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("vivavoce") and ";" in lines[0] and "our fault" not in lines[0]
    assert said.out == "" and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["no/such/folder/x.mp4", "x.avi", "x", "", ".npz", "sub/y.npz/", "n" * 300 + ".npz"])
def test_outputs_that_cannot_be_are_refused_before_any_work(out, tmp_path, capsys):
    (tmp_path / "sub" / "y.npz").mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    said = run("animate", tmp_path / "not opened.wav", "-o", f"{tmp_path}/{out}" if out else "", expect=2, capsys=capsys)
    assert "not opened" not in said.err and len(said.err.splitlines()) == 1
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("other", ["./x.npz", "sub/../x.npz", "link/x.npz"])
def test_a_file_named_twice_is_refused(other, short, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("sub").mkdir()
    Path("link").symlink_to(".")
    assert "is named twice" in run("animate", short, "-o", "x.npz", "-o", other, expect=2, capsys=capsys).err


@pytest.mark.parametrize("way", ["itself", "symbolic link", "hard link", "link as input", "take", "text", "phonemes", "transcript"])
def test_an_input_is_never_overwritten(way, short, tmp_path, capsys):
    sound, other = tmp_path / "a.wav", tmp_path / "b.wav"
    sound.write_bytes(short.read_bytes())
    (tmp_path / "t.csv").write_text("Hello.")
    (tmp_path / "t.json").write_bytes(short.read_bytes())
    if way == "hard link":
        os.link(sound, other)
    elif "link" in way:
        other.symlink_to(sound)
    (tmp_path / "a.take01.wav").write_bytes(short.read_bytes())
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    command = {
        "itself": ["animate", sound, "-o", sound],
        "symbolic link": ["animate", sound, "-o", other],
        "hard link": ["animate", sound, "-o", other],
        "link as input": ["animate", other, "-o", sound],
        "take": ["animate", tmp_path / "a.take01.wav", "--takes", "2", "-o", sound],
        "text": ["say", tmp_path / "t.csv", "-o", tmp_path / "t.csv"],
        "phonemes": ["phonemes", tmp_path / "t.json", "-o", tmp_path / "t.json"],
        "transcript": ["phonemes", sound, "--transcript", tmp_path / "t.json", "-o", tmp_path / "t.json"],
    }[way]
    said = run(*command, expect=2, capsys=capsys).err
    assert "would be overwritten" in said or "not a text file" in said
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_projects_recording_is_never_overwritten_and_the_project_not_touched(short, tmp_path, capsys):
    sound, project = tmp_path / "a.wav", tmp_path / "p.viva"
    sound.write_bytes(short.read_bytes())
    run("animate", sound, "--transcript", "Hello", "-o", project, capsys=capsys)
    before = project.read_bytes(), sound.read_bytes()
    for target in (sound, tmp_path / "link.wav"):
        (tmp_path / "link.wav").unlink(missing_ok=True)
        (tmp_path / "link.wav").symlink_to(sound)
        assert "would be overwritten" in run("render", project, "-o", target, expect=2, capsys=capsys).err
    with ProjectFile.open(project) as held:
        assert not held.read_only
        run("render", project, "-o", tmp_path / "x.npz", capsys=capsys)  # while somebody else may write it
        assert "has it open" in run("animate", sound, "--transcript", "Hello", "-o", project, expect=2, capsys=capsys).err
    assert sound.read_bytes() == before[1]
    sound.rename(tmp_path / "elsewhere.wav")
    assert "is missing; put it back" in run("render", project, "-o", tmp_path / "y.npz", expect=2, capsys=capsys).err
    assert not (tmp_path / "y.npz").exists()


@pytest.mark.parametrize("what", ["missing.viva", "text.viva", "empty.viva", "cut.viva", "."])
def test_projects_that_cannot_be_read_are_refused(what, tmp_path, capsys):
    run("say", "Hello.", "-o", tmp_path / "whole.viva", capsys=capsys)
    (tmp_path / "text.viva").write_text("no project")
    (tmp_path / "empty.viva").touch()
    (tmp_path / "cut.viva").write_bytes((tmp_path / "whole.viva").read_bytes()[:5000])
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    said = run("render", tmp_path / what, "--json", "-o", tmp_path / "x.npz", expect=2, capsys=capsys)
    assert said.out == "" and ";" in said.err.splitlines()[-1] and "our fault" not in said.err
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize("span", ["1-1", "2-1", "-1-2", "a-b", "", "1", "nan-1", "1e-3-1", "50-60", "0-" + "9" * 400])
def test_odd_ranges_are_refused(span, tmp_path, capsys):
    run("say", "Hello.", "-o", tmp_path / "p.viva", capsys=capsys)
    said = run("render", tmp_path / "p.viva", f"--range={span}", "-o", tmp_path / "x.npz", expect=2, capsys=capsys)
    assert "range" in said.err.splitlines()[-1] and said.err.count("vivavoce: ") == 1


def test_what_was_done_to_the_input_is_said(short, tmp_path, capsys):
    out = ["-o", tmp_path / "x.npz", "--json"]
    said = run("animate", short, "--transcript", "", "--emotion", "sad:1@50-60", *out, capsys=capsys)
    notices = json.loads(said.out)["notices"]
    assert any("the transcript is empty" in n for n in notices) and any("sad:1@50-60 begins after the line's end at 2.00 s" in n for n in notices)
    assert said.err.count("note: ") == len(notices) and said.out.count("\n") == 1
    said = run("say", "Hello <b>big</b> \udcff 😀 world", *out, capsys=capsys)
    wanted = ("1 character of the text that cannot be read", "markup in the text", "emoji in the text")
    assert all(any(n.startswith(w) for n in json.loads(said.out)["notices"]) for w in wanted)
    run("say", "Hello.", "-o", tmp_path / "p.viva", capsys=capsys)
    said = run("render", tmp_path / "p.viva", "--range", "0-99", *out, capsys=capsys)
    assert "was cut to the scene's end" in said.err and json.loads(said.out)["notices"]


@pytest.mark.parametrize("seed", ["0", "9223372036854775808", "18446744073709551615", "٧"])
def test_any_64_bit_seed(seed, tmp_path, capsys):
    run("say", "Hello.", "--seed", seed, "-o", tmp_path / "x.npz", "-o", tmp_path / "x.viva", capsys=capsys)
    with np.load(tmp_path / "x.npz", allow_pickle=False) as npz:
        assert int(npz["seed"]) == int(seed)
    run("render", tmp_path / "x.viva", "-o", tmp_path / "y.npz", capsys=capsys)
    assert (tmp_path / "x.npz").read_bytes() == (tmp_path / "y.npz").read_bytes()


def test_odd_names_of_outputs(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["./-x.npz", "a b é 中 '\"\n%03d.npz", "~x.viva", "中" * 83 + ".npz", "X.NPZ"]
    if sys.platform.startswith("linux"):
        names.append("a\udcff.npz")  # a byte that is no UTF-8
    run("say", "Hello.", *[x for n in names for x in ("-o", n)], capsys=capsys)
    assert sorted(p.name for p in Path().iterdir()) == sorted(Path(n).name for n in names)
    if sys.platform.startswith("linux"):
        assert "not UTF-8" in run("say", "Hello.", "-o", "a\udcff.viva", expect=2, capsys=capsys).err


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a file's size are POSIX")
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, capsys):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for suffix in (".csv", ".npz", ".wav", ".viva"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
        try:
            said = run("say", "Hello, big world.", "-o", tmp_path / f"x{suffix}", expect=2, capsys=capsys).err
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert "vivavoce: " in said and "our fault" not in said and list(tmp_path.iterdir()) == []


def test_a_transcript_that_does_not_fit_is_said(short, tmp_path, capsys):
    said = run(
        "animate", short, "--transcript", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich " * 3, "-o", tmp_path / "x.npz", capsys=capsys
    )
    assert "transcript" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_leaves_nothing_half_written(short, tmp_path):
    out = tmp_path / "x.mp4"
    command = [sys.executable, "-m", "engine.cli", "animate", str(short), "--size", "512", "--quality", "draft", "--fps", "120", "-o", str(out)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
