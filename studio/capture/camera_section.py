"""The section for the camera: which one, how a take begins, record."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from studio import icons, theme
from studio.capture.door import Door
from studio.capture.face_recorder import COUNTS, USUAL_DELAY_S
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.panel import Section
from studio.settings import Preferences
from studio.stage.light import retitle
from studio.stage.rows import NAME_PX, combo, tick

_CAMERA, _COUNT, _MICROPHONE, _DELAY = "capture/camera", "capture/count", "capture/microphone", "capture/delay_ms"
_MIRROR = "capture/mirror"
_MOST_DELAY_MS = 250.0
_DELAY_PX = 62


class CameraSection(Section):
    """Records a face.

    Args:
        desk: what it works with.
        door: knows the cameras.

    Signals:
        switched(on): the camera is wanted on, or off.
        record_wanted(): a take is to begin, or to end.
        mirrored(on): the picture is wanted as in a mirror, or not.
        delay_changed(seconds): from the light to the picture.
    """

    switched = Signal(bool)
    record_wanted = Signal()
    mirrored = Signal(bool)
    delay_changed = Signal(float)

    def __init__(self, desk: Desk, door: Door, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._desk, self._door = desk, door
        self._preferences = Preferences()
        self._state, self._looked = "off", False
        retitle(self, self.tr("Camera"), "camera")
        self._build_choice()
        self.count = combo(self, "countIn", self.tr("Count-in"), self.tr("Seconds before a take begins"))
        for seconds in COUNTS:
            self.count.addItem(self.tr("{count} s").format(count=seconds) if seconds else self.tr("None"), seconds)
        self.count.setCurrentIndex(max(0, self.count.findData(int(self._preferences.text(_COUNT, "3")))))
        self.count.activated.connect(lambda _: self._preferences.put(_COUNT, self.count.currentData()))
        tip = self.tr("On: the take has its own sound and becomes a line of its own. Off: the current line plays, and the take is a layer on it.")
        self.microphone = tick(self, "withMicrophone", self.tr("With the microphone"), tip)
        self.microphone.setChecked(self._preferences.flag(_MICROPHONE, False))
        self.microphone.toggled.connect(lambda on: self._preferences.put(_MICROPHONE, on))
        tip = self.tr("As in a mirror; off, the picture faces you as the avatar does")
        self.mirror = tick(self, "mirrorCamera", self.tr("Mirror the picture"), tip)
        self.mirror.setChecked(self._preferences.flag(_MIRROR, False))
        self.mirror.toggled.connect(self._on_mirror)
        self._build_delay()
        self._build_buttons()
        self.hint = QLabel()
        self.hint.setObjectName("cameraHint")
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.column.addWidget(self.hint)
        self.show_state("off")

    def _build_choice(self) -> None:
        self.camera = combo(self, "cameraBox", self.tr("Camera"), self.tr("Which camera looks at you"))
        self.again = QToolButton()
        self.again.setObjectName("lookForCameras")
        self.again.setIcon(icons.icon("reset"))
        self.again.setAccessibleName(self.tr("Look for cameras again"))
        self.again.setToolTip(self.tr("Look for cameras again"))
        self.again.clicked.connect(lambda _=False: self.look())
        item = self.column.itemAt(self.column.count() - 1)
        row = item.layout() if item is not None else None
        if row is not None:
            row.addWidget(self.again)
        self.camera.activated.connect(lambda _: self._preferences.put(_CAMERA, self.camera.currentData()))

    def _build_delay(self) -> None:
        tip = self.tr("How late the camera's pictures are: a take that lags behind the sound is moved earlier by this")
        usual = USUAL_DELAY_S * 1000
        self.delay = LevelRow(Level(self.tr("Delay"), _MOST_DELAY_MS, usual, tip, decimals=0, unit="ms", key="cameraDelay"), None, "", NAME_PX)
        self.delay.number.setFixedWidth(_DELAY_PX)
        self.delay.set_value(min(max(float(self._preferences.text(_DELAY, str(usual))), 0.0), _MOST_DELAY_MS))
        self.delay.changed.connect(self._on_delay)
        self.column.addWidget(self.delay)

    def _on_mirror(self, on: bool) -> None:
        self._preferences.put(_MIRROR, on)
        self.mirrored.emit(on)

    def _on_delay(self, value_ms: float) -> None:
        self._preferences.put(_DELAY, value_ms)
        self.delay_changed.emit(value_ms / 1000)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.on = QPushButton()
        self.on.setObjectName("cameraOn")
        self.on.setCheckable(True)
        self.on.clicked.connect(lambda on: self.switched.emit(on))
        self.record = QPushButton()
        self.record.setObjectName("recordFace")
        self.record.setProperty("primary", True)
        self.record.setIconSize(QSize(14, 14))
        self.record.clicked.connect(lambda _=False: self.record_wanted.emit())
        row.addWidget(self.on, 1)
        row.addWidget(self.record, 1)
        self.column.addLayout(row)

    @property
    def delay_s(self) -> float:
        """From the light to the picture."""
        return self.delay.value / 1000

    @property
    def key(self) -> str | None:
        """Of the chosen camera; None where there is none."""
        found = self.camera.currentData()
        return str(found) if found is not None else None

    def look(self) -> None:
        """See which cameras there are."""
        self._looked = True
        door = self._door
        task = Task("camera", self.tr("Looking for cameras"), "cameras", visible=False)
        self._desk.jobs.submit(task, lambda _: door.cameras(), self._on_cameras, lambda error: self.tell(str(error)))

    def _on_cameras(self, found: tuple[tuple[str, str], ...]) -> None:
        wanted = self.key or self._preferences.text(_CAMERA)
        self.camera.clear()
        for key, name in found:
            self.camera.addItem(name, key)
        self.camera.setCurrentIndex(max(0, self.camera.findData(wanted)) if found else -1)
        self.camera.setPlaceholderText(self.tr("No camera"))
        self.tell("" if found else self.tr("No camera is found. Connect one and look again; on Linux you must belong to the group “video”."))
        self.show_state(self._state)

    def tell(self, text: str) -> None:
        """A word below the buttons; "" for none."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def show_state(self, state: str) -> None:
        """Show what the camera does: `off`, `starting`, `live`, `counting` or `recording`."""
        self._state = state
        on, taking = state != "off", state in ("counting", "recording")
        self.on.setChecked(on)
        self.on.setText(self.tr("Camera Off") if on else self.tr("Camera On"))
        self.on.setToolTip(self.tr("Give the camera back") if on else self.tr("See yourself, and let the avatar follow"))
        self.on.setEnabled(on or self.key is not None)
        self.record.setText(self.tr("Stop") if taking else self.tr("Record"))
        self.record.setIcon(icons.icon("stop" if taking else "record"))
        reason = self._desk.read_only or ("" if self.key is not None or on else self.tr("There is no camera."))
        self.record.setEnabled(not reason and state != "starting")
        begin, end = self.tr("Count in and record a take (Alt+Shift+R)"), self.tr("End the take; its curves come onto a layer")
        self.record.setToolTip(reason or (end if taking else begin))
        for widget in (self.camera, self.again, self.count, self.microphone):
            widget.setEnabled(not on if widget in (self.camera, self.again) else not taking)

    def refresh(self) -> None:
        """Show the document as it stands; look for cameras when it is first seen."""
        if not self._looked:
            self.look()
        self.show_state(self._state)
