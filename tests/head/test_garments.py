from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.core.person import CLOTHING_STYLES, Person
from engine.head import ada, garments
from engine.head.ada import HeadAsset
from engine.head.garments import Garment
from engine.head.look import load as load_look
from engine.head.rig import HeadRig
from engine.head.shape import head_of

WORN = tuple(style for style in CLOTHING_STYLES if style != "none")
BODIES = ({}, {"weight": -1.0}, {"sex": 1.0, "weight": 1.0}, {"age": 1.0}, {"sex": 1.0, "muscle": 1.0})


def _heads() -> list[HeadAsset]:
    return [head_of(Person(shape=dict(shape))) for shape in BODIES]


def _poses(head: HeadAsset) -> NDArray[np.float32]:
    """At rest, breathing in, head turned, nodding, tilted."""
    values = np.zeros((5, len(CHANNELS)), np.float32)
    for row, (name, value) in enumerate((("breath", 1.0), ("headRotY", 0.6), ("headRotX", 0.35), ("headRotZ", -0.3)), 1):
        values[row, INDEX[name]] = value
    return HeadRig(head).pose(values).numpy()


def _shell(garment: Garment) -> NDArray[np.bool_]:
    """Points of the garment's body, without collars, hoods and what hangs."""
    return (garment.kind == garments.BODY) & (garment.stiff == 0.0)


def _through_mm(garment: Garment, head: HeadAsset, vertices: NDArray[np.float32]) -> NDArray[np.float64]:
    """How far skin that may be drawn comes through the cloth, at the cloth's outer points under which it lies."""
    points, normals = garment.on(head).posed(vertices)
    own = _shell(garment) & (garment.edge > 14.0) & (garment.low < -0.012)
    skin = vertices[head.span("skin")]
    return 1000 * _heights(skin[skin[:, 1] < head.joints["neck"][1] - 0.02], points[own], normals[own])


def _heights(skin: NDArray[np.float32], points: NDArray[np.float32], normals: NDArray[np.float32]) -> NDArray[np.float64]:
    """How far skin lies outside the cloth, metres, where some cloth is square above or below it."""
    _, near = cKDTree(points).query(skin)
    toward = skin - points[near]
    height = (toward * normals[near]).sum(1)
    aside = np.linalg.norm(toward - height[:, None] * normals[near], axis=1)
    return height[(aside < 0.005) & (np.abs(height) < 0.03)]


@pytest.mark.parametrize("style", WORN)
def test_no_skin_comes_through_on_any_body_in_any_pose(style: str) -> None:
    garment = garments.load(style)
    for head in _heads():
        for vertices in _poses(head):
            through = _through_mm(garment, head, vertices)
            assert len(through) > 50 and through.max() < 0.5, f"{through.max():.1f} mm"


@pytest.mark.parametrize("style", CLOTHING_STYLES)
def test_it_is_whole_and_sound(style: str) -> None:
    garment = garments.load(style)
    head = ada.load()
    points, normals = garment.on(head).posed(head.vertices)
    assert np.isfinite(points).all() and garment.triangles.max() < len(points) <= 20000
    assert np.abs(np.linalg.norm(normals, axis=1) - 1).max() < 1e-3
    faces = garment.triangles.astype(int)
    flat = np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
    agree = (flat * normals[faces].mean(1)).sum(1)
    assert (agree >= -1e-9).mean() > 0.97  # normals are those of the triangles' front
    assert garment.light[:, 9].min() >= 0 and garment.light[:, 9].max() <= 1.001


def test_the_bust_is_closed_far_below_its_mesh() -> None:
    """A wide shot shows what fades, never an edge of the mesh."""
    for style in CLOTHING_STYLES:
        garment = garments.load(style)
        assert garment.low.max() == pytest.approx(0.26, abs=1e-3)


def test_what_is_under_a_garment_is_not_drawn_and_the_face_always_is() -> None:
    look = load_look()
    head = ada.load()
    counts = {}
    for style in CLOTHING_STYLES:
        shown = garments.bare(look, style)
        counts[style] = sum(len(faces) for faces in shown.values())
        hidden = garments.load(style).hidden
        assert not hidden[head.vertices[:, 1] > -0.09].any()
    assert counts["none"] > counts["vneck"] > counts["crew"] > 0
    assert counts["turtleneck"] < counts["crew"]


def test_hidden_skin_lies_inside_the_cloth() -> None:
    head = ada.load()
    for style in WORN:
        garment = garments.load(style)
        points, normals = garment.on(head).posed(head.vertices)
        heights = _heights(head.vertices[garment.hidden], points[_shell(garment)], normals[_shell(garment)])
        assert len(heights) > 50 and heights.max() < 0.0005, style


def test_it_moves_with_the_breath_and_collars_lag_behind_the_neck() -> None:
    head = ada.load()
    rest, breath, turned = _poses(head)[:3]
    worn = garments.load("shirt").on(head)
    at_rest, _ = worn.posed(rest)
    breathed, _ = worn.posed(breath)
    moved = np.linalg.norm(breathed - at_rest, axis=1)
    skin = np.linalg.norm(breath - rest, axis=1)[head.span("skin")]
    assert 0.5 * skin[head.vertices[head.span("skin")][:, 1] < -0.2].max() < moved.max() < 1.3 * skin.max()
    by_neck = np.linalg.norm(worn.posed(turned)[0] - at_rest, axis=1)
    garment = garments.load("shirt")
    free = np.linalg.norm(replace(garment, stiff=np.zeros_like(garment.stiff)).on(head).posed(turned)[0] - at_rest, axis=1)
    stiff = garment.stiff > 0.3
    assert stiff.any() and by_neck[stiff].mean() < 0.8 * free[stiff].mean()
    assert by_neck[garment.low > 0].max() < 1e-4  # the chest stays where it is


def test_the_cloth_lies_closer_than_it_is_thick_on_ada() -> None:
    """The T-shirt's body is a few millimetres off the skin, not a balloon."""
    head = ada.load()
    garment = garments.load("crew")
    points, normals = garment.on(head).posed(head.vertices)
    body = _shell(garment) & (garment.low < -0.02)
    skin = head.vertices[head.span("skin")]
    _, near = cKDTree(skin).query(points[body])
    off = ((points[body] - skin[near]) * normals[body]).sum(1)
    assert 0.003 < np.median(off) < 0.010 and off.max() < 0.022


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'toga' is not known; use one of none, crew"):
        garments.load("toga")
    with pytest.raises(InvalidInput, match="topology"):
        garments.load("crew").on(replace(ada.load(), vertices=np.zeros((3, 3), np.float32)))
