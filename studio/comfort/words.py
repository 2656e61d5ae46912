"""Words of tables that are translated where they are shown; `packaging/translate.py` collects them."""

from __future__ import annotations

from studio import actions
from studio.about import MOUSE
from studio.comfort import layouts, menus
from studio.comfort.keymaps import PRESET_WORDS
from studio.comfort.names import NAMES as NAMES_OF_ENGINE
from studio.comfort.names import WORK
from studio.comfort.steps import NAMES, edit_names
from studio.comfort.tour import STOPS
from studio.people import words as people

PANELS = ("Line", "Performance", "Channels", "Takes", "Poses", "Visemes", "Stage", "People", "Capture", "Timeline", "Curves", "Render Queue", "Jobs")


def tables() -> dict[str, list[str]]:
    """Words by context, in their order."""
    menu = [*actions.MENUS, *(row.text for rows in actions.MENUS.values() for row in rows if isinstance(row, actions.Row))]
    menu += [*menus.FILLED_ELSEWHERE, *menus.THEMES.values(), *layouts.BUILT_IN.values()]
    return {
        "Menu": menu,
        "Panels": list(PANELS),
        "Names": list(NAMES_OF_ENGINE),
        "Work": list(WORK),
        "Keymaps": list(PRESET_WORDS.values()),
        "Tour": [words for stop in STOPS for words in (stop.title, stop.text)],
        "Steps": sorted({*NAMES, *edit_names()}),
        "People": people.collected(),
        "Palette": people.palette_words(),
        "Mouse": [words for pair in MOUSE for words in pair],
    }
