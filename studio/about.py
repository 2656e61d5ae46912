"""Help: what this is and under which licences, and the keys that do things."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from engine.core import assets
from engine.core.errors import MissingAsset
from studio import icons, theme

NAME = "Viva Voce"
# Paragraphs.
_ABOUT: tuple[str, ...] = (
    str(QT_TRANSLATE_NOOP("About", "<b>Viva Voce</b> turns a recorded or typed line into facial animation and video, on this machine.")),
    str(QT_TRANSLATE_NOOP("About", "Its source is under the <b>Apache License 2.0</b>. What is in its assets keeps the licence it came with, printed below.")),
    str(
        QT_TRANSLATE_NOOP(
            "About",
            "Two of the libraries it loads are under the <b>GNU General Public License, version 3</b>: eSpeak NG, which speaks typed lines and knows how "
            "words sound, and Praat (through praat-parselmouth), which hears the melody of a voice. A packaged application that contains them is therefore "
            "distributed under the GPL, version 3; the source of Viva Voce itself stays Apache-2.0.",
        )
    ),
    str(
        QT_TRANSLATE_NOOP(
            "About",
            "The window is made with Qt for Python (PySide6, LGPL version 3). Media are read and written by PyAV with FFmpeg; H.264 by x264 (GPL). "
            "Speech is aligned by PocketSphinx (BSD) and found by Silero VAD (MIT).",
        )
    ),
)
# What the mouse does, which no menu shows.
MOUSE: tuple[tuple[str, str], ...] = (
    ("Drag in the viewport", "orbit; with the middle button pan, with the right one dolly (Alt too)"),
    ("Wheel in the viewport", "dolly"),
    ("Double click in the viewport", "reset the view"),
    ("Drag in the timeline", "scrub, with sound"),
    ("Wheel in the timeline", "zoom to the pointer; with Shift, pan"),
    ("Middle drag in the timeline", "pan"),
    ("Drag a phoneme's edge", "move it; with Ctrl what follows moves along to the next pause; Esc takes it back"),
    ("Double click on a phoneme", "play it"),
    ("Double click on a slider", "back to its usual value"),
)


def _browser(html: str) -> QTextBrowser:
    browser = QTextBrowser()
    browser.setOpenExternalLinks(True)
    browser.setHtml(html)
    return browser


def _dialog(title: str, parent: QWidget) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.resize(560, 520)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(18, 16, 18, 14)
    column.setSpacing(theme.SPACE)
    return dialog, column


def _finish(dialog: QDialog, column: QVBoxLayout) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    dialog.open()


def show_about(parent: QWidget, version: str) -> QDialog:
    """The product, its version and its licences."""
    dialog, column = _dialog(QCoreApplication.translate("About", "About {name}").format(name=NAME), parent)
    dialog.setObjectName("aboutDialog")
    mark = QLabel()
    mark.setPixmap(icons.pixmap("app", 54))
    column.addWidget(mark)
    title = QLabel(f"{NAME} {version}")
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    title.setFont(font)
    column.addWidget(title)
    try:
        terms = assets.path("LICENSES.md").read_text(encoding="utf-8")
    except MissingAsset:
        terms = ""
    document = QTextDocument()
    document.setMarkdown(terms)
    paragraphs = "".join(f"<p>{QCoreApplication.translate('About', text)}</p>" for text in _ABOUT)
    column.addWidget(_browser(f"{paragraphs}<hr>{document.toHtml()}"), 1)
    _finish(dialog, column)
    return dialog


def show_shortcuts(parent: QWidget, actions: list[QAction]) -> QDialog:
    """Every action with its keys, and what the mouse does."""
    dialog, column = _dialog(QCoreApplication.translate("About", "Shortcuts"), parent)
    dialog.setObjectName("shortcutsDialog")
    rows = []
    for action in actions:
        keys = ", ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in action.shortcuts())
        if keys:
            rows.append((keys, action.text().replace("&", "").rstrip("…")))
    mouse = [(QCoreApplication.translate("Mouse", a), QCoreApplication.translate("Mouse", b)) for a, b in MOUSE]
    cells = "".join(
        f"<tr><td style='padding: 3px 18px 3px 0; color: {theme.ACCENT}'>{a}</td><td style='padding: 3px 0'>{b}</td></tr>" for a, b in [*rows, *mouse]
    )
    column.addWidget(_browser(f"<table>{cells}</table>"), 1)
    _finish(dialog, column)
    return dialog
