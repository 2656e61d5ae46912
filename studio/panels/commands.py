"""What the window's actions do in the inspector."""

from __future__ import annotations

from studio.keying import Keying


class PanelCommands:
    """Actions of the panels."""

    keying: Keying

    def set_auto_key(self, on: bool) -> None:
        """Let what is set become keys at the playhead, or move whole curves."""
        self.keying.set_auto(on)
