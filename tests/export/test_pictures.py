"""Films of documents: everybody in them, on their stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.core.person import Clothing, Person
from engine.export import pictures
from engine.export.outputs import Request, write_files
from engine.pipeline import LinePipeline, analysed, typed_line, with_line
from engine.project.document import Character, Document, Settings, new_document, new_id
from engine.project.stage import Background, Placement, Shot, Stage
from engine.render.camera import Camera
from engine.scene import scene

SIZE = 96
SPAN = (0.2, 0.36)  # 4 frames at 25


@pytest.fixture(scope="module")
def spoken() -> Document:
    """One line of Ada's, small pictures."""
    work = LinePipeline()
    line = typed_line("Papa.")
    return analysed(work, with_line(new_document(Settings(rate=Fraction(25), width=SIZE, height=SIZE)), line), line.id)


@pytest.fixture(scope="module")
def work() -> LinePipeline:
    return LinePipeline()


def on(document: Document, **stage: object) -> Document:
    return replace(document, stage=replace(document.stage, **stage))


def drawn(document: Document, work: LinePipeline, span_s: tuple[float, float] = SPAN, **more: object) -> NDArray[np.uint8]:
    found = scene(document, work, span_s)
    return np.stack(list(pictures.frames(document, found, "draft", **more)))  # type: ignore[arg-type]


def shown(path: Path) -> Iterator[NDArray[np.uint8]]:
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            yield frame.to_ndarray(format="rgba")


def test_who_says_nothing_is_seen_too_where_they_stand(spoken: Document, work: LinePipeline) -> None:
    wide = on(spoken, shot=Shot(distance=2.0), background=Background("colour", (0.0, 0.0, 0.0)))
    alone = drawn(wide, work)
    other = Character(new_id(), "Bo", person=Person("Bo", clothing=Clothing(colour=(0.8, 0.1, 0.1))), placement=Placement(x=0.28))
    both = drawn(replace(wide, characters=(replace(wide.characters[0], placement=Placement(x=-0.28)), other)), work)
    third = SIZE // 3
    lit = [(film[0].astype(int).sum(-1) > 30) for film in (alone, both)]
    assert lit[0][:, third:-third].mean() > 0.3 and lit[0][:, :8].mean() < 0.05
    assert lit[1][:, :third].mean() > 0.2 and lit[1][:, -third:].mean() > 0.2
    red = both[0, -14:, -third:, 0].astype(int) - both[0, -14:, -third:, 1]
    assert red.max() > 40  # his own clothes
    assert np.abs(both[-1].astype(int) - both[0])[:, -third:].max() > 0 or np.abs(both[-1].astype(int) - both[0]).max() > 0


def test_the_camera_follows_its_keys_in_the_scenes_own_time(spoken: Document, work: LinePipeline) -> None:
    turning = on(spoken, camera={"yaw": Curve((Key(0.0, -40.0), Key(1.0, 40.0)))})
    film = drawn(turning, work)
    for number in (0, 3):
        yaw = float(turning.stage.camera["yaw"].evaluate(SPAN[0] + number / 25))
        still = drawn(on(spoken, shot=Shot(yaw=yaw)), work)[number]
        assert np.array_equal(film[number], still)
    later = drawn(turning, work, stage_s=0.5)
    yaw = float(turning.stage.camera["yaw"].evaluate(SPAN[0] + 0.5))
    assert np.array_equal(later[0], drawn(on(spoken, shot=Shot(yaw=yaw)), work)[0])
    fixed = drawn(turning, work, camera=Camera.front())
    assert np.array_equal(fixed[0], drawn(on(spoken, shot=Shot()), work)[0])


def test_a_transparent_background_is_kept_by_mov_and_png_and_drawn_by_mp4(spoken: Document, work: LinePipeline, tmp_path: Path) -> None:
    clear = on(spoken, background=Background("transparent"))
    done = write_files(Request(clear, work, "draft", SPAN), [tmp_path / "a.mov", tmp_path / "a.png", tmp_path / "a.mp4"])
    mov = next(shown(tmp_path / "a.mov"))
    png = next(shown(tmp_path / "a.00000.png"))
    for picture in (mov, png):
        assert picture[:8, :8, 3].max() == 0 and picture[SIZE // 2, SIZE // 2, 3] == 255
    assert np.abs(mov[..., 3].astype(int) - png[..., 3]).max() <= 1  # 12 bits rounded to 8
    firm = png[..., 3] == 255
    assert np.abs(mov[..., :3].astype(int) - png[..., :3])[firm].mean() < 3
    assert next(shown(tmp_path / "a.mp4"))[:8, :8, :3].mean() > 20
    assert [n for n in done.notices if "MP4 holds no transparency" in n]
    opaque = write_files(Request(spoken, work, "draft", SPAN), [tmp_path / "b.mov"])
    assert not [n for n in opaque.notices if "transparency" in n]
    with av.open(str(tmp_path / "b.mov")) as film:
        assert "yuva" not in str(film.streams.video[0].codec_context.pix_fmt)


@pytest.mark.parametrize("suffix", [".mov", ".mp4"])
def test_the_same_document_gives_the_same_bytes(suffix: str, spoken: Document, tmp_path: Path) -> None:
    clear = on(spoken, background=Background("transparent"))
    for name in "ab":
        write_files(Request(clear, LinePipeline(), "draft", SPAN), [tmp_path / f"{name}{suffix}"])
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_an_avatar_that_is_not_known_is_said_and_an_unknown_level_refused(spoken: Document, work: LinePipeline, tmp_path: Path) -> None:
    lost = spoken.with_character(replace(spoken.characters[0], avatar="somebody-else"))
    done = write_files(Request(lost, work, "draft", SPAN), [tmp_path / "a.png"])
    assert [n for n in done.notices if "somebody-else" in n and "shown as Ada" in n]
    with pytest.raises(InvalidInput, match="the level 'best' is not known"):
        write_files(Request(spoken, work, "best", SPAN), [tmp_path / "b.png"])
    assert not list(tmp_path.glob("b*"))


def test_the_stage_without_alpha_shows_a_gradient() -> None:
    stage = Stage(background=Background("transparent", (0.1, 0.2, 0.3)))
    assert pictures.without_alpha(stage).background == Background("gradient", (0.1, 0.2, 0.3))
    assert pictures.without_alpha(Stage()) == Stage()
