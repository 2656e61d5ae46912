"""The command palette, the shortcut editor, and the key maps behind them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from engine.core.errors import InvalidInput
from engine.project.edits import SetSettings
from studio.comfort.catalogue import plain
from studio.comfort.fuzzy import score
from studio.comfort.keymaps import PRESETS, Keymap, canonical
from studio.comfort.palette import Palette, ranked
from studio.comfort.shortcut_editor import ShortcutEditor
from studio.window import MainWindow

CONTROL, ALT, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
USUAL = {"save": ("Ctrl+S",), "snap": ("N",), "marker": ("M",), "cut": ("Ctrl+X", "Shift+Del"), "zoom": ()}


def keys_of(window: MainWindow, name: str) -> list[str]:
    return [k.toString(QKeySequence.SequenceFormat.PortableText) for k in window.actions_by_name[name].shortcuts()]


def opened(window: MainWindow, qtbot) -> Palette:
    qtbot.keyClick(window.timeline, Qt.Key.Key_P, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Palette))
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, Palette)
    return palette


# Searching.


def test_letters_are_found_in_order_and_starts_of_words_count():
    assert score("zoo", "Save") is None and score("", "Save") is not None
    assert score("sa", "Save As") > score("sa", "Reset Layout")
    assert score("nl", "New Layer") > score("nl", "Only Lines")
    assert score("layer new", "New Layer") is not None, "words in any order"
    assert score("ubersicht", "Übersicht") is not None


def test_used_last_comes_first_where_nothing_is_typed(window: MainWindow):
    entries = window.bindings.entries()
    assert ranked(entries, "", ["redo"])[0].name == "redo" and ranked(entries, "new layer", ["redo"])[0].name == "new_layer"


def test_the_palette_finds_and_runs_an_action(window: MainWindow, qtbot):
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.search, "snap")
    assert palette.rows.count() and palette.rows.currentItem().data(Qt.ItemDataRole.UserRole).name == "snap"
    before = window.actions_by_name["snap"].isChecked()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.actions_by_name["snap"].isChecked() != before)
    again = opened(window, qtbot)
    assert again.rows.item(0).data(Qt.ItemDataRole.UserRole).name == "snap", "used last"
    qtbot.keyClick(again.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_the_palette_can_be_walked_with_the_arrows_and_clicked(window: MainWindow, qtbot):
    palette = opened(window, qtbot)
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.rows.currentRow() == palette.rows.count() - 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.rows.currentRow() == 0
    qtbot.keyClicks(palette.search, "xqzw")
    assert palette.nothing.isVisible() and not palette.rows.count()
    palette.search.clear()
    qtbot.keyClicks(palette.search, "theme light")
    item = palette.rows.item(0)
    qtbot.mouseClick(palette.rows.viewport(), Qt.MouseButton.LeftButton, pos=palette.rows.visualItemRect(item).center())
    qtbot.waitUntil(lambda: window.preferences.text("look/theme") == "light")
    window.choose_theme("dark")


def test_what_cannot_be_done_now_is_shown_and_not_run(window: MainWindow, qtbot):
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.search, "export textgrid")
    entry = palette.rows.item(0).data(Qt.ItemDataRole.UserRole)
    assert entry.name == "export_textgrid" and not entry.action.isEnabled()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible() and palette.chosen is None
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


# Key maps.


def test_no_key_does_two_things(window: MainWindow):
    for preset, changed in PRESETS.items():
        keymap = window.bindings.keymap.with_preset(preset)
        assert keymap.conflicts() == {}, preset
        assert set(changed) <= set(keymap.defaults), "a preset names actions that there are"
        given = [k for keys in changed.values() for k in keys]
        assert all(canonical(k) for k in given) and len(set(given)) == len(given), preset


def test_two_actions_with_one_key_are_a_conflict():
    assert Keymap({"a": ("X",), "b": ("X",)}).conflicts() == {"X": ["a", "b"]}


def test_who_loses_a_key_keeps_its_others():
    keymap = Keymap(USUAL).with_keys("snap", ("shift+del", "S"))
    assert keymap.keys("snap") == ("Shift+Del", "S") and keymap.keys("cut") == ("Ctrl+X",) and keymap.conflicts() == {}
    assert keymap.as_preset("cut").keys("cut") == ("Ctrl+X", "Shift+Del") and keymap.as_preset("cut").keys("snap") == ("S",)
    assert keymap.with_preset("default").keys("snap") == ("N",)


def test_a_key_map_survives_being_written():
    keymap = Keymap(USUAL, "premiere").with_keys("save", ("F2",)).with_keys("cut", ())
    assert Keymap(USUAL).from_json(keymap.to_json()) == keymap
    swapped = Keymap(USUAL).with_keys("snap", ("M",)).with_keys("marker", ("N",))
    assert Keymap(USUAL).from_json(swapped.to_json()) == swapped


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("not json", "no key map"),
        ("[]", "no key map of"),
        (json.dumps({"format": "vivavoce-keys/1", "preset": "emacs", "keys": {}}), "'emacs'"),
        (json.dumps({"format": "vivavoce-keys/1", "preset": "maya", "keys": {"save": "S"}}), "save"),
        (json.dumps({"format": "vivavoce-keys/1", "preset": "maya", "keys": {"save": ["Ctrl+Nonsense"]}}), "save"),
    ],
)
def test_what_is_no_key_map_is_refused(text: str, what: str):
    with pytest.raises(InvalidInput, match=what):
        Keymap(USUAL).from_json(text)


# The editor.


@pytest.fixture
def editor(window: MainWindow, qtbot) -> ShortcutEditor:
    qtbot.keyClick(window.timeline, Qt.Key.Key_K, CONTROL | ALT)
    qtbot.waitUntil(lambda: bool(window.findChildren(ShortcutEditor)))
    return window.findChildren(ShortcutEditor)[0]


def test_a_key_is_pressed_its_owner_told_and_given(window: MainWindow, editor: ShortcutEditor, qtbot):
    qtbot.keyClicks(editor.search, "nudge ten frames later")
    shown = [i for i in editor._items() if not i.isHidden()]
    assert len(shown) == 1
    qtbot.mouseClick(editor.tree.viewport(), Qt.MouseButton.LeftButton, pos=editor.tree.visualItemRect(shown[0]).center())
    assert editor.chosen == "nudge_far_right"
    qtbot.keyClick(editor.field, Qt.Key.Key_S, CONTROL)
    assert "Save" in editor.notice.text() and editor.field.key == "Ctrl+S"
    qtbot.mouseClick(editor.set_button, Qt.MouseButton.LeftButton)
    assert keys_of(window, "save") == ["Ctrl+S"], "nothing changes before OK"
    editor.accept()
    assert keys_of(window, "nudge_far_right") == ["Ctrl+S"] and keys_of(window, "save") == []
    assert "Ctrl+S" in window.actions_by_name["nudge_far_right"].toolTip()
    window.edit_shortcuts().default_keys()


def test_keys_are_remembered_and_can_be_added_and_cleared(make_window, window: MainWindow, editor: ShortcutEditor, qtbot):
    editor.choose("snap")
    qtbot.keyClick(editor.field, Qt.Key.Key_F7)
    qtbot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    editor.choose("add_marker")
    qtbot.mouseClick(editor.clear_button, Qt.MouseButton.LeftButton)
    editor.accept()
    assert keys_of(window, "snap") == ["N", "F7"] and keys_of(window, "add_marker") == []
    other = make_window()
    assert keys_of(other, "snap") == ["N", "F7"] and keys_of(other, "add_marker") == []
    again = other.edit_shortcuts()
    again.choose("snap")
    qtbot.mouseClick(again.default_button, Qt.MouseButton.LeftButton)
    again.accept()
    assert keys_of(other, "snap") == ["N"]


def test_a_preset_and_a_file(window: MainWindow, editor: ShortcutEditor, qtbot, tmp_path: Path):
    qtbot.keyClick(editor.preset, Qt.Key.Key_End)
    editor.export_file(tmp_path / "keys.json")
    editor.accept()
    assert keys_of(window, "snap") == ["S"] and keys_of(window, "export") == ["Ctrl+M"]
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    again = window.edit_shortcuts()
    again._take(again.keymap.with_preset("default"))
    again.import_file(bad)
    assert "bad.json" in again.notice.text() and again.keymap.preset == "default"
    again.import_file(tmp_path / "keys.json")
    assert again.keymap.preset == "premiere" and again.preset.currentText().endswith("Premiere Pro")
    again._take(again.keymap.with_preset("default"))
    again.accept()
    assert keys_of(window, "snap") == ["N"]


def test_cancel_changes_nothing(window: MainWindow, editor: ShortcutEditor, qtbot):
    editor.choose("snap")
    qtbot.keyClick(editor.field, Qt.Key.Key_F7)
    qtbot.mouseClick(editor.set_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert keys_of(window, "snap") == ["N"]


def test_every_action_has_words_of_its_own(window: MainWindow):
    entries = window.bindings.entries()
    assert len({e.whole for e in entries}) == len(entries) and len({e.name for e in entries}) == len(entries)
    assert all(e.text == plain(e.action.text()) for e in entries)


def test_the_editor_says_undo_whatever_there_is_to_undo(window: MainWindow):
    window.conductor.session.apply(SetSettings(replace(window.session.document.settings, width=640)))
    assert window.actions_by_name["undo"].text() == "Undo Change settings"
    window.bindings.use(window.bindings.keymap.with_keys("undo", ("Ctrl+Z", "F2")))
    editor = window.edit_shortcuts()
    assert [i.text(0) for i in editor._items() if i.data(0, Qt.ItemDataRole.UserRole) == "undo"] == ["Undo"]
    assert window.actions_by_name["undo"].toolTip() == "Undo (Ctrl+Z)"
    window.bindings.use(window.bindings.keymap.as_preset("undo"))
