"""How the studio looks: a dark and a light theme, switched while it runs, set as a Fusion palette and a style sheet.

Every colour used anywhere in the studio is a name here (`theme.PANEL`), and always that of the current theme: look it up when
you paint, and keep none. Widgets get a `PaletteChange` event when the theme changes; what is no widget listens to `changed`.
The palettes are set by hand, because a colour scheme asked for from the system has no effect on some platforms.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studio.comfort.colours import DARK, LIGHT, Colours

MODES = ("dark", "light", "system")
SPACE = 8  # pixels between things that belong together; half of it inside a row
ROW = 24  # height of a row of controls

# The colours of the current theme; `use` sets them.
WINDOW = DARK.WINDOW
PANEL = DARK.PANEL
FIELD = DARK.FIELD
GROOVE = DARK.GROOVE
RAISED = DARK.RAISED
HOVER = DARK.HOVER
BORDER = DARK.BORDER
TEXT = DARK.TEXT
DIM = DARK.DIM
FAINT = DARK.FAINT
ACCENT = DARK.ACCENT
ACCENT_DEEP = DARK.ACCENT_DEEP
ACCENT_HOVER = DARK.ACCENT_HOVER
ON_ACCENT = DARK.ON_ACCENT
CHECKED = DARK.CHECKED
PLAYHEAD = DARK.PLAYHEAD
GOOD = DARK.GOOD
WARNING = DARK.WARNING
ERROR = DARK.ERROR
ON_MARK = DARK.ON_MARK
WAVE = DARK.WAVE
WAVE_CORE = DARK.WAVE_CORE
ON_VISEME = DARK.ON_VISEME
VISEMES = DARK.VISEMES


class _Hooks(QObject):
    changed = Signal()


_hooks = _Hooks()
changed = _hooks.changed
_mode = "dark"


def use(colours: Colours) -> None:
    """Let the names of this module be these colours; nothing is repainted."""
    globals().update(colours.by_name())


def mode() -> str:
    """What was chosen: one of `MODES`."""
    return _mode


def is_dark() -> bool:
    """True while the dark theme is shown."""
    return PANEL == DARK.PANEL


def colours_of(chosen: str) -> Colours:
    """The colours of a mode; of the system where it says which, else the dark ones."""
    if chosen == "system":
        chosen = "light" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light else "dark"
    return LIGHT if chosen == "light" else DARK


def choose(chosen: str) -> None:
    """Show another theme, everywhere and at once.

    Args:
        chosen: one of `MODES`; what is none of them is taken as "dark".
    """
    global _mode
    _mode = chosen if chosen in MODES else "dark"
    colours, before = colours_of(_mode), PANEL
    use(colours)
    app = QApplication.instance()
    if isinstance(app, QApplication) and (before != colours.PANEL or not app.styleSheet()):
        app.setPalette(palette())
        app.setStyleSheet(sheet())
        changed.emit()


def apply(app: QApplication, chosen: str = "dark") -> None:
    """Give the application its style and a theme; where the system's is chosen, follow that from now on."""
    app.setStyle("Fusion")
    app.styleHints().colorSchemeChanged.connect(lambda _: choose(_mode))
    choose(chosen)


def colour(value: str, alpha: float = 1.0) -> QColor:
    """A named colour with an opacity from 0 to 1."""
    out = QColor(value)
    out.setAlphaF(alpha)
    return out


def translucent(value: str, alpha: float) -> str:
    """The same for a style sheet."""
    c = QColor(value)
    return f"rgba({c.red()}, {c.green()}, {c.blue()}, {alpha})"


