"""The camera's lane: when any of its numbers has keys. Those of each lie in lanes of their own below it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from studio import theme
from studio.timeline.axis import format_time
from studio.timeline.curve_picture import draw_pixels, key_sprite, stamp_keys
from studio.timeline.lane import Canvas, Content, Found, Hit, Lane
from studio.timeline.titles import track_title, translate

_REACH_PX = 5.0


class CameraLane(Lane):
    """Moments at which the camera has keys; the camera is the whole scene's, seen here for the stretch of this line."""

    usual_px = 24
    least_px = 20
    drops = True

    def colour(self, content: Content) -> str:
        """One that no line's own track has."""
        return theme.WARNING

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The camera's curves and what of them is selected."""
        chosen = tuple((track, times) for track, times in content.keys.items() if track in content.camera)
        return (*content.camera.values(), chosen)

    def _times(self, content: Content) -> np.ndarray:
        curves = [c.times_s for c in content.camera.values()]
        return np.unique(np.concatenate(curves)) if curves else np.zeros(0)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """A diamond for each moment."""
        canvas.fill(theme.PANEL)
        if content.line is None or content.axis.duration_s <= 0:
            return
        ratio, axis, times = canvas.ratio, content.axis, self._times(content)
        pixels = np.zeros((round((canvas.height - 1) * ratio), round((canvas.right - canvas.left) * ratio)), np.uint32)
        x = ((times - axis.start_s) * axis.px_per_s - canvas.left) * ratio
        middle = np.full(len(x), len(pixels) / 2)
        stamp_keys(pixels, x, middle, key_sprite(self.colour(content), theme.FIELD, ratio))
        chosen = {t for track, found in content.keys.items() if track in content.camera for t in found}
        if chosen:
            picked = np.isin(times, np.fromiter(chosen, np.float64, len(chosen)))
            stamp_keys(pixels, x[picked], middle[picked], key_sprite(theme.TEXT, theme.ACCENT, ratio, 5.0))
        draw_pixels(canvas.painter, pixels, canvas.left, 0, ratio)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """The moment under a point."""
        times, axis = self._times(content), content.axis
        if len(times):
            at = float(times[int(np.argmin(np.abs(times - (axis.start_s + point.x() / axis.px_per_s))))])
            if abs(axis.x(at) - point.x()) <= _REACH_PX:
                return Hit("moment", self.name, time_s=at)
        return Hit("", self.name, time_s=axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """All keys at moments in the box, where no lane of theirs is seen that tells them apart."""
        if not folded or not box.top() <= height / 2 <= box.bottom():
            return Found()
        start_s, end_s = (content.axis.start_s + x / content.axis.px_per_s for x in (box.left(), box.right()))
        return Found(frozenset((track, c.keys[i].time_s) for track, c in content.camera.items() for i in c.indices_between(start_s, end_s)))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """Which numbers have keys there."""
        when = format_time(hit.time_s, content.rate, content.unit)
        if hit.kind == "moment":
            names = [track_title(track) for track, c in content.camera.items() if c.index_near(hit.time_s) >= 0]
            return f"<b>{self.title}</b>: {', '.join(names)}<br>{when}"
        if not content.camera:
            return translate("Timeline", "<b>{0}</b>, of the whole scene, no keys: it stands still. Double-click for keys<br>{1}").format(self.title, when)
        return translate("Timeline", "<b>{0}</b>, of the whole scene<br>{1}").format(self.title, when)
