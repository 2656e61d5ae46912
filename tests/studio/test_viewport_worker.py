"""What the viewport's thread draws: everybody in the document, on its stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage

from engine.core.person import Hair, Person
from engine.project.document import Character
from engine.project.stage import Background, Lens, Picture, Placement, Shot, Stage
from engine.render.camera import Camera
from studio.viewport.company import seen
from studio.viewport.quality import BEST, FULL, Fineness
from studio.viewport.worker import Request, Standing, _Artist

REST = np.zeros(63, np.float32)
DRAFT = Fineness(1.0, "draft")
FLAT = Stage(background=Background(kind="colour", colour=(0.2, 0.6, 0.2)))


@pytest.fixture(scope="module")
def artist() -> Iterator[_Artist]:
    made = _Artist(None)
    made._with(FULL.level, (120, 120))  # whose thread would count as left behind by the test that first wants it
    made.draw_best(request(), lambda: True)
    yield made
    made.close()


def request(**parts) -> Request:
    return Request(REST, Camera.of(Shot(distance=1.5)), (120, 120), **{"fineness": DRAFT, "stage": FLAT, **parts})


def pixels(image: QImage | None) -> np.ndarray:
    assert image is not None
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(int)


def test_everybody_is_in_the_picture_on_their_stage(artist):
    alone = pixels(artist.draw(request()).image)
    assert (alone[2, 2] == [51, 153, 51]).all()
    other = Standing(Person(hair=Hair(style="none")), REST, Placement(x=0.18))
    both = pixels(artist.draw(request(others=(other,), placement=Placement(x=-0.18))).image)
    assert (np.abs(both - [51, 153, 51]).max(-1) > 30).sum() > 1.3 * (np.abs(alone - [51, 153, 51]).max(-1) > 30).sum()


def test_handles_go_with_who_is_worked_on(artist):
    usual = artist.draw(request())
    moves = artist.moves["jawOpen"].copy()
    turned = artist.draw(request(placement=Placement(x=0.3, turn=90)))
    assert usual.places is not None and turned.places is not None
    x, y, z = usual.places.points.T
    assert turned.places.points == pytest.approx(np.stack([z + 0.3, y, -x], -1), abs=1e-4)
    assert artist.moves["jawOpen"] == pytest.approx(np.stack([moves[:, 2], moves[:, 1], -moves[:, 0]], -1), abs=1e-6)


def test_a_background_that_is_gone_is_told_and_the_rest_drawn(artist):
    gone = replace(FLAT, background=Background(kind="picture", picture=Picture("/nowhere/sky.png", "0" * 64)))
    picture = artist.draw(request(stage=gone))
    assert pixels(picture.image).std() > 10 and "sky.png" in picture.notices[0] and picture.request.stage is gone
    assert artist.draw(request()).notices == ()


def test_at_rest_it_is_drawn_once_more_as_finely_as_can_be(artist):
    full = request(fineness=FULL, stage=replace(FLAT, lens=Lens(depth_of_field=True)))
    assert artist.worth_more(full, 0.01) and not artist.worth_more(full, 100.0)
    assert not artist.worth_more(replace(full, fineness=DRAFT), 0.01) and not artist.worth_more(replace(full, count=3), 0.01)
    best = artist.draw_best(full, lambda: False)
    assert best is not None and best.request.fineness == BEST and best.notices == ()
    assert np.abs(pixels(best.image) - pixels(artist.draw(request()).image)).mean() < 12
    assert artist.draw_best(full, lambda: True) is None


def test_the_company_of_a_document():
    from engine.project.document import Settings, new_document

    document = new_document(Settings())
    first = document.characters[0]
    second = Character(id="second", name="Bo", avatar="ada", person=Person("Bo"), placement=Placement(x=0.4))
    document = replace(document, characters=(first, second), stage=FLAT)
    usual = seen(document, "", "")
    assert usual["person"].name == "Ada" and [o.person.name for o in usual["others"]] == ["Bo"] and usual["stage"] is FLAT
    turned = seen(document, "", "second")
    assert turned["person"].name == "Bo" and turned["placement"].x == 0.4 and turned["others"][0].person.name == "Ada"
    assert seen(replace(document, characters=()), "", "") == {"stage": FLAT}
