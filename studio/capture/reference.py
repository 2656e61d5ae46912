"""The picture beside the viewport: the film a performance is captured from, or the camera, with what is tracked in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from studio import theme
from studio.capture.door import FoundFace
from studio.capture.marks import paint_box, paint_face, plate

MARGIN_PX = 8


class ReferenceView(QWidget):
    """Shows one picture and what was found in it; it decodes nothing.

    Signals:
        resized(): pictures of another size are wanted.
        point_chosen(x, y): a click, in the picture's pixels.
        face_chosen(index): a click into one of `faces`.
    """

    resized = Signal()
    point_chosen = Signal(float, float)
    face_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reference")
        self.setAccessibleName(self.tr("Reference picture"))
        self.setMinimumSize(180, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._image: QImage | None = None
        self._size = (1, 1)  # of the picture, pixels
        self._points: NDArray[np.float32] | None = None
        self._mirrored = False
        self.faces: Sequence[FoundFace] = ()
        self.chosen = -1
        self._said, self._count = "", 0
        self._recording_s: float | None = None
        self.caption = ""
        self.bar = ReferenceBar(self)

    # What is shown.

    @property
    def image(self) -> QImage | None:
        """The picture on screen."""
        return self._image

    @property
    def points(self) -> NDArray[np.float32] | None:
        """The points drawn over it, [P, 2] of its pixels; None where there are none."""
        return self._points if self.bar.points.isChecked() else None

    @property
    def wanted(self) -> QSize:
        """Device pixels that there are for a picture."""
        return self.size() * self.devicePixelRatioF()

    def show_picture(self, image: QImage | None, size: tuple[int, int], points: NDArray[np.float32] | None = None, mirrored: bool = False) -> None:
        """Show a picture.

        Args:
            image: scaled as one likes; None for none.
            size: width and height of the picture it was made from.
            points: float32 [P, 2] of that picture's pixels; None where no face is known.
            mirrored: as one sees oneself.
        """
        self._image, self._size, self._points, self._mirrored = image, size, points, mirrored
        self.update()

    def show_faces(self, faces: Sequence[FoundFace], chosen: int = -1) -> None:
        """Mark faces to choose from; none of them to mark nothing."""
        self.faces, self.chosen = faces, chosen
        self.setCursor(Qt.CursorShape.PointingHandCursor if len(faces) > 1 else Qt.CursorShape.ArrowCursor)
        self.update()

    def say(self, text: str) -> None:
        """A word in the middle; "" for none."""
        if text != self._said:
            self._said = text
            self.update()

    @property
    def said(self) -> str:
        """The word in the middle."""
        return self._said

    def show_count(self, seconds: int) -> None:
        """A large number of a count-in; 0 for none."""
        if seconds != self._count:
            self._count = seconds
            self.update()

    def show_recording(self, time_s: float | None) -> None:
        """How long a take is recorded already; None while none is."""
        if time_s != self._recording_s:
            self._recording_s = time_s
            self.update()

    def set_caption(self, text: str) -> None:
        """What is seen, at the lower edge."""
        if text != self.caption:
            self.caption = text
            self.setToolTip(text)
            self.update()

    # Where things are.

    @property
    def frame(self) -> QRectF:
        """Where the picture lies."""
        width, height = self._size
        scale = min(self.width() / width, self.height() / height)
        across, down = width * scale, height * scale
        return QRectF((self.width() - across) / 2, (self.height() - down) / 2, across, down)

    def _place(self) -> QTransform:
        """From the picture's pixels to the widget's."""
        frame = self.frame
        place = QTransform.fromTranslate(frame.x(), frame.y()).scale(frame.width() / self._size[0], frame.height() / self._size[1])
        return place.translate(self._size[0], 0).scale(-1, 1) if self._mirrored else place

    def place_of(self, x: float, y: float) -> QPointF:
        """Where a pixel of the picture is on the widget."""
        return self._place().map(QPointF(x, y))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in a dark room, and what is known of it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.GROOVE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None:
            self._paint_picture(painter, self._image)
        if self._said:
            self._paint_words(painter)
        if self._count:
            self._paint_count(painter)
        self._paint_status(painter)
        painter.end()

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        place, frame = self._place(), self.frame
        painter.save()
        if self._mirrored:
            painter.translate(frame.x() + frame.width(), frame.y())
            painter.scale(-1, 1)
            painter.drawImage(QRectF(0, 0, frame.width(), frame.height()), image)
        else:
            painter.drawImage(frame, image)
        painter.restore()
        if self.points is not None:
            paint_face(painter, self.points, place)
        if len(self.faces) > 1:
            for i, face in enumerate(self.faces):
                box = place.mapRect(QRectF(QPointF(*face.box[:2]), QPointF(*face.box[2:])))
                paint_box(painter, box, i == self.chosen, self.tr("This one") if i == self.chosen else str(i + 1))
        if self._recording_s is not None:
            painter.setPen(QColor(theme.ERROR))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame.adjusted(1, 1, -1, -1))

    def _paint_words(self, painter: QPainter) -> None:
        font = painter.font()
        width = min(float(self.width()) - 32, 420.0)
        box = QRectF(painter.fontMetrics().boundingRect(0, 0, round(width) - 28, 400, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, self._said))
        box = box.adjusted(-14, -8, 14, 8)
        box.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("#101216", 0.78))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        painter.setPen(QColor("#f2f3f5"))
        painter.drawText(box.adjusted(14, 8, -14, -8), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter, self._said)

    def _paint_count(self, painter: QPainter) -> None:
        side = min(self.width(), self.height()) * 0.42
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("#101216", 0.6))
        painter.drawEllipse(middle, side / 2, side / 2)
        font = painter.font()
        font.setPixelSize(max(12, round(side * 0.6)))
        font.setBold(True)
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), Qt.AlignmentFlag.AlignCenter, str(self._count))
        painter.restore()

    def _paint_status(self, painter: QPainter) -> None:
        low = self.height() - MARGIN_PX - painter.fontMetrics().height() / 2 - 4
        if self._recording_s is not None:
            minutes, seconds = divmod(self._recording_s, 60)
            plate(painter, QPointF(self.width() / 2, low), f"{int(minutes)}:{seconds:04.1f}", QColor("#ffffff"), QColor(theme.ERROR))
        elif self.caption:
            text = painter.fontMetrics().elidedText(self.caption, Qt.TextElideMode.ElideMiddle, max(40, self.width() - 40))
            plate(painter, QPointF(self.width() / 2, low), text, QColor("#f2f3f5"))

    # The mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a face."""
        if event.button() != Qt.MouseButton.LeftButton or self._image is None:
            event.ignore()
            return
        back, able = self._place().inverted()
        point = back.map(event.position())
        if able:
            for i, face in enumerate(self.faces):
                if QRectF(QPointF(*face.box[:2]), QPointF(*face.box[2:])).contains(point):
                    self.face_chosen.emit(i)
            self.point_chosen.emit(point.x(), point.y())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures that fit."""
        super().resizeEvent(event)
        self.bar.move(MARGIN_PX, MARGIN_PX)
        self.resized.emit()


class ReferenceBar(QFrame):
    """The small bar in the picture's corner.

    Args:
        view: where it lies.

    Signals:
        points_switched(on): the tracked points are wanted, or not.
        neutral_wanted(): the face in the picture is the neutral one.
        closed(): the picture is not wanted.
    """

    points_switched = Signal(bool)
    neutral_wanted = Signal()
    closed = Signal()

    def __init__(self, view: ReferenceView) -> None:
        super().__init__(view)
        self.setObjectName("referenceBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.points = self._button("referencePoints", self.tr("Points"), self.tr("The tracked points over the picture"))
        self.points.setCheckable(True)
        self.points.setChecked(True)
        tip = self.tr("The face in this picture is the face at rest: captured motion begins there")
        self.neutral = self._button("referenceNeutral", self.tr("Neutral"), tip)
        self.close_button = self._button("referenceClose", "✕", self.tr("Hide the reference picture, or switch the camera off"))
        self.close_button.setAccessibleName(self.tr("Hide"))
        for button in (self.points, self.neutral, self.close_button):
            row.addWidget(button)
        self.points.toggled.connect(self.points_switched)
        self.points.toggled.connect(view.update)
        self.neutral.clicked.connect(lambda _=False: self.neutral_wanted.emit())
        self.close_button.clicked.connect(lambda _=False: self.closed.emit())
        theme.changed.connect(self._paint)
        self._paint()
        self.adjustSize()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _paint(self) -> None:
        plain, hot, on = theme.translucent("#101216", 0.62), theme.translucent("#ffffff", 0.16), theme.translucent(theme.ACCENT_DEEP, 0.9)
        self.setStyleSheet(
            f"#referenceBar {{ background: {plain}; border: 0; border-radius: 5px; }}"
            "#referenceBar QToolButton { color: #f2f3f5; background: transparent; border: 1px solid transparent; padding: 2px 6px; border-radius: 3px; }"
            f"#referenceBar QToolButton:hover {{ background: {hot}; }} #referenceBar QToolButton:checked {{ background: {on}; }}"
            f"#referenceBar QToolButton:focus {{ border-color: {theme.ACCENT}; }} #referenceBar QToolButton:disabled {{ color: #9aa0a8; }}"
        )
