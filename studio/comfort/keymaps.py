"""Which keys do what: the presets, as data, and a person's own changes to one of them.

The first keys of an action stand in its row in `studio.actions`; a preset names the actions for which another program's habits differ.
A key that a preset gives to one action is taken from those that have it by default.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from engine.core.errors import InvalidInput

Keys = tuple[str, ...]
FORMAT = "vivavoce-keys/1"
translate = QCoreApplication.translate

PRESETS: dict[str, dict[str, Keys]] = {
    "default": {},
    "maya": {
        "play": ("Alt+V", "Space"),
        "first": ("Alt+Shift+V", "Home"),
        "previous": ("Alt+,", "Left"),
        "next": ("Alt+.", "Right"),
        "previous_key": (",",),
        "next_key": (".",),
        "curves_key": ("S",),
        "undo": ("Ctrl+Z", "Z"),
        "redo": ("Ctrl+Y", "Shift+Z"),
        "full_screen": ("F11", "Ctrl+Shift+Space"),
    },
    "blender": {
        "play": ("Space",),
        "first": ("Shift+Left",),
        "last": ("Shift+Right",),
        "fit": ("Home", "\\"),
        "previous_key": ("Down",),
        "next_key": ("Up",),
        "curves_key": ("I",),
        "set_in": ("Ctrl+Home",),
        "set_out": ("Ctrl+End",),
        "clear_in_out": ("Ctrl+Alt+P",),
        "duplicate": ("Shift+D",),
        "snap": ("Shift+Tab",),
        "palette": ("F3", "Ctrl+Shift+P"),
        "full_screen": ("Ctrl+Alt+Space", "F11"),
        "export": ("Ctrl+F12",),
        "show_curves": ("Shift+F6",),
        "show_sheet": ("Shift+F12",),
    },
    "premiere": {
        "clear_in_out": ("Ctrl+Shift+X",),
        "snap": ("S",),
        "previous_key": ("Up",),
        "next_key": ("Down",),
        "export": ("Ctrl+M",),
        "open_sound": ("Ctrl+I", "Ctrl+Shift+O"),
        "add_instruction": ("Ctrl+Alt+I",),
        "duplicate": ("Ctrl+Shift+/", "Ctrl+D"),
        "full_screen": ("Ctrl+`", "F11"),
    },
}

PRESET_WORDS: dict[str, str] = {
    "default": "Viva Voce",
    "maya": "Like Maya",
    "blender": "Like Blender",
    "premiere": "Like Premiere Pro",
}


def canonical(key: str) -> str:
    """One way to write a key; "" for what is none.

    Args:
        key: for example `ctrl+shift+z`.
    """
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText).toString(QKeySequence.SequenceFormat.PortableText)


@dataclass(frozen=True)
class Keymap:
    """The keys of all actions.

    Args:
        defaults: of every action that can have keys.
        preset: whose habits.
        changes: a person's own keys, by action; () for none at all.
    """

    defaults: Mapping[str, Keys]
    preset: str = "default"
    changes: Mapping[str, Keys] = field(default_factory=dict)

    def preset_keys(self, name: str) -> Keys:
        """The keys of an action before any change."""
        preset = PRESETS.get(self.preset, {})
        if name in preset:
            return tuple(canonical(k) for k in preset[name])
        taken = {canonical(k) for other, keys in preset.items() if other in self.defaults for k in keys}
        return tuple(k for k in map(canonical, self.defaults.get(name, ())) if k not in taken)

    def keys(self, name: str) -> Keys:
        """The keys of an action."""
        return tuple(self.changes[name]) if name in self.changes else self.preset_keys(name)

    def owner(self, key: str, besides: str = "") -> str | None:
        """The action that has a key, other than one; None where it is free."""
        key = canonical(key)
        return next((name for name in self.defaults if name != besides and key in self.keys(name)), None)

    def conflicts(self) -> dict[str, list[str]]:
        """Keys that more than one action has, with these."""
        owners: dict[str, list[str]] = {}
        for name in self.defaults:
            for key in self.keys(name):
                owners.setdefault(key, []).append(name)
        return {key: names for key, names in owners.items() if len(names) > 1}

    def with_keys(self, name: str, keys: Keys) -> Keymap:
        """Give an action these keys and no others; who had one of them loses it."""
        keys = tuple(dict.fromkeys(k for k in map(canonical, keys) if k))
        changes = dict(self.changes)
        for key in keys:
            other = self.owner(key, besides=name)
            while other is not None:
                changes[other] = tuple(k for k in replace(self, changes=changes).keys(other) if k != key)
                other = replace(self, changes=changes).owner(key, besides=name)
        changes[name] = keys
        return replace(self, changes=changes)._tidy()

    def as_preset(self, name: str) -> Keymap:
        """An action's keys as the preset has them, taken from who has them now."""
        return self.with_keys(name, self.preset_keys(name))

    def with_preset(self, preset: str) -> Keymap:
        """Another preset, without changes."""
        return replace(self, preset=preset, changes={})

    def _tidy(self) -> Keymap:
        return replace(self, changes={n: k for n, k in self.changes.items() if k != self.preset_keys(n)})

    def to_json(self) -> str:
        """To keep, or to give to others."""
        return json.dumps({"format": FORMAT, "preset": self.preset, "keys": {n: list(k) for n, k in sorted(self.changes.items())}}, indent=1)

    def from_json(self, text: str) -> Keymap:
        """The same actions with the keys that were kept; actions there are none of are left out.

        Raises:
            InvalidInput: it is no key map, or one with a key or a preset nobody knows.
        """
        remedy = translate("Keymaps", "choose a file written by Export in the shortcut editor")
        try:
            found = json.loads(text)
        except ValueError as error:
            raise InvalidInput(translate("Keymaps", "this is no key map: {reason}").format(reason=error), remedy) from error
        if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("keys"), dict):
            raise InvalidInput(translate("Keymaps", "this is no key map of Viva Voce"), remedy)
        if found.get("preset") not in PRESETS:
            what = translate("Keymaps", "the key map builds on {name}, which is no preset").format(name=repr(found.get("preset")))
            raise InvalidInput(what, translate("Keymaps", "presets are {names}").format(names=", ".join(PRESETS)))
        out = replace(self, preset=found["preset"], changes={})
        for name, keys in found["keys"].items():
            if not isinstance(keys, list) or not all(isinstance(k, str) and canonical(k) for k in keys):
                raise InvalidInput(
                    translate("Keymaps", "the keys of {action} are {keys}").format(action=repr(name), keys=keys),
                    translate("Keymaps", "write each as in Ctrl+Shift+Z"),
                )
            if name in self.defaults:
                out = out.with_keys(name, tuple(keys))
        return out
