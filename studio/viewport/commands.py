"""What the window's viewport actions do, and how its handles become keys."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from engine.core.channels import INDEX, mirror
from engine.core.motion import MotionClip
from studio.viewport.handles import HANDLES

if TYPE_CHECKING:
    from studio.conductor import Conductor
    from studio.keying import Keying
    from studio.selection import Selection
    from studio.session import Session
    from studio.settings import Preferences
    from studio.viewport.view import Viewport
    from studio.window import MainWindow

HOLD_S = 0.35  # a flip key held longer than this flips back when it is let go
_LEAST_CHANGE = 1e-4


class ViewportCommands:
    """Handles, and comparing two motions."""

    viewport: Viewport
    conductor: Conductor
    preferences: Preferences
    actions_by_name: dict[str, QAction]
    kept_motion: MotionClip | None = None
    handle_keys: HandleKeys
    flip_key: FlipKey

    if TYPE_CHECKING:

        def say(self, text: str) -> None:
            """A word in the status bar."""

    def pin_handles(self, on: bool) -> None:
        """Keep the handles in view, or show them under the pointer."""
        self.viewport.pointing.pin(on)
        self.preferences.put("viewport/handles", on)

    def keep_for_comparing(self) -> None:
        """Keep the motion as it is now as B."""
        motion = self.conductor.motion
        if motion is not None:
            self.kept_motion = replace(motion, values=motion.values.copy())
            if self.viewport.compare_mode:
                self.viewport.set_compare(self.kept_motion, self.viewport.compare_mode)
            self.say(
                QCoreApplication.translate("ViewportCommands", "Kept as B. Go on, then flip between A and B with {key}").format(key=self._key("compare_flip"))
            )

    def compare_flip(self) -> None:
        """Show B in the place of A, or A again."""
        if self.viewport.compare_mode != "flip" and not self._compare("flip"):
            return
        self.viewport.flip()

    def compare_side(self, on: bool) -> None:
        """A and B side by side."""
        self._compare_or_not("side", on)

    def compare_difference(self, on: bool) -> None:
        """How far A and B are apart, in colours."""
        self._compare_or_not("difference", on)

    def compare_off(self) -> None:
        """A alone again."""
        self.viewport.set_compare(None)

    def _compare_or_not(self, mode: str, on: bool) -> None:
        if on and self.viewport.compare_mode != mode:
            self._compare(mode)
            self.show_comparing()
        elif not on and self.viewport.compare_mode == mode:
            self.compare_off()

    def _compare(self, mode: str) -> bool:
        other = self.viewport.other or self.kept_motion
        if other is None:
            self.say(
                QCoreApplication.translate("ViewportCommands", "There is no B yet: keep the motion first ({key}), or choose a take to compare with").format(
                    key=self._key("compare_keep")
                )
            )
            return False
        self.viewport.set_compare(other, mode)
        return True

    def _key(self, name: str) -> str:
        return self.actions_by_name[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def show_comparing(self) -> None:
        """Check the actions of what is compared."""
        for mode in ("side", "difference"):
            self.actions_by_name[f"compare_{mode}"].setChecked(self.viewport.compare_mode == mode)
        self.actions_by_name["compare_off"].setEnabled(bool(self.viewport.compare_mode))


class HandleKeys(QObject):
    """Turns what the handles do into keys: one drag, one step.

    Args:
        viewport: whose handles.
        session: the document.
        keying: makes the keys.
        selection: says which layer they go to.
    """

    def __init__(self, viewport: Viewport, session: Session, keying: Keying, selection: Selection) -> None:
        super().__init__(viewport)
        self._viewport, self._session, self._keying, self._selection = viewport, session, keying, selection
        self._shown: NDArray[np.float32] | None = None  # finished values when the drag began
        self._keyed: dict[str, float] = {}  # the layer's values then
        viewport.handle_dragged.connect(self._on_dragged)

    def _on_dragged(self, name: str, values: dict[str, float], phase: str) -> None:
        if self._session.line is None or self._session.read_only:
            return
        if phase == "begin":
            self._begin(name)
        elif phase == "move" and self._shown is not None:
            self._move(values)
        elif phase in ("end", "cancel") and self._shown is not None:
            self._shown = None
            self._keying.end(keep=phase == "end")
        elif phase == "reset":
            self._reset(values)

    def _begin(self, name: str) -> None:
        channels = HANDLES[name].channels
        both = dict.fromkeys((*channels, *(mirror(c) for c in channels)))
        self._shown = self._viewport.values.copy()
        self._keyed = {c: self._keying.value(c) for c in both}
        title = QCoreApplication.translate("Handles", HANDLES[name].title)
        self._keying.begin(QCoreApplication.translate("ViewportCommands", "Move {handle}").format(handle=title.lower()))

    def _move(self, values: dict[str, float]) -> None:
        assert self._shown is not None
        mode, weight = self._layer()
        keyed = {}
        for channel, value in values.items():
            change = value - float(self._shown[INDEX[channel]])
            if abs(change) > _LEAST_CHANGE:
                keyed[channel] = value if mode == "override" else self._keyed[channel] + change / max(weight, 0.05)
        self._keying.set_values(keyed, instead=True)

    def _reset(self, values: dict[str, float]) -> None:
        """The layer leaves the handle's channels alone at the playhead."""
        line, layer_id = self._session.line, self._selection.active_layer
        if line is None or not layer_id or not line.has_part("layers", layer_id):
            return
        curves = line.layer(layer_id).curves
        there = {c: 0.0 for c in values if c in curves and self._keying.value(c) != 0.0}
        if there:
            self._keying.set_values(there)

    def _layer(self) -> tuple[str, float]:
        line, layer_id = self._session.line, self._selection.active_layer
        if line is None or not layer_id or not line.has_part("layers", layer_id):
            return "additive", 1.0
        layer = line.layer(layer_id)
        return layer.mode, layer.weight


class FlipKey(QObject):
    """Lets B go again when the flip key was held, not pressed.

    Args:
        window: whose key and viewport.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._viewport, self._action = window.viewport, window.actions_by_name["compare_flip"]
        self._action.setAutoRepeat(False)
        self._down_s: float | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the key go down and up; it is not taken."""
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat() and QKeySequence(event.keyCombination()) in self._action.shortcuts():
            if event.type() == QEvent.Type.ShortcutOverride and self._down_s is None:
                self._down_s = time.monotonic()
            elif event.type() == QEvent.Type.KeyRelease:
                began_s, self._down_s = self._down_s, None
                if began_s is not None and time.monotonic() - began_s > HOLD_S:
                    self._viewport.flip()
        return False


def connect(window: MainWindow) -> None:
    """Let the handles make keys, and the actions show what is compared."""
    viewport = window.viewport
    window.handle_keys = HandleKeys(viewport, window.session, window.keying, window.selection)
    window.flip_key = FlipKey(window)
    viewport.pointing.watch_keys(window)
    viewport.compare_changed.connect(window.show_comparing)
    window.session.line_changed.connect(lambda: _forget(window))
    window.actions_by_name["handles"].setChecked(window.preferences.flag("viewport/handles", False))
    window.show_comparing()


def _forget(window: MainWindow) -> None:
    """Another line has another motion: nothing is compared."""
    window.kept_motion = None
    if window.viewport.compare_mode:
        window.viewport.set_compare(None)
