import itertools
import json
import os
import subprocess
import sys
import threading

import numpy as np
import pytest

from engine.core.errors import Cancelled, EngineError, InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.person import Person
from engine.head import ada
from engine.render import egl
from engine.render import offscreen as module
from engine.render.actor import Actor, View
from engine.render.camera import Camera
from engine.render.offscreen import LARGEST, Offscreen, Role, render_frames, still

FACE = Camera(distance_m=0.62, target=(0.0, -0.01, 0.0))
MOUTH = Camera(distance_m=0.24, target=(0.0, -0.062, 0.02))


def frames_of(motion: np.ndarray, size: tuple[int, int], job: Job = SILENT):
    """Pictures of Ada."""
    return render_frames([Role(Actor.of(Person()), motion)], lambda frame: View(Camera()), size, job, "draft")


def changed(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Mean column and row of what differs, as shares of the picture."""
    rows, columns = np.nonzero(np.abs(a.astype(int) - b).max(-1) > 24)
    assert len(rows) > 20, "nothing changed"
    return columns.mean() / a.shape[1], rows.mean() / a.shape[0]


def test_picture_is_bytes_top_row_first_and_shows_a_face_on_a_plain_ground(offscreen, posed):
    picture = offscreen.render(posed(), Camera())
    assert picture.shape == (192, 192, 3) and picture.dtype == np.uint8 and picture.flags["C_CONTIGUOUS"]
    red, green, blue = picture[100, 80].astype(int)  # a cheek
    assert red > green > blue and red > 110
    corner = picture[3, 3].astype(int)
    assert corner.max() - corner.min() < 12, "the ground is grey"
    hair, top = picture[28, 96].astype(int), picture[185, 96].astype(int)
    assert hair.max() < 110 and top[2] > top[0], "hair above, the blue-green top below"


def test_the_characters_left_is_on_the_right_of_the_picture(offscreen, posed):
    vertices = posed()
    moved = vertices.copy()
    moved[(ada.load().masks["ears"] > 0.5) & (vertices[:, 0] > 0), 0] += 0.03
    column, _ = changed(offscreen.render(vertices, Camera()), offscreen.render(moved, Camera()))
    assert column > 0.6


def test_up_is_up(offscreen, posed):
    vertices = posed()
    moved = vertices.copy()
    moved[ada.load().masks["brows"] > 0.5, 1] += 0.02
    _, row = changed(offscreen.render(vertices, Camera()), offscreen.render(moved, Camera()))
    assert row < 0.45


def test_the_same_frame_gives_the_same_bytes_from_any_context(offscreen, posed):
    vertices = posed(jawOpen=0.3)
    first = offscreen.render(vertices, Camera())
    offscreen.render(posed(headRotY=0.4), Camera.profile())
    assert np.array_equal(first, offscreen.render(vertices, Camera()))
    with Offscreen(192, 192) as other:
        assert np.array_equal(first, other.render(vertices, Camera()))


def test_contexts_used_in_turn_do_not_disturb_one_another(posed):
    vertices = posed()
    with Offscreen(96, 64) as one, Offscreen(64, 128) as two:
        alone = one.render(vertices, Camera()), two.render(vertices, Camera.profile())
        for _ in range(2):
            assert np.array_equal(one.render(vertices, Camera()), alone[0])
            assert np.array_equal(two.render(vertices, Camera.profile()), alone[1])


@pytest.mark.parametrize("size", [(16, 16), (333, 77), (270, 480), (640, 360)])
def test_any_size_is_drawn(size, posed):
    with Offscreen(*size) as made:
        picture = made.render(posed(), Camera())
    assert picture.shape == (size[1], size[0], 3) and picture.std() > 10


def test_resizing_equals_making_anew(posed):
    with Offscreen(64, 64) as made:
        made.resize(160, 90)
        resized = made.render(posed(), Camera())
    with Offscreen(160, 90) as fresh:
        assert np.array_equal(resized, fresh.render(posed(), Camera()))


@pytest.mark.parametrize("size", [(0, 64), (64, -3), (64, LARGEST + 1)])
def test_impossible_sizes_are_refused(size):
    with pytest.raises(InvalidInput, match="pixels; give 16 to"):
        Offscreen(*size)
    with pytest.raises(InvalidInput, match="pixels; give 16 to"):
        frames_of(np.zeros((1, 63), np.float32), size)


def test_views_differ_as_they_should(offscreen, posed):
    vertices = posed()
    left, right = offscreen.render(vertices, Camera.profile()), offscreen.render(vertices, Camera.profile(left=False))
    skin = lambda p: np.nonzero((p[30:130, :, 0].astype(int) - p[30:130, :, 2] > 40) & (p[30:130, :, 0] > 120))[1].mean()  # noqa: E731
    assert skin(left) < 96 < skin(right), "the face looks to the left of the left profile"
    near = offscreen.render(vertices, Camera().dollied(0.4))
    assert np.abs(near.astype(int) - offscreen.render(vertices, Camera())).mean() > 20


def test_closed_lips_hide_the_teeth_and_an_open_jaw_shows_them_before_a_dark_mouth(offscreen, posed):
    pictures, seen = [], []
    for vertices in (posed(), posed(jawOpen=0.5, mouthUpperUp=0.4)):
        without = vertices.copy()
        for part in ("teeth_upper", "teeth_lower", "tongue"):
            without[ada.load().span(part), 2] -= 0.004
        pictures.append(offscreen.render(vertices, MOUTH))
        seen.append((np.abs(pictures[-1].astype(int) - offscreen.render(without, MOUTH)).max(-1) > 3).sum())
    shut, opened = pictures
    assert seen[0] <= 3 and seen[1] > 200  # moved upper teeth move what is known of the head a little
    middle = (slice(80, 130), slice(70, 122))
    assert opened[middle].mean(-1).min() < 0.6 * shut[middle].mean(-1).mean(), "it is dark in there"


def test_blinking_hides_the_eye_and_looking_aside_moves_the_iris(offscreen, posed):
    eye = Camera(distance_m=0.17, target=(0.0285, 0.0, 0.015))
    pictures = [offscreen.render(posed(**k), eye)[60:130, 40:150].astype(int) for k in ({}, {"eyeBlink": 1.0}, {"eyeLookOutLeft": 1.0})]
    white = [int(((p.min(-1) > 105) & (p.max(-1) - p.min(-1) < 60)).sum()) for p in pictures]
    assert white[0] > 300 and white[1] < 0.1 * white[0]
    dark = [np.nonzero(p.max(-1) < 45)[1] for p in (pictures[0], pictures[2])]
    assert dark[1].mean() > dark[0].mean() + 6, "the left eye looks out to the right of the picture"


def test_vertices_of_another_head_are_refused(offscreen):
    with pytest.raises(InvalidInput, match=r"vertices must be \[\d+, 3\], got \[10, 3\]"):
        offscreen.render(np.zeros((10, 3), np.float32), Camera())


def test_drawing_after_closing_is_refused_and_closing_twice_is_not(posed):
    made = Offscreen(32, 32)
    made.close()
    made.close()
    with pytest.raises(InvalidInput, match="closed"):
        made.render(posed(), Camera())


def test_a_worker_thread_draws_the_same(offscreen, posed):
    vertices, found = posed(), []
    worker = threading.Thread(target=lambda: found.append(offscreen.render(vertices, FACE)))
    worker.start()
    here = [offscreen.render(vertices, FACE) for _ in range(2)]
    worker.join()
    assert np.array_equal(found[0], here[0]) and np.array_equal(here[0], here[1])


def test_frames_of_a_motion_equal_single_pictures(values):
    motion = np.stack([values(jawOpen=0.02 * k, headRotY=0.01 * k) for k in range(19)])  # more than one batch
    frames = list(frames_of(motion, (96, 96)))
    assert len(frames) == 19
    for k in (0, 7, 18):
        assert np.abs(frames[k].astype(int) - still(motion[k], Camera(), (96, 96), level="draft")).max() <= 2  # batched sums round differently


def test_frames_of_nothing_are_none():
    assert list(frames_of(np.zeros((0, 63), np.float32), (32, 32))) == []


def test_frames_stop_when_cancelled_or_closed():
    job, motion = Job(), np.zeros((40, 63), np.float32)
    frames = frames_of(motion, (32, 32), job)
    next(frames)
    job.cancel()
    with pytest.raises(Cancelled):
        list(frames)
    before = threading.active_count()
    frames = frames_of(motion, (32, 32))
    next(frames)
    frames.close()
    assert threading.active_count() == before


def test_frames_and_stills_of_wrong_values_are_refused():
    with pytest.raises(InvalidInput, match=r"must be \[T, 63\], got \[4, 52\]"):
        frames_of(np.zeros((4, 52), np.float32), (32, 32))
    with pytest.raises(InvalidInput, match=r"must be \[63\]"):
        still(np.zeros((1, 63), np.float32), Camera(), (32, 32))


def test_contexts_may_come_from_elsewhere(posed, monkeypatch):
    made = []

    def make() -> egl.EglContext:
        made.append(egl.EglContext())
        return made[-1]

    monkeypatch.setattr(module, "_make_context", module._make_context)
    module.use_contexts(make)
    with Offscreen(32, 32) as one:
        one.render(posed(), Camera())
    assert len(made) == 1


def test_a_context_in_use_on_another_thread_is_an_error_with_a_remedy():
    context, inside, leave = egl.EglContext(), threading.Event(), threading.Event()

    def hold() -> None:
        with context.current():
            inside.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    try:
        with pytest.raises(EngineError, match=r"another thread.*doctor"), context.current():
            pass
    finally:
        leave.set()
        holder.join()
        context.close()
    with pytest.raises(EngineError, match="closed"), context.current():
        pass


def test_a_machine_without_egl_is_told_the_remedy(monkeypatch):
    monkeypatch.setattr(egl.ctypes.util, "find_library", lambda name: None)
    egl._library.cache_clear()
    try:
        with pytest.raises(EngineError, match=r"EGL.*not on this machine.*vivavoce doctor"):
            Offscreen(32, 32)
    finally:
        monkeypatch.undo()
        egl._library.cache_clear()


PROGRAM = """
import sys
import numpy as np
{before}
from engine.render.camera import Camera
from engine.render.offscreen import still
picture = still(np.zeros(63, np.float32), Camera(), (64, 64))
{after}
again = still(np.zeros(63, np.float32), Camera(), (64, 64))
assert np.array_equal(picture, again)
sys.stdout.write(str(int(picture.sum())))
sys.stdout.flush()
"""
# Loads numpy and torch, which takes longer than the rest and looks at no display, and becomes one process after another.
BECOMES = """
import json, os, sys
import numpy, torch
for program, display in json.loads(sys.argv[1]):
    child = os.fork()
    if not child:
        if display:
            os.environ["DISPLAY"] = display
        exec(program, {"__name__": "__main__"})
        sys.exit()
    print("", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
QT = """
from PySide6.QtGui import QOpenGLContext
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("a window beside it")
label.show()
application.processEvents()
"""


DISPLAYS = {"no display": "", "a display that is gone": ":97"}
BEFORE = {"alone": "", "beside Qt": QT}


@pytest.fixture(scope="module")
def drawn_elsewhere(repository) -> dict[tuple[str, str], str]:
    """The sum of the picture and the exit status of processes without a display, by what they begin with and what they are told of one."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "EGL_PLATFORM")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(repository)}
    cases = list(itertools.product(BEFORE, DISPLAYS))
    programs = [PROGRAM.format(before=BEFORE[b], after="application.processEvents()" if BEFORE[b] else "") for b, _ in cases]
    given = json.dumps([(program, DISPLAYS[display]) for program, (_, display) in zip(programs, cases, strict=True)])
    done = subprocess.run([sys.executable, "-c", BECOMES, given], capture_output=True, text=True, timeout=280, env=environment, cwd=repository)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == len(cases), done.stderr
    return {case: f"{line}\n{done.stderr}" for case, line in zip(cases, done.stdout.splitlines(), strict=True)}


@pytest.mark.timeout(300)  # four processes, one after another
@pytest.mark.skipif(not hasattr(os, "fork"), reason="displays that are not there are X's and Wayland's")
@pytest.mark.parametrize("display", DISPLAYS)
@pytest.mark.parametrize("before", BEFORE)
def test_another_process_draws_without_a_display(before, display, drawn_elsewhere):
    here = int(still(np.zeros(63, np.float32), Camera(), (64, 64)).sum())
    told = drawn_elsewhere[before, display]
    assert told.startswith(f"{here} 0\n"), told


GLX = """
import sys
import numpy as np
from PySide6.QtGui import QOpenGLContext
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QApplication
from engine.render.camera import Camera
from engine.render.offscreen import still
application = QApplication([])
widget = QOpenGLWidget()
widget.show()
for _ in range(20):
    application.processEvents()
widget.makeCurrent()
assert QOpenGLContext.currentContext() is not None
picture = still(np.zeros(63, np.float32), Camera(), (64, 64))
assert QOpenGLContext.currentContext() is not None
widget.doneCurrent()
sys.stdout.write(str(int(picture.sum())))
"""


def test_pictures_are_drawn_while_a_widgets_context_is_current(repository, has_display):
    if not has_display:
        pytest.skip("no X display on this stage")
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(repository)}
    child = subprocess.run([sys.executable, "-c", GLX], capture_output=True, text=True, timeout=90, env=environment, cwd=repository)
    assert child.returncode == 0, child.stderr
    assert int(child.stdout) == int(still(np.zeros(63, np.float32), Camera(), (64, 64)).sum())
