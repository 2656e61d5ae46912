from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.project.edits import SetInOut, SetTrackState
from engine.project.parts import TrackState
from studio.timeline.typing_in import label_of
from tests.studio.timeline_scene import ALT, CTRL, SHIFT, Scene


def bounds(scene: Scene) -> list[float]:
    assert scene.line.phonemes is not None
    return [round(b, 3) for b in scene.line.phonemes.bounds_s]


def labels(scene: Scene) -> tuple[str, ...]:
    assert scene.line.phonemes is not None
    return scene.line.phonemes.labels


def test_a_boundary_is_dragged_and_its_word_follows(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at("phonemes", 0.5), scene.at("phonemes", 0.7))
    assert bounds(scene)[1] == pytest.approx(0.7, abs=0.005) and bounds(scene)[2:] == [1.0, 2.0, 2.4, 4.0]
    assert scene.line.words is not None and scene.line.words[0].start_s == pytest.approx(0.7, abs=0.005)


def test_with_ctrl_what_follows_ripples_up_to_the_pause(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at("phonemes", 1.0), scene.at("phonemes", 1.3), CTRL)
    assert bounds(scene) == pytest.approx([0.0, 0.5, 1.3, 2.3, 2.7, 4.0], abs=0.01)
    scene.session.undo()
    with scene.one_step():  # Ctrl pressed only while it is dragged
        scene.drag(scene.at("phonemes", 1.0), scene.at("phonemes", 1.3), then=CTRL)
    assert bounds(scene) == pytest.approx([0.0, 0.5, 1.3, 2.3, 2.7, 4.0], abs=0.01)


def test_a_boundary_stays_off_the_frames_but_meets_the_playhead(scene: Scene):
    px = scene.view.axis.px_per_s
    start = scene.at("phonemes", 2.0)
    scene.drag(start, start + QPoint(17, 0))
    assert bounds(scene)[3] == pytest.approx(2.0 + 17 / px, abs=0.002)
    scene.session.undo()
    scene.view.set_position(1.777)
    scene.drag(start, scene.at("phonemes", 1.777) + QPoint(2, 0))
    assert bounds(scene)[3] == pytest.approx(1.777, abs=1e-6)


def test_escape_takes_a_boundary_back_and_the_outer_ones_do_not_move(scene: Scene):
    with scene.nothing():
        scene.press(scene.at("phonemes", 1.0))
        scene.hold_at(scene.at("phonemes", 1.2))
        assert bounds(scene)[2] == pytest.approx(1.2, abs=0.01)
        scene.key(Qt.Key.Key_Escape)
        scene.release(scene.at("phonemes", 1.2))
        scene.drag(scene.at("phonemes", 0.0), scene.at("phonemes", 0.3))


def test_phonemes_are_selected_by_click_range_and_word(scene: Scene):
    scene.click(scene.at("phonemes", 0.7))
    assert scene.selection.phonemes == {1}
    scene.click(scene.at("phonemes", 2.2), SHIFT)
    assert scene.selection.phonemes == {1, 2, 3}
    scene.click(scene.at("phonemes", 1.5), CTRL)
    assert scene.selection.phonemes == {1, 3}
    scene.drag(scene.at("phonemes", 1.5), scene.at("phonemes", 2.2))
    assert scene.selection.phonemes == {2, 3}
    scene.click(scene.at("words", 1.0))
    assert scene.selection.phonemes == {1, 2, 3}
    scene.key(Qt.Key.Key_A, CTRL)
    assert scene.selection.phonemes == {0, 1, 2, 3, 4}


def test_a_double_click_plays_a_phoneme_or_a_word(scene: Scene, qtbot):
    with qtbot.waitSignal(scene.view.span_activated) as heard:
        scene.double_click(scene.at("phonemes", 1.5))
    assert heard.args == [1.0, 2.0]
    with qtbot.waitSignal(scene.view.span_activated) as heard:
        scene.double_click(scene.at("words", 1.5))
    assert heard.args == [0.5, 2.4]
    with qtbot.waitSignal(scene.view.span_activated) as heard:
        scene.choose(scene.at("phonemes", 3.0), "Play")
    assert heard.args == [2.4, 4.0]


def test_typing_relabels_what_is_selected_even_letters_that_are_shortcuts(scene: Scene):
    scene.click(scene.at("phonemes", 0.7))
    with scene.one_step():
        scene.key(Qt.Key.Key_M)  # adds a marker where no phoneme is selected
        assert scene.view.inline.editing and scene.view.inline.text() == "m"
        scene.key(Qt.Key.Key_Return)
    assert labels(scene) == ("", "m", "ɑ", "b", "") and len(scene.line.markers) == 1
    with scene.nothing():
        scene.key(Qt.Key.Key_P)
        scene.key(Qt.Key.Key_Escape)
    scene.selection.select(phonemes=[1, 3])
    with scene.one_step():  # both at once
        scene.key(Qt.Key.Key_Return)
        scene.type("P")
    assert labels(scene) == ("", "p", "ɑ", "p", "")
    with scene.nothing():
        scene.key(Qt.Key.Key_Return)
        scene.type("7")
    assert "no phoneme" in scene.said[-1]
    with scene.one_step():
        scene.choose(scene.at("phonemes", 1.5), "Make a Pause")
    assert labels(scene)[2] == ""


