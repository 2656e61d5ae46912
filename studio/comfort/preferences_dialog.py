"""Preferences: how the studio looks, speaks and counts. What is chosen holds at once; the language from the next start on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio import theme
from studio.comfort import language
from studio.comfort.catalogue import plain
from studio.comfort.keymaps import PRESET_WORDS, PRESETS
from studio.comfort.menus import THEMES, word
from studio.timeline.axis import UNITS

if TYPE_CHECKING:
    from studio.window import MainWindow


class PreferencesDialog(QDialog):
    """Edits what is remembered of a person.

    Args:
        window: that shows it.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(theme.SPACE * 2)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE * 2)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column.addLayout(form)
        self._build_look(form)
        self._build_keys(form)
        self._build_time(form)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(460)

    def _build_look(self, form: QFormLayout) -> None:
        self.theme = _choice("themeChoice", self.tr("Dark or light, or as the system has it"), {m: plain(word(t)) for m, t in THEMES.items()}, theme.mode())
        self.theme.activated.connect(lambda at: self._window.choose_theme(self.theme.itemData(at)))
        form.addRow(self.tr("&Theme:"), self.theme)
        languages = {language.SYSTEM: self.tr("As the system"), **language.offered()}
        chosen = self._window.preferences.text("look/language", language.SYSTEM)
        self.language = _choice("languageChoice", self.tr("Language of menus, panels and messages"), languages, chosen)
        self.language.activated.connect(self._on_language)
        form.addRow(self.tr("&Language:"), self.language)
        self.restart = QLabel(self.tr("The language changes when Viva Voce is started again."))
        self.restart.setProperty("role", "warning")
        self.restart.setWordWrap(True)
        self.restart.hide()
        form.addRow("", self.restart)

    def _build_keys(self, form: QFormLayout) -> None:
        bindings = self._window.bindings
        words = {name: QCoreApplication.translate("Keymaps", PRESET_WORDS[name]) for name in PRESETS}
        self.keys = _choice("keysChoice", self.tr("Keys as another program has them; own changes are dropped"), words, bindings.keymap.preset)
        self.keys.activated.connect(lambda at: bindings.use(bindings.keymap.with_preset(self.keys.itemData(at))))
        bindings.changed.connect(self._show_keys)
        edit = QPushButton(self.tr("Edit…"))
        edit.setObjectName("editKeys")
        edit.setToolTip(self.tr("Choose the keys of every action"))
        edit.setAutoDefault(False)
        edit.clicked.connect(lambda: self._window.edit_shortcuts())
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.keys, 1)
        row.addWidget(edit)
        form.addRow(self.tr("&Keys:"), both)

    def _build_time(self, form: QFormLayout) -> None:
        words = {"timecode": self.tr("Timecode"), "seconds": self.tr("Seconds"), "frames": self.tr("Frames")}
        self.unit = _choice("unitChoice", self.tr("How times are written"), {u: words[u] for u in UNITS}, self._window.transport.unit)
        self.unit.activated.connect(lambda at: self._window.transport.set_unit(self.unit.itemData(at)))
        form.addRow(self.tr("T&ime in:"), self.unit)
        self.scrub = QCheckBox(self.tr("Hear the sound while scrubbing"))
        self.scrub.setObjectName("scrubChoice")
        self.scrub.setToolTip(self.tr("Short pieces of sound while the playhead is dragged"))
        action = self._window.actions_by_name["scrub_audible"]
        self.scrub.setChecked(action.isChecked())
        self.scrub.toggled.connect(action.setChecked)
        form.addRow("", self.scrub)

    def _show_keys(self) -> None:
        self.keys.setCurrentIndex(self.keys.findData(self._window.bindings.keymap.preset))

    def _on_language(self, at: int) -> None:
        self._window.preferences.put("look/language", self.language.itemData(at))
        self.restart.setVisible(language.resolve(self.language.itemData(at)) != self._window.language)


def _choice(name: str, tip: str, words: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setToolTip(tip)
    box.setAccessibleName(tip)
    for value, text in words.items():
        box.addItem(text, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
