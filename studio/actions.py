"""Every action of the window with its keys, and the menus they are in. To add one: a row here and a method of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from studio import icons
from studio.comfort import menus
from studio.comfort.menus import word

if TYPE_CHECKING:
    from studio.window import MainWindow


@dataclass(frozen=True)
class Row:
    """One action.

    Args:
        name: by which others find it.
        text: in the menu.
        method: of the window, called without arguments.
        keys: shortcuts.
        icon: by name.
        checkable: it is on or off; the method is called with that.
    """

    name: str
    text: str
    method: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False


# By menu; None is a line between groups, a string in angle brackets a menu filled elsewhere.
MENUS: dict[str, tuple[Row | str | None, ...]] = {
    "&File": (
        Row("new", "&New Project", "new_project", ("Ctrl+N",)),
        Row("open", "&Open Project…", "open_project", ("Ctrl+O",)),
        "<recent>",
        None,
        Row("open_sound", "Open &Sound…", "open_sound", ("Ctrl+Shift+O",)),
        None,
        Row("save", "&Save", "save", ("Ctrl+S",)),
        Row("save_as", "Save &As…", "save_as", ("Ctrl+Shift+S",)),
        Row("save_version", "Save as Next &Version", "save_version", ("Ctrl+Alt+S",)),
        Row("save_copy", "Save a &Copy…", "save_copy"),
        None,
        Row("capture_video", "Capture from &Video…", "capture_video", ("Ctrl+Alt+V",)),
        Row("record_face", "Record M&y Face…", "record_face", ("Alt+Shift+R",)),
        None,
        Row("import_motion", "Import &Motion…", "import_motion", ("Ctrl+Shift+I",)),
        Row("import_script", "Import Subtitles or Te&xt…", "import_script"),
        Row("import_textgrid", "&Import TextGrid…", "import_textgrid"),
        Row("export_textgrid", "Export &TextGrid…", "export_textgrid"),
        Row("open_avatar", "Open Avatar File…", "open_avatar"),
        Row("save_avatar", "Save as Avatar File…", "save_avatar"),
        Row("export", "&Export…", "export", ("Ctrl+E",)),
        None,
        Row("queue_range", "Add Range to &Render Queue", "queue_range", ("Ctrl+Shift+E",)),
        Row("show_queue", "Sho&w Render Queue", "show_queue"),
        None,
        Row("collect_media", "Collect Me&dia into Project", "collect_media"),
        Row("find_media", "&Find Missing Media…", "find_media"),
        None,
        Row("quit", "&Quit", "close", ("Ctrl+Q",)),
    ),
    "&Edit": (
        Row("undo", "&Undo", "undo", ("Ctrl+Z",)),
        Row("redo", "&Redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
        None,
        Row("cut", "Cu&t", "cut", ("Ctrl+X",)),
        Row("copy", "&Copy", "copy", ("Ctrl+C",)),
        Row("paste", "&Paste at Playhead", "paste", ("Ctrl+V",)),
        Row("duplicate", "&Duplicate", "duplicate", ("Ctrl+D",)),
        Row("delete", "De&lete", "delete_selection", ("Del", "Backspace")),
        Row("select_all", "Select &All", "select_all", ("Ctrl+A",)),
        None,
        Row("nudge_left", "&Nudge a Frame Earlier", "nudge_left", ("Alt+Left",)),
        Row("nudge_right", "Nudge a Frame &Later", "nudge_right", ("Alt+Right",)),
        Row("nudge_far_left", "Nudge Ten Frames &Earlier", "nudge_far_left", ("Alt+Shift+Left",)),
        Row("nudge_far_right", "Nudge Ten Frames Later", "nudge_far_right", ("Alt+Shift+Right",)),
        None,
        Row("palette", "Command Pa&lette…", "show_palette", ("Ctrl+Shift+P",)),
        Row("preferences", "Pre&ferences…", "show_preferences", ("Ctrl+,",)),
        Row("edit_shortcuts", "&Keyboard Shortcuts…", "edit_shortcuts", ("Ctrl+Alt+K",)),
    ),
    "&Line": (
        Row("type_line", "&Type a Line", "type_line", ("Ctrl+T",)),
        Row("analyse", "&Analyse Again", "analyse", ("Ctrl+R",)),
        Row("replace_sound", "&Replace Sound…", "replace_sound"),
        Row("remove_line", "Re&move Line", "remove_line"),
        None,
        Row("show_people", "&Shape the Person", "show_people"),
        Row("random_person", "Random &Person", "random_person"),
        Row("mirror_person", "M&irror the Person", "mirror_person"),
    ),
    "&Playback": (
        Row("play", "&Play", "play_or_stop", ("Space",), "play"),
        Row("previous", "Previous &Frame", "previous_frame", ("Left",), "previous"),
        Row("next", "&Next Frame", "next_frame", ("Right",), "next"),
        Row("first", "To the &Start", "go_home", ("Home",), "first"),
        Row("last", "To the &End", "go_end", ("End",), "last"),
        None,
        Row("shuttle_back", "Shuttle &Backwards", "shuttle_back", ("J",)),
        Row("shuttle_stop", "Shuttle Stop", "shuttle_stop", ("K",)),
        Row("shuttle_forward", "Shuttle &Forwards", "shuttle_forward", ("L",)),
        Row("speed_quarter", "&Quarter Speed", "play_quarter_speed", ("Alt+1",), "", True),
        Row("speed_half", "&Half Speed", "play_half_speed", ("Alt+2",), "", True),
        Row("speed_normal", "N&ormal Speed", "play_normal_speed", ("Alt+3",), "", True),
        Row("speed_double", "&Double Speed", "play_double_speed", ("Alt+4",), "", True),
        None,
        Row("set_in", "Set &In Point", "set_in_point", ("I",)),
        Row("set_out", "Set &Out Point", "set_out_point", ("O",)),
        Row("go_in", "Go to In Point", "go_to_in", ("Shift+I",)),
        Row("go_out", "Go to Out Point", "go_to_out", ("Shift+O",)),
        Row("clear_in_out", "&Clear In and Out", "clear_in_out", ("Alt+X",)),
        None,
        Row("loop", "&Loop", "set_looping", ("Ctrl+L",), "loop", True),
        Row("record", "Record Performa&nce", "arm_recording", ("Alt+R",), "record", True),
        Row("scrub_audible", "Hear &Scrubbing", "set_scrub_audible", (), "", True),
        "<rate>",
    ),
    "&Keys": (
        Row("show_curves", "&Curve Editor", "show_curve_editor", ("Ctrl+G",)),
        Row("show_sheet", "&Dope Sheet", "show_dope_sheet", ("Ctrl+Shift+G",)),
        None,
        Row("curves_key", "&Key at Playhead", "curves_key"),
        Row("auto_key", "A&uto Key", "set_auto_key", ("Shift+K",), "", True),
        Row("key_camera", "Key Ca&mera", "key_camera", ("Ctrl+Shift+K",)),
        Row("auto_key_camera", "Auto Key Camera", "auto_key_camera", (), "", True),
        None,
        Row("curves_auto", "&Auto Tangents", "curves_auto"),
        Row("curves_flat", "&Flat Tangents", "curves_flat"),
        Row("curves_linear", "&Linear Tangents", "curves_linear"),
        Row("curves_stepped", "&Stepped Tangents", "curves_stepped"),
        Row("curves_free", "F&ree Tangents", "curves_free"),
        Row("curves_broken", "&Broken Tangents", "curves_broken"),
        None,
        Row("curves_ease_in", "Ease &In", "curves_ease_in"),
        Row("curves_ease_out", "Ease &Out", "curves_ease_out"),
        Row("curves_ease_in_out", "Ease In and O&ut", "curves_ease_in_out"),
        Row("curves_overshoot", "O&vershoot", "curves_overshoot"),
        Row("curves_anticipate", "A&nticipate", "curves_anticipate"),
        None,
        Row("curves_simplify", "Simplif&y…", "curves_simplify"),
        Row("curves_smooth", "S&mooth…", "curves_smooth"),
        Row("curves_bake", "Bake to Frames", "curves_bake"),
        Row("curves_snap", "Snap to Frames", "curves_snap"),
        Row("curves_retime", "Re&time…", "curves_retime"),
        Row("curves_reverse", "Reverse", "curves_reverse"),
        Row("curves_flip", "Flip &Values", "curves_flip"),
        Row("curves_mirror", "Mirror Left and Ri&ght", "curves_mirror"),
    ),
    "&Timeline": (
        Row("snap", "&Snap", "set_snapping", ("N",), "", True),
        Row("follow_page", "Follow by &Page", "follow_page", (), "", True),
        Row("follow_smooth", "Follow S&moothly", "follow_smooth", (), "", True),
        Row("follow_off", "Do &Not Follow", "follow_off", (), "", True),
        None,
        Row("previous_key", "P&revious Key", "previous_key", ("[",)),
        Row("next_key", "Ne&xt Key", "next_key", ("]",)),
        None,
        Row("add_marker", "Add &Marker", "add_marker", ("M",)),
        Row("add_pin", "Pin the &Face Here", "add_pin", ("P",)),
        Row("add_instruction", "Add &Instruction…", "add_instruction", ("Ctrl+I",)),
        Row("add_blink", "Add &Blink", "add_blink", ()),
        Row("add_gaze", "Add &Gaze Target", "add_gaze", ()),
        Row("new_layer", "New &Layer", "new_layer", ("Ctrl+Shift+L",)),
        None,
        Row("split_phoneme", "Split P&honeme", "split_phoneme", ("Ctrl+K",)),
        Row("merge_phonemes", "Merge Phonemes", "merge_phonemes", ("Ctrl+J",)),
        Row("reanalyse", "&Analyse Selection Again", "reanalyse_stretch", ("Ctrl+Shift+R",)),
        Row("listen_for_emotion", "Listen for &Emotion", "listen_for_emotion", ()),
    ),
    "&View": (
        Row("front", "&Front", "look_front", ("1",)),
        Row("three_quarter", "&Three-Quarter", "look_three_quarter", ("2",)),
        Row("profile", "&Profile", "look_profile", ("3",)),
        Row("reset_view", "&Reset View", "reset_view", ("R",), "reset"),
        Row("handles", "&Handles on the Face", "pin_handles", ("H",), "", True),
        None,
        Row("look_through", "Through the Ca&mera", "look_through_camera", ("C",), "", True),
        Row("lock_camera", "&Lock Camera", "lock_camera", ("Alt+C",), "", True),
        Row("shot_from_view", "Set Shot from &View", "shot_from_view", ("Shift+C",)),
        Row("guide_frame", "Picture's &Frame", "guide_frame", (), "", True),
        Row("guide_action", "&Action Safe", "guide_action", (), "", True),
        Row("guide_title", "&Title Safe", "guide_title", (), "", True),
        Row("guide_thirds", "T&hirds", "guide_thirds", (), "", True),
        Row("guide_centre", "&Centre", "guide_centre", (), "", True),
        None,
        Row("show_reference", "Reference Pict&ure", "show_reference", (), "", True),
        Row("show_points", "Trac&ked Points", "show_points", (), "", True),
        Row("neutral_face", "Neutral Face from &Here", "neutral_face"),
        None,
        Row("compare_keep", "&Keep Motion as B", "keep_for_comparing", ("Ctrl+B",)),
        Row("compare_flip", "Flip &A and B", "compare_flip", ("B",)),
        Row("compare_side", "A and B &Side by Side", "compare_side", ("Shift+B",), "", True),
        Row("compare_difference", "&Difference of A and B", "compare_difference", ("Alt+B",), "", True),
        Row("compare_off", "Stop &Comparing", "compare_off", ("Ctrl+Alt+B",)),
        None,
        Row("zoom_in", "Zoom Timeline &In", "zoom_in", ("+", "=")),
        Row("zoom_out", "Zoom Timeline &Out", "zoom_out", ("-",)),
        Row("fit", "Fit T&imeline", "fit_timeline", ("\\",), "fit"),
        None,
        "<theme>",
        "<panels>",
        "<layouts>",
        Row("show_jobs", "Show &Jobs", "show_jobs"),
        Row("reset_layout", "Reset &Layout", "reset_layout"),
        Row("full_screen", "F&ull Screen", "set_full_screen", ("F11",), "", True),
    ),
    "&Help": (
        Row("tour", "&Tour", "show_tour"),
        Row("shortcuts", "&Shortcuts at a Glance", "show_shortcuts", ("F1",)),
        Row("about", "&About Viva Voce", "show_about"),
    ),
}  # fmt: skip


def build(window: MainWindow) -> dict[str, QAction]:
    """Make the actions and the menus of a window; by name. `studio.comfort.bindings` gives them their keys and tooltips."""
    actions: dict[str, QAction] = {}
    for title, rows in MENUS.items():
        menu = window.menuBar().addMenu(word(title))
        menu.setObjectName(f"menu{title.replace('&', '')}")
        for row in rows:
            if row is None:
                menu.addSeparator()
            elif isinstance(row, Row):
                actions[row.name] = _action(window, row)
                menu.addAction(actions[row.name])
            elif row == "<recent>":
                window.recent_menu = menu.addMenu(word("Open &Recent"))
            elif row == "<rate>":
                window.rate_group = menus.rates(window, menu)
            elif row == "<theme>":
                menus.themes(window, menu)
            elif row == "<layouts>":
                window.layouts_menu = menu.addMenu(word("La&youts"))
            elif row == "<panels>":
                window.panels_menu = menu.addMenu(word("P&anels"))
        menus.settle_mnemonics(menu)
    return actions


def _action(window: MainWindow, row: Row) -> QAction:
    action = QAction(word(row.text), window)
    action.setObjectName(row.name)
    action.setProperty("words", action.text())
    action.setShortcuts([QKeySequence(k) for k in row.keys])
    if row.icon:
        action.setIcon(icons.icon(row.icon))
        action.setIconVisibleInMenu(False)
    method = getattr(window, row.method)
    if row.checkable:
        action.setCheckable(True)
        action.toggled.connect(method)
    else:
        action.triggered.connect(lambda _=False: method())
    return action
