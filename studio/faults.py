"""The one place where faults become words on the screen: what is wrong, and what one can do."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.core.errors import Cancelled, EngineError

log = logging.getLogger(__name__)


def words(error: BaseException) -> tuple[str, str, str]:
    """What a person reads of a fault: what is wrong, the remedy, and details to send to us.

    Only a fault of ours has details.
    """
    if isinstance(error, EngineError):
        return _sentence(error.what), _sentence(error.remedy), ""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, MemoryError):
        what = QCoreApplication.translate("Faults", "There is not enough memory for this.")
        return what, QCoreApplication.translate("Faults", "Close other programs, or work on a shorter sound."), details
    return (
        QCoreApplication.translate("Faults", "Something went wrong inside Viva Voce; what you did last was not done."),
        QCoreApplication.translate("Faults", "Your work is safe in the project. If it happens again, send us the details below."),
        details,
    )


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


class Faults(QObject):
    """Shows faults over a window, one dialog at a time; the same one is not shown twice over.

    Args:
        window: over which they appear.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._boxes: list[QMessageBox] = []
        self._before: Callable[[type[BaseException], BaseException, TracebackType | None], object] | None = None

    @property
    def open_boxes(self) -> list[QMessageBox]:
        """The dialogs on screen."""
        return list(self._boxes)

    def show(self, error: BaseException, title: str = "") -> None:
        """Tell a person; silent for what they cancelled themselves."""
        if isinstance(error, Cancelled):
            return
        what, remedy, details = words(error)
        if details:
            log.error("a fault in the studio", exc_info=error)
        if any(box.text() == what for box in self._boxes):
            return
        box = QMessageBox(QMessageBox.Icon.Critical if details else QMessageBox.Icon.Warning, title or "Viva Voce", what, parent=self._window)
        box.setObjectName("fault")
        box.setInformativeText(remedy)
        if details:
            box.setDetailedText(details)
        self._boxes.append(box)
        box.finished.connect(lambda _: self._closed(box))
        box.open()

    def _closed(self, box: QMessageBox) -> None:
        if box in self._boxes:
            self._boxes.remove(box)
        box.deleteLater()

    def watch(self) -> None:
        """Show what nobody caught in the main thread too, until `unwatch`."""
        self._before = sys.excepthook
        sys.excepthook = self._on_uncaught

    def unwatch(self) -> None:
        """Leave uncaught faults to whoever had them before."""
        if self._before is not None:
            sys.excepthook = self._before
            self._before = None

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._window.close()
            return
        self.show(error)
