"""Motion comes in from npz, Live Link Face and GLB; hostile and broken files are refused in words."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.core.channels import ARKIT, CHANNELS, HEAD, limits
from engine.core.curves import Curve
from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.core.motion import MotionClip
from engine.export.clips import write_csv, write_npz
from engine.imports import motion as imported
from engine.imports.motion import ImportedMotion, fitted_layer, layer_of, read_motion
from engine.imports.names import channel_of
from engine.project.parts import Layer
from engine.speech.phonemes import PHONEME_DTYPE
from tests.imports.glb_files import NAMES, write_glb


def moving(frames: int = 90, rate: Fraction = Fraction(30), seed: int = 0) -> MotionClip:
    """Smooth motion on every channel, inside its limits."""
    rng = np.random.default_rng(seed)
    t = np.arange(frames)[:, None] / float(rate)
    wave = 0.5 + 0.5 * np.sin(t * rng.uniform(1, 6, len(CHANNELS)) + rng.uniform(0, 6, len(CHANNELS)))
    low, high = np.array([limits(n) for n in CHANNELS]).T
    return MotionClip((low + (high - low) * (0.35 + 0.3 * wave)).astype(np.float32), rate)


def saved_npz(path: Path, **arrays: object) -> Path:
    np.savez(path, **arrays)
    return path


# Names.


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("jawOpen", "jawOpen"), ("JawOpen", "jawOpen"), ("jaw_open", "jawOpen"), ("JAW-OPEN", "jawOpen"), ("eyeBlink_L", "eyeBlinkLeft"),
        ("eyeBlinkR", "eyeBlinkRight"), ("L_eyeBlink", "eyeBlinkLeft"), ("left_eye_blink", "eyeBlinkLeft"), ("mouth_smile_right", "mouthSmileRight"),
        ("Wolf3D_Head.jawOpen", "jawOpen"), ("blendShape1.mouthPucker", "mouthPucker"), ("Head_ARKit_cheekPuff", "cheekPuff"), ("browInnerUp", "browInnerUp"),
        ("jawLeft", "jawLeft"), ("mouthLeft", "mouthLeft"), ("mouthL", "mouthLeft"), ("headRotX", "headRotX"), ("tongueOut", "tongueOut"),
        ("viseme_aa", None), ("smile", None), ("", None), ("Basis", None), ("left", None),
    ],
)  # fmt: skip
def test_names_of_other_programs(name: str, channel: str | None):
    assert channel_of(name) == channel


def test_every_channel_is_known_by_its_own_name():
    assert all(channel_of(n) == n == channel_of(n.upper()) for n in CHANNELS)


# Round trips.


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(30000, 1001), Fraction(25), Fraction(24000, 1001), Fraction(60)])
def test_our_npz_comes_back(rate: Fraction, tmp_path: Path):
    clip = moving(rate=rate)
    write_npz(tmp_path / "a.npz", clip, np.zeros(len(clip), np.float32), np.zeros(0, PHONEME_DTYPE), 0, "performer", 48000)
    found = read_motion(tmp_path / "a.npz")
    assert found.clip.rate == rate and found.notices == () and set(found.clip.names) == set(CHANNELS)
    assert np.array_equal(found.clip.select(CHANNELS), clip.values)


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(30000, 1001), Fraction(25), Fraction(24), Fraction(24000, 1001), Fraction(60), Fraction(60000, 1001)])
def test_our_csv_comes_back(rate: Fraction, tmp_path: Path):
    clip = moving(frames=200, rate=rate)
    write_csv(tmp_path / "a.csv", clip)
    found = read_motion(tmp_path / "a.csv")
    assert found.clip.rate == rate and len(found.clip) == 200 and found.notices == ()
    names = (*ARKIT, *HEAD[:3])
    assert set(found.clip.names) == set(names) and np.abs(found.clip.select(names) - clip.select(names)).max() < 1e-5


# Live Link Face.


HEADER = "Timecode,BlendShapeCount,JawOpen,EyeBlinkLeft,HeadYaw,HeadPitch,HeadRoll"


def recording(path: Path, rows: list[str], header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_a_recording_of_the_app_in_which_frames_are_lost(tmp_path: Path):
    # From 14:53:58 on at 60 a second: the app's clock runs, two frames are lost, in one it sees no face.
    rows = [f"14:53:{58 + f // 60:02d}:{f % 60:02d}.481,61,{f / 200:.4f},0,0.1,0.2,-0.1" for f in range(130) if f not in (70, 71)]
    rows[100] = rows[100].split(",")[0] + ",0,,,,,"
    found = read_motion(recording(tmp_path / "a.csv", rows))
    assert found.clip.rate == 60 and len(found.clip) == 130
    assert found.clip.channel("jawOpen") == pytest.approx(np.arange(130) / 200, abs=1e-5)
    assert any("1 frames without a face" in n for n in found.notices) and any("3 frames that the recording lost" in n for n in found.notices)
    assert found.clip.channel("headRotX")[0] != 0


def test_head_angles_become_the_rotation_vector_and_back(tmp_path: Path):
    rows = [f"00:00:0{f // 30}:{f % 30:02d}.000,61,0,0,0.4,0,0" for f in range(40)]
    clip = read_motion(recording(tmp_path / "a.csv", rows)).clip
    assert clip.channel("headRotY") == pytest.approx(0.4, abs=1e-6) and clip.channel("headRotX") == pytest.approx(0.0, abs=1e-6)


def test_head_angles_in_degrees_are_told(tmp_path: Path):
    rows = [f"00:00:0{f // 30}:{f % 30:02d}.000,61,0,0,{f},0,0" for f in range(40)]
    found = read_motion(recording(tmp_path / "a.csv", rows))
    assert found.clip.channel("headRotY")[30] == pytest.approx(np.radians(30), abs=1e-6) and "degrees" in found.notices[0]


def test_a_clock_that_runs_a_thousandth_fast_keeps_its_times(tmp_path: Path):
    """As recordings at 29.97 a second write it: frames of 1/30 s, each row 1.001 of them."""
    rows = []
    for row in range(2400):
        whole, thousandths = divmod(row * 1001, 1000)
        code = f"00:{whole // 1800:02d}:{whole // 30 % 60:02d}:{whole % 30:02d}.{thousandths:03d}"
        rows.append(f"{code},51,{row / 4000:.6f},0,0,0,0")
    clip = read_motion(recording(tmp_path / "a.csv", rows)).clip
    assert clip.rate == 30 and clip.duration_s == pytest.approx(2400 * 1.001 / 30, abs=0.05)
    assert clip.channel("jawOpen")[-1] == pytest.approx(2399 / 4000, abs=1e-4)


@pytest.mark.parametrize(("name", "scale", "rate"), [("frame", 1.0, 30), ("timestamp_ms", 1000 / 60, 60), ("time_s", 1 / 24, 24)])
def test_other_clocks(name: str, scale: float, rate: int, tmp_path: Path):
    rows = [f"{f * scale:.4f},{f / 100}" for f in range(50)]
    found = read_motion(recording(tmp_path / "a.csv", rows, f"{name},jawOpen"))
    assert found.clip.rate == rate and len(found.clip) == 50 and bool(found.notices) == (name == "frame")


def test_a_recording_past_midnight(tmp_path: Path):
    rows = ["23:59:59:28.000,61,0.1,0,0,0,0", "23:59:59:29.000,61,0.2,0,0,0,0", "00:00:00:00.000,61,0.3,0,0,0,0", "00:00:00:01.000,61,0.4,0,0,0,0"]
    clip = read_motion(recording(tmp_path / "a.csv", rows)).clip
    assert len(clip) == 4 and clip.channel("jawOpen") == pytest.approx([0.1, 0.2, 0.3, 0.4])


def test_any_table_with_times_and_arkits_names(tmp_path: Path):
    rows = [f"{f / 25:.4f},{f},0.5" for f in range(50)]
    found = read_motion(recording(tmp_path / "a.csv", rows, "time,Jaw_Open,other"))
    assert found.clip.rate == 25 and found.clip.names == ("jawOpen",) and found.notices[0].startswith("not on our face and left out: other")
    assert found.clip.channel("jawOpen")[49] == pytest.approx(0.49), "49 is per cent"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"), ("a,b,c\n1,2,3\n", "no column of times"), (HEADER + "\n", "no frame"), (HEADER + "\n00:00:00:00.0,61,0.1\n", "columns"),
        (HEADER + "\n00:00:00:00.0,61,x,0,0,0,0\n", "no number"), (HEADER + "\nyesterday,61,0,0,0,0,0\n", "no number"),
        (HEADER + "\n00:00:09:00.0,61,0,0,0,0,0\n00:00:02:00.0,61,0,0,0,0,0\n", "jump at row 3"),
        (HEADER + "\n00:00:00:00.0,61,0,0,0,0,0\n09:00:00:00.0,61,0,0,0,0,0\n", "jump at row 3"),
        (HEADER + "\n00:00:00:00.0,61,nan,nan,0,0,0\n00:00:00:01.0,61,nan,0,0,0,0\n", "no number in"),
        ("time,what,ever\n0,1,2\n1,2,3\n", "drives nothing of the face"), ("time,jawOpen\n0,1\n0,1\n", "do not rise"),
        ("x" * 100_000, "no row of a table"), ("a\0b\n", "no row of a table"), ("1,2,3\n4,5,6\n", "names its columns"),
    ],
)  # fmt: skip
def test_broken_tables_are_refused_in_words(text: str, says: str, tmp_path: Path):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(InvalidInput, match=says):
        read_motion(tmp_path / "a.csv")


# NPZ.


def test_a_plain_npz_of_others(tmp_path: Path):
    path = saved_npz(tmp_path / "a.npz", values=np.full((10, 2), 0.5), names=np.array(["Jaw_Open", "what"]), fps=24)
    found = read_motion(path)
    assert found.clip.rate == 24 and found.clip.names == ("jawOpen",) and found.notices == ("not on our face and left out: what",)


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        ({}, "holds no arrays named"),
        ({"channels": np.zeros((3, 2)), "channel_names": np.array(["jawOpen"]), "fps": 30}, "must be numbers"),
        ({"channels": np.zeros((0, 1)), "channel_names": np.array(["jawOpen"]), "fps": 30}, "must be numbers"),
        ({"channels": np.array([["a"]]), "channel_names": np.array(["jawOpen"]), "fps": 30}, "must be numbers"),
        ({"channels": np.zeros((3, 1)), "channel_names": np.array(["jawOpen"])}, "no frame rate"),
        ({"channels": np.zeros((3, 1)), "channel_names": np.array(["jawOpen"]), "fps": 0}, "no frame rate"),
        ({"channels": np.zeros((3, 1)), "channel_names": np.array(["jawOpen"]), "fps": [1, 2]}, "no number"),
        ({"channels": np.full((3, 1), np.nan), "channel_names": np.array(["jawOpen"]), "fps": 30}, "no number in 3 of 3"),
        ({"channels": np.array([object()]), "channel_names": np.array(["jawOpen"]), "fps": 30}, "cannot be read"),
    ],
)
def test_broken_npz_are_refused_in_words(arrays: dict[str, object], says: str, tmp_path: Path):
    with pytest.raises(InvalidInput, match=says):
        read_motion(saved_npz(tmp_path / "a.npz", **arrays))


def test_a_zip_bomb_and_a_lying_header_are_not_unpacked(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("channels.npy", "w", force_zip64=True) as file:
        for _ in range(650):
            file.write(bytes(1 << 20))
    assert (tmp_path / "bomb.npz").stat().st_size < 2 << 20
    with pytest.raises(InvalidInput, match="unpacks to 650 MB"):
        read_motion(tmp_path / "bomb.npz")
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (10**12, 52)})
    with zipfile.ZipFile(tmp_path / "liar.npz", "w") as archive:
        archive.writestr("channels.npy", header.getvalue())
        archive.writestr("channel_names.npy", header.getvalue())
    with pytest.raises(InvalidInput, match="it claims"):
        read_motion(tmp_path / "liar.npz")


@pytest.mark.parametrize("suffix", [".npz", ".glb", ".csv"])
def test_files_cut_off_or_shuffled_at_any_place_are_refused_or_read(suffix: str, tmp_path: Path):
    whole = tmp_path / f"whole{suffix}"
    if suffix == ".npz":
        write_npz(whole, moving(20), np.zeros(20, np.float32), np.zeros(0, PHONEME_DTYPE), 0, "performer", 0)
    elif suffix == ".csv":
        write_csv(whole, moving(20))
    else:
        write_glb(whole, np.arange(20) / 30, np.random.default_rng(1).random((20, 5)))
    data = whole.read_bytes()
    rng = np.random.default_rng(7)
    refused = 0
    for trial in range(60):
        broken = bytearray(data[: int(rng.integers(0, len(data)))]) if trial % 2 else bytearray(data)
        if trial % 2 == 0:
            for at in rng.integers(0, len(broken), 8):
                broken[at] = int(rng.integers(0, 256))
        path = tmp_path / f"broken{suffix}"
        path.write_bytes(bytes(broken))
        try:
            found = read_motion(path)
        except InvalidInput:
            refused += 1
        else:
            assert np.isfinite(found.clip.values).all()
    assert refused > 10


# GLB.


def test_linear_morphs(tmp_path: Path):
    values = np.random.default_rng(0).random((31, 5))
    found = read_motion(write_glb(tmp_path / "a.glb", np.arange(31) / 30, values))
    assert found.clip.rate == 30 and len(found.clip) == 31 and found.notices == ("not on our face and left out: wobble",)
    for column, channel in enumerate(("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "browInnerUp")):
        assert found.clip.channel(channel) == pytest.approx(values[:, column], abs=1e-6)


def test_sparse_keys_are_sampled_as_their_interpolation_says(tmp_path: Path):
    times, values = np.array([0.0, 0.5, 1.0]), np.array([[0.0], [1.0], [0.0]])
    linear = read_motion(write_glb(tmp_path / "a.glb", times, values, NAMES[:1])).clip
    step = read_motion(write_glb(tmp_path / "b.glb", times, values, NAMES[:1], interpolation="STEP")).clip
    assert linear.rate == step.rate == 24 and linear.channel("jawOpen")[6] == pytest.approx(0.5)
    assert step.channel("jawOpen")[11] == 0.0 and step.channel("jawOpen")[12] == 1.0 == step.channel("jawOpen")[23]
    cubic = np.array([[[0.0], [0.0], [2.0]], [[0.0], [1.0], [0.0]], [[-2.0], [0.0], [0.0]]])  # in-tangent, value, out-tangent
    curve = read_motion(write_glb(tmp_path / "c.glb", times, cubic, NAMES[:1], interpolation="CUBICSPLINE")).clip.channel("jawOpen")
    u = 6 / 12
    assert curve[6] == pytest.approx((u**3 - 2 * u**2 + u) * 0.5 * 2 + (3 * u**2 - 2 * u**3), abs=1e-6) and curve[12] == pytest.approx(1.0)


def test_normalised_integers_and_keys_off_any_frame(tmp_path: Path):
    found = read_motion(write_glb(tmp_path / "a.glb", np.array([0.0, 0.1234, 0.777]), np.array([[0], [255], [0]]), NAMES[:1], dtype="u1", normalized=True)).clip
    assert found.rate == 60 and found.channel("jawOpen").max() == pytest.approx(0.95, abs=0.06)


def test_the_animation_with_the_most_is_taken_and_bones_are_told(tmp_path: Path):
    def two(description: dict) -> None:
        first = description["animations"][0]
        bones = {"name": "walk", "samplers": first["samplers"], "channels": [{"sampler": 0, "target": {"node": 0, "path": "rotation"}}]}
        other = {**first, "name": "empty", "channels": [*first["channels"], {"sampler": 0, "target": {"node": 0, "path": "rotation"}}]}
        description["animations"] = [bones, other, first]

    found = read_motion(write_glb(tmp_path / "a.glb", np.arange(4) / 30, np.zeros((4, 5)), change=two))
    assert found.notices[:2] == ("of 2 animations 'empty' was taken", "movements of bones and nodes were left out")


def _set(*keys: object, value: object):
    def change(description: dict) -> None:
        at = description
        for key in keys[:-1]:
            at = at[key]
        at[keys[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set("animations", value=[]), "animates no morph targets"), (_set("animations", value=3), "no list of objects"),
        (_set("meshes", 0, "extras", value=None), "have no names"), (_set("meshes", 0, "extras", "targetNames", value=["a"] * 5), "drives nothing"),
        (_set("accessors", 1, "count", value=10**12), "claims"), (_set("accessors", 1, "count", value=-1), "claims"),
        (_set("accessors", 1, "count", value=19), "have 19 values"), (_set("accessors", 0, "count", value=10**7), "reaches past"),
        (_set("bufferViews", 1, "byteOffset", value=10**9), "reaches past"), (_set("bufferViews", 1, "byteStride", value=10**9), "reaches past"),
        (_set("bufferViews", 1, "byteLength", value="x"), "claims"), (_set("buffers", 0, "uri", value="file:///etc/passwd"), "another file"),
        (_set("accessors", 1, "sparse", value={}), "cannot be"), (_set("accessors", 1, "componentType", value=[1]), "cannot be"),
        (_set("animations", 0, "channels", 0, "target", "node", value=5), "refers to node"),
        (_set("animations", 0, "channels", 0, "sampler", value=5), "refers to sampler"),
        (_set("animations", 0, "samplers", 0, "interpolation", value="MAGIC"), "interpolation"),
        (_set("accessors", 0, "bufferView", value=1), "do not rise"), (_set("nodes", 0, "mesh", value=True), "refers to mesh"),
    ],
)  # fmt: skip
def test_hostile_glbs_are_refused_in_words(change, says: str, tmp_path: Path):
    with pytest.raises(InvalidInput, match=says):
        read_motion(write_glb(tmp_path / "a.glb", np.arange(4) / 30, np.full((4, 5), 0.5), change=change))


def test_other_files_are_refused_in_words(tmp_path: Path, monkeypatch):
    (tmp_path / "a.glb").write_bytes(b"hello world, this is text")
    with pytest.raises(InvalidInput, match="no binary glTF"):
        read_motion(tmp_path / "a.glb")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_motion(tmp_path / "not there.csv")
    with pytest.raises(InvalidInput, match=r"\.npz, \.csv, \.glb"):
        read_motion(tmp_path / "a.fbx")
    (tmp_path / "dir.npz").mkdir()
    with pytest.raises(InvalidInput):
        read_motion(tmp_path / "dir.npz")
    monkeypatch.setattr(imported, "LARGEST_FILE", 10)
    with pytest.raises(InvalidInput, match="more than"):
        read_motion(tmp_path / "a.glb")


def test_an_animation_of_a_year_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match="lasts"):
        read_motion(write_glb(tmp_path / "a.glb", np.array([0.0, 3e7]), np.zeros((2, 5))))


def test_values_outside_are_held_and_told_and_gaps_filled(tmp_path: Path):
    values = np.array([[0.1], [np.nan], [1.2], [-0.3], *[[0.5]] * 8])
    found = read_motion(saved_npz(tmp_path / "a.npz", values=values, names=np.array(["jawOpen"]), fps=30))
    assert found.clip.channel("jawOpen")[:4] == pytest.approx([0.1, 0.65, 1.0, 0.0])
    assert any("1 frames lacked" in n for n in found.notices) and any("held within what the face can do: jawOpen" in n for n in found.notices)


# Layers.


def test_motion_becomes_an_override_layer_within_the_tolerance():
    clip = moving(frames=300)
    layer = layer_of(ImportedMotion(clip), 2.0, "capture.csv", 0.01)
    assert isinstance(layer, Layer) and layer.mode == "override" and (layer.start_s, layer.end_s) == (2.0, 12.0) and layer.source == "capture.csv"
    keys = 0
    for name in CHANNELS:
        curve = layer.curves.get(name, Curve())
        error = np.abs(curve.evaluate(clip.times_s + 2.0) - clip.channel(name)).max()
        assert error <= (1.0 if name.startswith("headPos") else 0.01) + 1e-6
        keys += len(curve.keys)
    assert keys < 0.5 * clip.values.size


def test_more_keys_than_one_can_edit_are_refused_and_thinning_can_be_cancelled(monkeypatch):
    noise = MotionClip(np.random.default_rng(0).random((400, len(CHANNELS))).astype(np.float32) * 0.9, Fraction(60))
    monkeypatch.setattr(imported, "MOST_KEYS", 1000)
    with pytest.raises(InvalidInput, match="more than 1,000 keys"):
        layer_of(ImportedMotion(noise), 0.0, "noise")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        layer_of(ImportedMotion(noise), 0.0, "noise", 0.01, job)


def test_long_motion_is_thinned_with_a_larger_error_and_that_is_told(monkeypatch):
    clip = moving(frames=600, rate=Fraction(60))
    fine = layer_of(ImportedMotion(clip), 0.0, "a", 0.01)
    coarse = layer_of(ImportedMotion(clip), 0.0, "a", 0.02)
    count = [sum(len(c.keys) for c in layer.curves.values()) for layer in (fine, coarse)]
    assert count[1] < count[0]
    layer, notices = fitted_layer(ImportedMotion(clip, ("read",)), 0.0, "a")
    assert layer.curves == fine.curves and notices == ("read",)
    monkeypatch.setattr(imported, "MOST_KEYS", count[1])
    layer, notices = fitted_layer(ImportedMotion(clip, ("read",)), 0.0, "a")
    assert layer.curves == coarse.curves and notices == ("read", "thinned to keys with errors up to 0.02, for its length")
    monkeypatch.setattr(imported, "MOST_KEYS", 3)
    with pytest.raises(InvalidInput, match="more than 3 keys"):
        fitted_layer(ImportedMotion(clip), 0.0, "a")
