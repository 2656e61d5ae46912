"""Frames labelled by hand, and what a tracker's points are held against."""

import json

import numpy as np
import pytest

from engine.bench import face_labels
from engine.bench.face_labels import PARTS, distances, points_of, read_labels
from engine.core.errors import InvalidInput


def test_two_people_labelled_the_same_frames_of_held_out_clips_and_agree():
    found = read_labels()
    assert len(found) == 30 and len({(f.clip, f.frame) for f in found}) == 30
    pairs = [distances(f.first.points, f.second.points) for f in found]
    said = json.loads(face_labels.FILE.read_text(encoding="utf-8"))["repeatability_px"]
    for part, names in PARTS.items():
        assert np.mean([pair[name] for pair in pairs for name in names]) == pytest.approx(said[part], abs=1e-3)
        assert said[part] < 1.3  # of eyes 44 pixels apart
    assert all(38 < f.eye_distance < 50 for f in found)
    assert sum(f.lips_closed is None for f in found) <= 2 and 8 <= sum(f.lips_closed is True for f in found) <= 22


def test_the_labelled_clips_are_held_out(shared_data):
    names = sorted(path.stem for path in (shared_data / "video" / "grid_s1").glob("*.align"))
    assert {f.clip for f in read_labels()} <= set(names[6::7])


def test_lids_and_outline_are_read_where_people_were_asked_to_label_them():
    mesh = np.zeros((468, 3))
    mesh[[61, 291, 13, 14], :2] = (40, 80), (60, 80), (50, 78), (50, 84)
    for x0, side in ((20, "right"), (60, "left")):
        outer, inner = (x0, x0 + 20) if side == "right" else (x0 + 20, x0)
        for edge, dy in (("upper", -4.0), ("lower", 3.0)):
            ring = list(face_labels._LIDS[side][edge])
            x = np.linspace(outer, inner, len(ring))
            mesh[ring, 0], mesh[ring, 1] = x, 40 + dy * (1 - ((x - x0 - 10) / 10) ** 2)
        outline = list(face_labels._OUTLINE[side])
        mesh[outline, 1] = np.linspace(20, 120, len(outline))
        mesh[outline, 0] = 10 if side == "right" else 90
        for k, pair in enumerate(face_labels._BROW[side]):
            x = outer + (inner - outer) * (0.0, 0.1, 0.2, 0.3, 1.0)[k]
            mesh[list(pair), :2] = ((x, 28), (x, 32))
    got = points_of(mesh)
    # Eyes are 40 apart, so the lids' edges are looked for 0.56 above and 1.96 below the mesh's.
    assert got["lid_upper_right"] == pytest.approx((30, 35.44)) and got["lid_lower_left"] == pytest.approx((70, 44.96))
    assert got["jaw_right"] == pytest.approx((10, 80)) and got["jaw_left"] == pytest.approx((90, 80))
    assert got["brow_middle_left"] == pytest.approx((70, 30)) and got["mouth_corner_left"] == pytest.approx((60, 80))
    asked = points_of(mesh, {**got, "lid_upper_right": np.array([25.0, 0.0]), "jaw_left": np.array([0.0, 100.0])})
    assert asked["lid_upper_right"] == pytest.approx((25, 36.5), abs=0.3) and asked["jaw_left"] == pytest.approx((90, 100))
    off = distances(got, {**got, "jaw_left": got["jaw_left"] + (3, 50), "chin": got["chin"] + (3, 4), "lid_upper_left": got["lid_upper_left"] + (9, 2)})
    assert off["jaw_left"] == 3 and off["chin"] == 5 and off["lip_upper"] == 0 and off["lid_upper_left"] == 2


def test_labels_that_are_not_there_are_said(tmp_path):
    with pytest.raises(InvalidInput, match="no labelled frames"):
        read_labels(tmp_path / "labels.json")
