"""How the studio looks: one dark theme, its colours by name, set as a Fusion palette and a small style sheet.

Every colour used anywhere in the studio is named here. A palette set by hand, because a colour scheme asked for from the
system has no effect on some platforms.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

WINDOW = "#1b1d21"
PANEL = "#23262b"
FIELD = "#16181b"
RAISED = "#31353c"
HOVER = "#3c414a"
BORDER = "#393e46"
TEXT = "#e7e9ec"
DIM = "#a9b0ba"
FAINT = "#7b838f"
ACCENT = "#4f9fe0"
ACCENT_DEEP = "#2f6ea6"
PLAYHEAD = "#ff6257"
GOOD = "#63c08c"
WARNING = "#e6b450"
ERROR = "#f07a70"
WAVE = "#6f8fae"
WAVE_CORE = "#a8c4df"

# By viseme class, chosen so that neighbours in speech differ in hue; the text on them is dark.
VISEMES: dict[str, str] = {
    "sil": "#2a2e34", "PBM": "#e5766f", "FV": "#e59a5b", "TH": "#d9bd58", "DTNL": "#a9c266", "KG": "#70bd87", "SZ": "#5bbdb6",
    "CH": "#5fa8d8", "R": "#8094e2", "AA": "#b68be0", "EI": "#d884c3", "OU": "#c29a84",
}  # fmt: skip
ON_VISEME = "#14161a"

SPACE = 8  # pixels between things that belong together; half of it inside a row
ROW = 24  # height of a row of controls

_SHEET = f"""
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
QMenu::item:selected {{ background: {ACCENT_DEEP}; color: white; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::separator {{ height: 1px; background: {BORDER}; margin: 4px 8px; }}
QToolBar {{ background: {PANEL}; border: 0; spacing: 2px; padding: 3px 6px; }}
QToolBar::separator {{ background: {BORDER}; width: 1px; margin: 5px 6px; }}
QToolButton {{ padding: 4px; border: 1px solid transparent; border-radius: 4px; }}
QToolButton:hover {{ background: {RAISED}; }}
QToolButton:pressed, QToolButton:checked {{ background: {ACCENT_DEEP}; }}
QToolButton:focus {{ border-color: {ACCENT}; }}
QStatusBar {{ background: {WINDOW}; color: {DIM}; }}
QStatusBar::item {{ border: 0; }}
QPushButton {{ background: {RAISED}; border: 1px solid {BORDER}; border-radius: 4px; padding: 4px 12px; min-height: 16px; }}
QPushButton:hover {{ background: {HOVER}; }}
QPushButton:pressed {{ background: {FIELD}; }}
QPushButton:focus {{ border-color: {ACCENT}; }}
QPushButton:disabled {{ color: {FAINT}; background: {PANEL}; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {ACCENT_DEEP}; border-color: {ACCENT}; color: white; }}
QPushButton:default:hover, QPushButton[primary="true"]:hover {{ background: {ACCENT}; }}
QPushButton[primary="true"]:disabled {{ color: {FAINT}; background: {PANEL}; border-color: {BORDER}; }}
QLineEdit, QPlainTextEdit, QTextBrowser, QListWidget {{
  background: {FIELD}; border: 1px solid {BORDER}; border-radius: 4px; selection-background-color: {ACCENT_DEEP}; selection-color: white; }}
QLineEdit {{ padding: 3px 6px; min-height: 18px; }}
QAbstractSpinBox QLineEdit {{ border: 0; padding: 0; background: transparent; min-height: 0; }}
QPlainTextEdit {{ padding: 3px; }}
QLineEdit:focus, QPlainTextEdit:focus, QListWidget:focus {{ border-color: {ACCENT}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {FAINT}; background: {PANEL}; }}
QComboBox QAbstractItemView {{ background: {PANEL}; border: 1px solid {BORDER}; selection-background-color: {ACCENT_DEEP}; outline: 0; }}
QListWidget::item {{ padding: 5px 6px; border-radius: 3px; }}
QListWidget::item:selected {{ background: {ACCENT_DEEP}; color: white; }}
QListWidget::item:hover:!selected {{ background: {RAISED}; }}
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
QLabel[role="heading"] {{ color: {DIM}; font-weight: 600; }}
QLabel[role="dim"] {{ color: {DIM}; }}
QLabel[role="faint"] {{ color: {FAINT}; }}
QLabel[role="warning"] {{ color: {WARNING}; }}
"""


def colour(value: str, alpha: float = 1.0) -> QColor:
    """A named colour with an opacity from 0 to 1."""
    out = QColor(value)
    out.setAlphaF(alpha)
    return out


def palette() -> QPalette:
    """The palette of the dark theme."""
    out = QPalette()
    role = QPalette.ColorRole
    for target, value in {
        role.Window: PANEL, role.WindowText: TEXT, role.Base: FIELD, role.AlternateBase: PANEL, role.Text: TEXT, role.Button: RAISED,
        role.ButtonText: TEXT, role.BrightText: "#ffffff", role.ToolTipBase: RAISED, role.ToolTipText: TEXT, role.PlaceholderText: FAINT,
        role.Highlight: ACCENT_DEEP, role.HighlightedText: "#ffffff", role.Link: ACCENT, role.LinkVisited: ACCENT, role.Light: HOVER,
        role.Midlight: RAISED, role.Mid: BORDER, role.Dark: WINDOW, role.Shadow: "#000000", role.Accent: ACCENT,
    }.items():  # fmt: skip
        out.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        out.setColor(QPalette.ColorGroup.Disabled, target, QColor(FAINT))
    out.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(BORDER))
    return out


def apply(app: QApplication) -> None:
    """Give the application the theme."""
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setStyleSheet(_SHEET)


def numbers_font(base: QFont, scale: float = 1.0) -> QFont:
    """A fixed-width font for timecode and levels, so that digits do not dance."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(max(7.0, base.pointSizeF() * scale))
    return font