def palette() -> QPalette:
    """The palette of the current theme."""
    out = QPalette()
    role = QPalette.ColorRole
    for target, value in {
        role.Window: PANEL, role.WindowText: TEXT, role.Base: FIELD, role.AlternateBase: PANEL, role.Text: TEXT, role.Button: RAISED,
        role.ButtonText: TEXT, role.BrightText: "#ffffff", role.ToolTipBase: RAISED, role.ToolTipText: TEXT, role.PlaceholderText: FAINT,
        role.Highlight: ACCENT_DEEP, role.HighlightedText: ON_ACCENT, role.Link: ACCENT, role.LinkVisited: ACCENT, role.Light: HOVER,
        role.Midlight: RAISED, role.Mid: BORDER, role.Dark: WINDOW, role.Shadow: "#000000", role.Accent: ACCENT,
    }.items():  # fmt: skip
        out.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        out.setColor(QPalette.ColorGroup.Disabled, target, QColor(FAINT))
    out.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(BORDER))
    return out


def sheet() -> str:
    """The style sheet of the current theme."""
    return f"""
QToolTip {{ color: {TEXT}; background: {RAISED}; border: 1px solid {BORDER}; padding: 4px 6px; }}
QMainWindow::separator {{ background: {WINDOW}; width: 5px; height: 5px; }}
QMainWindow::separator:hover {{ background: {ACCENT_DEEP}; }}
QDockWidget {{ color: {DIM}; font-weight: 600; }}
QDockWidget::title {{ background: {PANEL}; padding: 7px 10px; border-bottom: 1px solid {BORDER}; }}
QDockWidget > QWidget {{ background: {PANEL}; }}
QMenuBar {{ background: {WINDOW}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {RAISED}; }}
QMenu {{ background: {PANEL}; border: 1px solid {BORDER}; padding: 4px; }}
QMenu::item {{ padding: 5px 28px 5px 12px; border-radius: 3px; }}
QMenu::item:selected {{ background: {ACCENT_DEEP}; color: {ON_ACCENT}; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::separator {{ height: 1px; background: {BORDER}; margin: 4px 8px; }}
QToolBar {{ background: {PANEL}; border: 0; spacing: 2px; padding: 3px 6px; }}
QToolBar::separator {{ background: transparent; border-left: 1px solid {BORDER}; width: 1px; margin: 5px 6px; }}
QToolButton {{ padding: 4px; border: 1px solid transparent; border-radius: 4px; }}
QToolButton:hover {{ background: {RAISED}; }}
QToolButton:pressed, QToolButton:checked {{ background: {CHECKED}; }}
QToolButton:focus {{ border-color: {ACCENT}; }}
QTabBar::tab {{ background: {WINDOW}; color: {DIM}; border: 0; padding: 5px 11px; margin: 0 1px 0 0; }}
QTabBar::tab:left, QTabBar::tab:right {{ padding: 11px 5px; margin: 0 0 1px 0; }}
QTabBar::tab:hover:!selected {{ background: {RAISED}; color: {TEXT}; }}
QTabBar::tab:selected {{ background: {PANEL}; color: {TEXT}; }}
QTabBar::tab:top:selected {{ border-top: 2px solid {ACCENT}; padding-top: 3px; }}
QTabBar::tab:bottom:selected {{ border-bottom: 2px solid {ACCENT}; padding-bottom: 3px; }}
QTabBar::tab:left:selected {{ border-left: 2px solid {ACCENT}; padding-left: 3px; }}
QTabBar::tab:right:selected {{ border-right: 2px solid {ACCENT}; padding-right: 3px; }}
QTabBar::tab:focus {{ color: {ACCENT}; }}
QStatusBar {{ background: {WINDOW}; color: {DIM}; }}
QStatusBar::item {{ border: 0; }}
QPushButton {{ background: {RAISED}; border: 1px solid {BORDER}; border-radius: 4px; padding: 4px 12px; min-height: 16px; }}
QPushButton:hover {{ background: {HOVER}; }}
QPushButton:pressed {{ background: {FIELD}; }}
QPushButton:checked {{ background: {CHECKED}; border-color: {ACCENT}; }}
QPushButton:focus {{ border-color: {ACCENT}; }}
QPushButton:disabled {{ color: {FAINT}; background: {PANEL}; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {ACCENT_DEEP}; border-color: {ACCENT}; color: {ON_ACCENT}; }}
QPushButton:default:hover, QPushButton[primary="true"]:hover {{ background: {ACCENT_HOVER}; }}
QPushButton[primary="true"]:disabled {{ color: {FAINT}; background: {PANEL}; border-color: {BORDER}; }}
QLineEdit, QPlainTextEdit, QTextBrowser, QListWidget, QTreeWidget {{
  background: {FIELD}; border: 1px solid {BORDER}; border-radius: 4px; selection-background-color: {ACCENT_DEEP}; selection-color: {ON_ACCENT}; }}
QLineEdit {{ padding: 3px 6px; min-height: 18px; }}
QAbstractSpinBox QLineEdit {{ border: 0; padding: 0; background: transparent; min-height: 0; }}
QPlainTextEdit {{ padding: 3px; }}
QLineEdit:focus, QPlainTextEdit:focus, QListWidget:focus {{ border-color: {ACCENT}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {FAINT}; background: {PANEL}; }}
QComboBox QAbstractItemView {{ background: {PANEL}; border: 1px solid {BORDER}; selection-background-color: {ACCENT_DEEP}; outline: 0; }}
QListWidget::item {{ padding: 5px 6px; border-radius: 3px; }}
QListWidget::item:selected {{ background: {ACCENT_DEEP}; color: {ON_ACCENT}; }}
QListWidget::item:hover:!selected {{ background: {RAISED}; }}
QTableWidget {{ background: {FIELD}; border: 1px solid {BORDER}; border-radius: 4px; outline: 0; }}
QTableWidget:focus {{ border-color: {ACCENT}; }}
QTableWidget::item {{ padding: 0 6px; border-bottom: 1px solid {PANEL}; }}
QTableWidget::item:selected {{ background: {ACCENT_DEEP}; color: {ON_ACCENT}; }}
QTableWidget QLineEdit {{ padding: 0 5px; border-radius: 0; min-height: 0; }}
QHeaderView {{ background: {PANEL}; }}
QHeaderView::section {{ background: {PANEL}; color: {DIM}; border: 0; border-bottom: 1px solid {BORDER}; padding: 5px 9px; font-weight: 600; }}
QTreeWidget::item {{ padding: 3px 2px; }}
QTreeWidget::item:selected {{ background: {ACCENT_DEEP}; color: {ON_ACCENT}; }}
QTreeWidget::item:hover:!selected {{ background: {RAISED}; }}
QDialog#commandPalette {{ background: {PANEL}; border: 1px solid {BORDER}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QProgressBar {{ background: {FIELD}; border: 1px solid {BORDER}; border-radius: 4px; text-align: center; color: {TEXT}; max-height: 14px; }}
QProgressBar::chunk {{ background: {ACCENT_DEEP}; border-radius: 3px; }}
QScrollBar:horizontal {{ background: {FIELD}; height: 12px; margin: 0; border: 0; }}
QScrollBar:vertical {{ background: {FIELD}; width: 10px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {HOVER}; border-radius: 4px; margin: 2px; min-width: 24px; min-height: 24px; }}
QScrollBar::handle:hover {{ background: {FAINT}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ border: 0; background: {PANEL}; }}
QFrame#notice {{ background: {RAISED}; border-left: 3px solid {ACCENT}; }}
QFrame#notice[kind="warning"] {{ border-left-color: {WARNING}; }}
QFrame#welcome {{ background: {translucent(PANEL, 0.9)}; border: 1px solid {BORDER}; border-radius: 8px; }}
QFrame#welcome QLabel {{ background: transparent; }}
QLabel#loading {{ color: {DIM}; background: {translucent(PANEL, 0.88)}; border-radius: 6px; padding: 7px 16px; }}
QLabel[role="heading"] {{ color: {DIM}; font-weight: 600; }}
QLabel[role="dim"] {{ color: {DIM}; }}
QLabel[role="faint"] {{ color: {FAINT}; }}
QLabel[role="error"] {{ color: {ERROR}; }}
QLabel[role="warning"] {{ color: {WARNING}; }}
"""


def numbers_font(base: QFont, scale: float = 1.0) -> QFont:
    """A fixed-width font for timecode and levels, so that digits do not dance."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(max(7.0, base.pointSizeF() * scale))
    return font
