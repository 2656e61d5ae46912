"""What the actions of the window's comforts do: theme, layouts, keys, palette, tour."""

from __future__ import annotations

from studio import theme
from studio.settings import Preferences


class ComfortCommands:
    """Actions of a window that change how it looks and is worked with, and nothing of a project."""

    preferences: Preferences

    def choose_theme(self, mode: str) -> None:
        """Show another theme and remember it.

        Args:
            mode: one of `theme.MODES`.
        """
        theme.choose(mode)
        self.preferences.put("look/theme", theme.mode())
