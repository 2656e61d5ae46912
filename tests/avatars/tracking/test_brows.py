"""Brows drawn with a known place are found there; what does not stand out is left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.avatars.tracking.brows import PAIRS, Brows, BrowWatcher

EYES = 80.0  # pixels apart
LENGTH = 60.0  # of the mesh's brow
TOP, SKIN = 90.0, 190.0  # height of the mesh's brows; light of the skin


def mesh() -> NDArray[np.float32]:
    """A face seen from the front: eyes, the point under the nose, and straight brows; the character's left is the picture's right."""
    points = np.zeros((468, 3), np.float32)
    for side, sign in ((0, 1.0), (1, -1.0)):
        middle = 160.0 + sign * EYES / 2
        for at, off in zip(((263, 362), (33, 133))[side], (12.0, -12.0), strict=True):
            points[at] = (middle + sign * off, 120.0, 0.0)
        for column, pair in enumerate(PAIRS[side]):
            x = 160.0 + sign * (15.0 + LENGTH * (1.0 - column / 4))
            points[pair[0]], points[pair[1]] = (x, TOP - 3.0, 0.0), (x, TOP + 3.0, 0.0)
    points[2] = (160.0, 160.0, 0.0)
    return points


def face(outer: float = 0.0, inner: float = 0.88, down_px: float = 3.0, contrast: float = 0.4, long: float = 1.0) -> NDArray[np.uint8]:
    """A picture with hair from `outer` to `inner` of the mesh's brows, so far below them."""
    light = np.full((240, 320), SKIN)
    y, x = np.mgrid[:240, :320] + 0.5
    for sign in (1.0, -1.0):
        away = (x - 160.0) * sign
        share = 1.0 - (away - 15.0) / LENGTH
        inside = np.clip((share - outer) * LENGTH + 0.5, 0, 1) * np.clip((inner - share) * LENGTH + 0.5, 0, 1) * (np.abs(y - TOP - down_px) < 4.0 * long)
        light *= 1.0 - contrast * inside
    return np.repeat(light[..., None], 3, 2).astype(np.uint8)


def found(picture: NDArray[np.uint8], frames: int = 60) -> Brows | None:
    """What a watcher finds that sees one picture so often, each time with noise of its own."""
    watcher, random = BrowWatcher(), np.random.default_rng(3)
    for _ in range(frames):
        watcher.add(np.clip(picture + random.normal(0, 4, picture.shape), 0, 255).astype(np.uint8), mesh())
    return watcher.found(mesh()[None])


@pytest.mark.parametrize("inner", [0.82, 0.9, 1.1])
def test_inner_end_and_height_are_found(inner: float) -> None:
    """The mesh's inner ends and heights go where hair was drawn, within a pixel and a half of 80 between the eyes."""
    brows = found(face(inner=inner))
    assert brows is not None
    moved = brows.moved(mesh()[None])[0]
    for side, sign in ((0, 1.0), (1, -1.0)):
        line = moved[np.array(PAIRS[side])].mean(1)
        assert line[-1, 0] == pytest.approx(160.0 + sign * (15.0 + LENGTH * (1.0 - inner)), abs=1.5)
        assert line[:, 1] == pytest.approx(TOP + 3.0, abs=1.0)


def test_only_brows_move_and_turn_with_the_face() -> None:
    """A face turned and twice as large has its brows moved the same way; all else, and lost frames, stay."""
    brows = found(face())
    assert brows is not None
    still = mesh()
    angle = 0.4
    turn = np.array([[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]], np.float32)
    both = brows.moved(np.stack([still, 2 * still @ turn, np.full_like(still, np.nan)]))
    assert both[1] == pytest.approx(2 * both[0] @ turn, abs=1e-2)
    others = np.setdiff1d(np.arange(468), np.array(PAIRS))
    assert (both[0, others] == still[others]).all()
    assert np.isnan(both[2]).all()


@pytest.mark.parametrize(
    "picture",
    [face(contrast=0.05), face(outer=-1.0, inner=2.0, contrast=0.5), face(inner=0.5), face(long=6.0)],
    ids=["light hair", "a rim without an end", "half a brow", "a fringe"],
)
def test_what_does_not_stand_out_is_refused(picture: NDArray[np.uint8]) -> None:
    """Nothing is moved where the hair's ends cannot be told."""
    assert found(picture) is None


def test_few_small_or_turned_faces_are_passed_over() -> None:
    """A handful of pictures, a tiny face and one seen from the side tell nothing."""
    assert found(face(), frames=6) is None
    for points in (mesh() * np.float32(0.25), mesh() + np.eye(468, 1, -2, dtype=np.float32) * np.array([40, 0, 0], np.float32)):
        watcher = BrowWatcher()
        for _ in range(60):
            watcher.add(face(), points)
        assert watcher.count == 0


def test_kept_and_read_back(tmp_path: Path) -> None:
    """What was found is read back as it was; a damaged file and none are no brows."""
    brows, path = found(face()), tmp_path / "brows.npz"
    assert brows is not None
    assert Brows.load(path) is None
    brows.save(path)
    again = Brows.load(path)
    assert again is not None
    assert (again.along == brows.along).all()
    assert (again.down == brows.down).all()
    path.write_bytes(path.read_bytes()[:40])
    assert Brows.load(path) is None
