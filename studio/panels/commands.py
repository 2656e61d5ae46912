"""What the window's actions do in the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.keying import Keying

if TYPE_CHECKING:
    from studio.panels.performance import PerformancePanel
    from studio.timeline.view import TimelineView


class PanelCommands:
    """Actions of the panels."""

    keying: Keying
    performance_panel: PerformancePanel
    timeline: TimelineView

    def set_auto_key(self, on: bool) -> None:
        """Let what is set become keys at the playhead, or move whole curves."""
        self.keying.set_auto(on)

    def listen_for_emotion(self) -> None:
        """Put the emotion heard in the line's voice on its emotion tracks, or stop listening; where it cannot, say why."""
        heard = self.performance_panel.heard
        reason = "" if heard.listening else heard.reason()
        if reason:
            self.timeline.said.emit(reason)
        else:
            heard.toggle()