def test_known_phonemes_are_offered_while_typing(scene: Scene):
    scene.click(scene.at("phonemes", 0.7))
    with scene.one_step():
        scene.key(Qt.Key.Key_T)
        scene.type("ʃ", None)
        popup = scene.view.inline.completer().popup()
        assert popup.isVisible() and scene.view.inline.completer().currentCompletion() == "tʃ"
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert labels(scene)[1] == "tʃ"


@pytest.mark.parametrize(("typed", "label"), [("ɑ", "ɑ"), ("AA", "ɑ"), ("CH", "tʃ"), ("tʃ", "tʃ"), ("", ""), ("7", None), ("th", "tʰ")])
def test_labels_are_read_as_ipa_or_arpabet(typed: str, label: str | None):
    assert label_of(typed) == label


def test_a_click_elsewhere_takes_the_typed_label(scene: Scene):
    scene.click(scene.at("phonemes", 0.7))
    with scene.one_step():
        scene.key(Qt.Key.Key_D)
        scene.click(scene.at("sound", 3.0))
    assert labels(scene)[1] == "d"


def test_a_phoneme_is_split_at_the_playhead_or_the_pointer(scene: Scene):
    scene.player.seek(1.4)
    with scene.one_step():
        scene.key(Qt.Key.Key_K, CTRL)
    assert labels(scene) == ("", "b", "ɑ", "ɑ", "b", "") and bounds(scene)[3] == 1.4
    with scene.one_step():
        scene.choose(scene.at("phonemes", 0.75), "Split Here")
    assert labels(scene)[:3] == ("", "b", "b") and bounds(scene)[2] == pytest.approx(0.75, abs=0.005)


def test_selected_phonemes_are_merged(scene: Scene):
    scene.selection.select(phonemes=[1, 2])
    with scene.one_step():
        scene.key(Qt.Key.Key_J, CTRL)
    assert labels(scene) == ("", "ɑ", "b", "")
    scene.selection.select(phonemes=[1])
    with scene.nothing():
        scene.key(Qt.Key.Key_J, CTRL)
    assert "two or more" in scene.said[-1]


def test_a_deleted_phoneme_leaves_its_time_to_its_neighbour(scene: Scene):
    scene.click(scene.at("phonemes", 1.5))
    with scene.one_step():
        scene.key(Qt.Key.Key_Delete)
    assert labels(scene) == ("", "b", "b", "") and bounds(scene) == [0.0, 0.5, 2.0, 2.4, 4.0]
    scene.selection.select(phonemes=[0])
    with scene.one_step():
        scene.key(Qt.Key.Key_Backspace)
    assert labels(scene) == ("b", "b", "")
    scene.selection.select(phonemes=[0, 1, 2])
    with scene.nothing():
        scene.key(Qt.Key.Key_Delete)


def test_strength_is_dragged_with_alt_and_chosen(scene: Scene):
    scene.selection.select(phonemes=[1, 2])
    start = scene.at("phonemes", 0.7)
    with scene.one_step():
        scene.drag(start, start + QPoint(0, 40), ALT)
    assert scene.line.phonemes is not None and scene.line.phonemes.strengths == (1.0, 0.6, 0.6, 1.0, 1.0)
    with scene.one_step():
        scene.choose(scene.at("phonemes", 2.2), "Strength", "1.50")
    assert scene.line.phonemes.strengths == (1.0, 0.6, 0.6, 1.5, 1.0)
    assert "strength 1.50" in scene.view.tooltip_at(scene.at("phonemes", 2.2))


def test_a_stretch_is_analysed_again(scene: Scene, qtbot):
    scene.selection.select(phonemes=[1, 2])
    with qtbot.waitSignal(scene.view.reanalyse_wanted) as asked:
        scene.choose(scene.at("phonemes", 0.7), "Analyse This Stretch Again")
    assert asked.args == [0.5, 2.0]
    with qtbot.waitSignal(scene.view.reanalyse_wanted) as asked:
        scene.key(Qt.Key.Key_R, CTRL | SHIFT)
    assert asked.args == [0.5, 2.0]
    scene.selection.select()
    scene.key(Qt.Key.Key_R, CTRL | SHIFT)
    assert "in and out" in scene.said[-1]
    scene.session.apply(SetInOut("line", 1.0, 3.0))
    with qtbot.waitSignal(scene.view.reanalyse_wanted) as asked:
        scene.key(Qt.Key.Key_R, CTRL | SHIFT)
    assert asked.args == [1.0, 3.0]


def test_locked_phonemes_refuse(scene: Scene):
    scene.session.apply(SetTrackState("line", "phonemes", TrackState(lock=True)))
    scene.selection.select(phonemes=[1, 2])
    with scene.nothing():
        scene.drag(scene.at("phonemes", 1.0), scene.at("phonemes", 1.3))
        scene.key(Qt.Key.Key_Delete)
        scene.key(Qt.Key.Key_J, CTRL)
        scene.key(Qt.Key.Key_K, CTRL)
        scene.key(Qt.Key.Key_Return)
        scene.drag(scene.at("phonemes", 0.7), scene.at("phonemes", 0.7) + QPoint(0, 40), ALT)
    assert not scene.view.inline.editing and "Phonemes is locked" in scene.said[-1]
