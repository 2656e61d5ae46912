"""The colours of the studio by name, once dark and once light. `studio.theme` shows one of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Colours:
    """One set of colours, each as `#rrggbb`.

    Args:
        WINDOW: behind everything, and what lies beyond the end of a line.
        PANEL: of docks, dialogs and menus.
        FIELD: of what is typed into or drawn on.
        GROOVE: of a slider.
        RAISED: buttons and what lies over a panel.
        HOVER: the same under the pointer.
        BORDER: lines between things; too faint for text.
        TEXT: what is read.
        DIM: what is read second.
        FAINT: hints and what cannot be used now.
        ACCENT: what is chosen or has the keys, as a line or a word.
        ACCENT_DEEP: the same as a ground, for `ON_ACCENT`.
        ACCENT_HOVER: that ground under the pointer.
        ON_ACCENT: words on `ACCENT_DEEP`.
        CHECKED: ground of a button that is on; words on it are `TEXT`.
        PLAYHEAD: the position.
        GOOD: what went well.
        WARNING: what wants a look.
        ERROR: what went wrong.
        ON_MARK: words on `ACCENT`, `GOOD`, `WARNING` and `ERROR`.
        WAVE: the peaks of a sound.
        WAVE_CORE: its loudness.
        ON_VISEME: words on `VISEMES`.
        VISEMES: by viseme class, chosen so that neighbours in speech differ in hue.
    """

    WINDOW: str
    PANEL: str
    FIELD: str
    GROOVE: str
    RAISED: str
    HOVER: str
    BORDER: str
    TEXT: str
    DIM: str
    FAINT: str
    ACCENT: str
    ACCENT_DEEP: str
    ACCENT_HOVER: str
    ON_ACCENT: str
    CHECKED: str
    PLAYHEAD: str
    GOOD: str
    WARNING: str
    ERROR: str
    ON_MARK: str
    WAVE: str
    WAVE_CORE: str
    ON_VISEME: str
    VISEMES: dict[str, str] = field(hash=False)

    def by_name(self) -> dict[str, str | dict[str, str]]:
        """Every colour by its name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


DARK = Colours(
    WINDOW="#1b1d21", PANEL="#23262b", FIELD="#16181b", GROOVE="#121316", RAISED="#31353c", HOVER="#3c414a", BORDER="#393e46",
    TEXT="#e7e9ec", DIM="#a9b0ba", FAINT="#89919c",
    ACCENT="#4f9fe0", ACCENT_DEEP="#2f6ea6", ACCENT_HOVER="#3674ac", ON_ACCENT="#ffffff", CHECKED="#2b6698",
    PLAYHEAD="#ff6257", GOOD="#63c08c", WARNING="#e6b450", ERROR="#f07a70", ON_MARK="#14161a",
    WAVE="#6f8fae", WAVE_CORE="#a8c4df", ON_VISEME="#14161a",
    VISEMES={
        "sil": "#2a2e34", "PBM": "#e5766f", "FV": "#e59a5b", "TH": "#d9bd58", "DTNL": "#a9c266", "KG": "#70bd87", "SZ": "#5bbdb6",
        "CH": "#5fa8d8", "R": "#8094e2", "AA": "#b68be0", "EI": "#d884c3", "OU": "#c29a84",
    },
)  # fmt: skip

# The viseme colours are dark enough to draw a curve on white with, and light enough to be written on.
LIGHT = Colours(
    WINDOW="#d5d9df", PANEL="#f0f2f4", FIELD="#fcfdfe", GROOVE="#cbd1d9", RAISED="#e1e5ea", HOVER="#d0d6de", BORDER="#bcc3cc",
    TEXT="#1b1e23", DIM="#474e59", FAINT="#636b77",
    ACCENT="#1b6bb3", ACCENT_DEEP="#2268a6", ACCENT_HOVER="#1a5c96", ON_ACCENT="#ffffff", CHECKED="#b7d5f0",
    PLAYHEAD="#d8352a", GOOD="#1d7743", WARNING="#8a5800", ERROR="#b5281f", ON_MARK="#ffffff",
    WAVE="#8fabc6", WAVE_CORE="#3d6a96", ON_VISEME="#08090b",
    VISEMES={
        "sil": "#e3e6ea", "PBM": "#dc5f57", "FV": "#cc7426", "TH": "#a98814", "DTNL": "#76952b", "KG": "#379a57", "SZ": "#1f9991",
        "CH": "#2f8cc6", "R": "#6b82dc", "AA": "#a571d8", "EI": "#cc60b3", "OU": "#a97a60",
    },
)  # fmt: skip
