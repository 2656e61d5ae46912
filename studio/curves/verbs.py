"""What a person can do with keys, one short method each, and the table of them that menus, keys and the window's menu are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from engine.core import channels as channels_table
from engine.core import curve_ops
from engine.core.curves import TANGENTS, Curve, Key
from engine.core.timing import frame_time
from engine.project.parts import LAYER_TRACK
from studio.curves import clipboard
from studio.curves.dialogs import Amount, AmountDialog
from studio.curves.model import CurveModel, Operation

CONTEXT = "CurveVerbs"


@dataclass(frozen=True)
class Verb:
    """One entry of a menu.

    Args:
        name: of the method of `KeyVerbs` that does it.
        text: in the menu.
        keys: while the curve editor has the focus.
        value: given to the method.
        like: name of the window's action that does the same elsewhere: its keys count instead, so that a person's own ones do.
        needs_keys: it does nothing without selected keys or tracks.
    """

    name: str
    text: Any  # a str, which the marking for translators hides from the type checker
    keys: tuple[str, ...] = ()
    value: str = ""
    like: str = ""
    needs_keys: bool = True


_TANGENT_WORDS: dict[str, Any] = {
    "auto": QT_TRANSLATE_NOOP("CurveVerbs", "Auto"), "flat": QT_TRANSLATE_NOOP("CurveVerbs", "Flat"),
    "linear": QT_TRANSLATE_NOOP("CurveVerbs", "Linear"), "stepped": QT_TRANSLATE_NOOP("CurveVerbs", "Stepped"),
    "free": QT_TRANSLATE_NOOP("CurveVerbs", "Free"), "broken": QT_TRANSLATE_NOOP("CurveVerbs", "Broken"),
}  # fmt: skip
_EASE_WORDS: dict[str, Any] = {
    "ease in": QT_TRANSLATE_NOOP("CurveVerbs", "Ease In"), "ease out": QT_TRANSLATE_NOOP("CurveVerbs", "Ease Out"),
    "ease in-out": QT_TRANSLATE_NOOP("CurveVerbs", "Ease In and Out"), "linear": QT_TRANSLATE_NOOP("CurveVerbs", "Linear"),
    "hold": QT_TRANSLATE_NOOP("CurveVerbs", "Hold"), "overshoot": QT_TRANSLATE_NOOP("CurveVerbs", "Overshoot"),
    "anticipate": QT_TRANSLATE_NOOP("CurveVerbs", "Anticipate"),
}  # fmt: skip
# None is a line between groups; a tuple a menu of its own: its title and what is in it.
MENU: tuple[Verb | tuple[Any, tuple[Verb, ...]] | None, ...] = (
    Verb("cut", QT_TRANSLATE_NOOP("CurveVerbs", "Cu&t"), ("Ctrl+X",), like="cut"),
    Verb("copy", QT_TRANSLATE_NOOP("CurveVerbs", "&Copy"), ("Ctrl+C",), like="copy"),
    Verb("paste", QT_TRANSLATE_NOOP("CurveVerbs", "&Paste at Playhead"), ("Ctrl+V",), like="paste", needs_keys=False),
    Verb("duplicate", QT_TRANSLATE_NOOP("CurveVerbs", "&Duplicate at Playhead"), ("Ctrl+D",), like="duplicate"),
    Verb("delete", QT_TRANSLATE_NOOP("CurveVerbs", "D&elete"), ("Del", "Backspace"), like="delete"),
    None,
    Verb("select_all", QT_TRANSLATE_NOOP("CurveVerbs", "Select &All"), ("Ctrl+A",), like="select_all", needs_keys=False),
    Verb("key_at_playhead", QT_TRANSLATE_NOOP("CurveVerbs", "&Key at Playhead"), ("S", "Ins")),
    None,
    (QT_TRANSLATE_NOOP("CurveVerbs", "Ta&ngents"), tuple(Verb("set_tangents", _TANGENT_WORDS[t], (), t) for t in TANGENTS)),
    (QT_TRANSLATE_NOOP("CurveVerbs", "&Ease"), tuple(Verb("ease", _EASE_WORDS[e], (), e) for e in curve_ops.EASES)),
    None,
    Verb("simplify", QT_TRANSLATE_NOOP("CurveVerbs", "&Simplify…")),
    Verb("smooth", QT_TRANSLATE_NOOP("CurveVerbs", "S&mooth…")),
    Verb("bake", QT_TRANSLATE_NOOP("CurveVerbs", "&Bake to Frames")),
    Verb("snap", QT_TRANSLATE_NOOP("CurveVerbs", "S&nap to Frames")),
    Verb("retime", QT_TRANSLATE_NOOP("CurveVerbs", "Re&time…")),
    Verb("reverse", QT_TRANSLATE_NOOP("CurveVerbs", "&Reverse")),
    Verb("flip", QT_TRANSLATE_NOOP("CurveVerbs", "&Flip Values")),
    Verb("mirror_sides", QT_TRANSLATE_NOOP("CurveVerbs", "Mirror &Left and Right")),
)


def every_verb() -> list[Verb]:
    """All verbs, those of the menus within too."""
    out: list[Verb] = []
    for part in MENU:
        out += () if part is None else (part,) if isinstance(part, Verb) else part[1]
    return out


def word(text: str) -> str:
    """A text of this table in the person's language."""
    return QCoreApplication.translate(CONTEXT, text)


class KeyVerbs(QObject):
    """Does it, each as one step.

    Args:
        model: the curves.
        window: parent of dialogs.
    """

    def __init__(self, model: CurveModel, window: QWidget) -> None:
        super().__init__(window)
        self._model, self._window = model, window

    def do(self, verb: Verb) -> None:
        """What a menu's entry says."""
        method = getattr(self, verb.name)
        if verb.value:
            method(verb.value)
        else:
            method()

    def _have_keys(self) -> bool:
        """True if keys are selected; where only tracks are, all their keys are taken."""
        model = self._model
        if not model.selected_keys():
            model.select((a, k.time_s) for a in model.selection.tracks for k in model.curve(a).keys)
        if model.selected_keys():
            return True
        model.noticed.emit(self.tr("Select keys first, or a track in the list."))
        return False

    def _change(self, name: str, operation: Operation) -> None:
        if self._have_keys():
            self._model.change_selected(name, operation)

    # The clipboard.

    def copy(self) -> bool:
        """Selected keys to the clipboard."""
        keys = self._model.selected_keys()
        if keys:
            clipboard.put(keys)
            self._model.noticed.emit(self.tr("{count} keys copied.").format(count=sum(map(len, keys.values()))))
        return bool(keys)

    def cut(self) -> None:
        """Copy, then delete."""
        if self.copy():
            self._delete("Cut keys")

    def delete(self) -> None:
        """Take the selected keys away."""
        self._delete("Remove keys")

    def _delete(self, name: str) -> None:
        self._model.change_selected(name, lambda c, times: c.spliced([c.keys[i].time_s for i in curve_ops.chosen(c, times)], ()), keep_picked=False)

    def paste(self) -> None:
        """Keys of the clipboard at the playhead, the earliest first; on the one selected track if they are of one."""
        self._put_at_playhead("Paste keys", clipboard.take())

    def duplicate(self) -> None:
        """The selected keys again, at the playhead."""
        self._put_at_playhead("Duplicate keys", self._model.selected_keys())

    def _put_at_playhead(self, name: str, keys: dict[str, list[Key]]) -> None:
        model = self._model
        if not keys:
            model.noticed.emit(self.tr("There are no keys to paste."))
            return
        chosen = model.selection.tracks or model.active
        if len(keys) == 1 and len(chosen) == 1:
            keys = {next(iter(chosen)): next(iter(keys.values()))}
        known = {t.address for t in model.tracks} | {a for a in keys if self._is_track(a)}
        delta = self._playhead() - min(k.time_s for found in keys.values() for k in found)
        put: dict[str, Curve] = {}
        left_out = 0
        for address, found in keys.items():
            new = [replace(k, time_s=k.time_s + delta) for k in found if k.time_s + delta <= model.duration_s + 1e-6]
            if address not in known or not model.editable(address):
                left_out += len(found)
                continue
            left_out += len(found) - len(new)
            if new:
                put[address] = curve_ops.put(model.curve(address), new)
        if put:
            model.put(name, put, keep_picked=False)
        if left_out:
            text = self.tr("{count} keys were left out: beyond the end of the line, or on a track that is locked or not here.")
            model.noticed.emit(text.format(count=left_out))

    def _is_track(self, address: str) -> bool:
        line = self._model.line
        return address.startswith(LAYER_TRACK) and line is not None and line.has_part("layers", address.split("/")[1])

    def _playhead(self) -> float:
        time_s = self._model.player.position_s
        return self._model.frame_time(time_s) if self._model.snap_frames else time_s

    # Selecting and adding.

    def select_all(self) -> None:
        """All keys of the tracks shown."""
        self._model.select((t.address, k.time_s) for t in self._model.shown() for k in self._model.curve(t.address).keys)

    def key_at_playhead(self) -> None:
        """A key on every selected track, as it is at the playhead."""
        model, time_s = self._model, self._playhead()
        tracks = [a for a in model.active if model.editable(a)]
        if not tracks:
            model.noticed.emit(self.tr("Select a track in the list first."))
            return
        new = {}
        for address in tracks:
            curve = model.curve(address)
            new[address] = curve_ops.inserted(curve, time_s) if curve.keys else curve_ops.put(curve, [Key(time_s, model.rest_value(address))])
        model.put("Insert key", new)
        model.select([(address, time_s) for address in new])

    # Changing.

    def nudge(self, frames: int, steps: int) -> None:
        """Selected keys by frames in time and hundredths of their track's largest value."""
        model = self._model
        times = [t for _, t in model.selection.keys]
        delta_s = frame_time(frames, model.rate)
        delta_s = max(min(delta_s, model.extent_s - max(times)), -min(times)) if times else 0.0

        def nudged(track: str) -> Operation:
            delta = steps * 0.01 * max(map(abs, model.limits(track)))
            return lambda c, of: curve_ops.offset(c, of, delta_s, delta)

        model.change_each("Nudge keys", nudged)

    def set_tangents(self, kind: str) -> None:
        """Tangents of the selected keys."""
        self._change("Set tangents", lambda c, times: curve_ops.set_tangents(c, times, kind))

    def ease(self, preset: str) -> None:
        """The way from each selected key to the next."""
        self._change("Ease", lambda c, times: curve_ops.ease(c, times, preset))

    def simplify(self) -> None:
        """Fewer keys, within a tolerance."""

        def simplified(tolerance: float, curve: Curve, times: list[float]) -> Curve:
            return curve_ops.simplified(curve, tolerance, min(times), max(times))

        self._ask(Amount("Simplify keys", self.tr("Simplify keys"), self.tr("Tolerance"), 0.0005, 0.5, 0.01, 4, lambda n: partial(simplified, n)))

    def smooth(self) -> None:
        """Neighbouring keys more alike."""
        self._ask(
            Amount("Smooth keys", self.tr("Smooth keys"), self.tr("Strength"), 0.0, 1.0, 0.5, 2, lambda n: lambda c, times: curve_ops.smooth(c, times, n))
        )

    def retime(self) -> None:
        """The selected keys in another time."""
        keys = [k for found in self._model.selected_keys().values() for k in found]
        pivot = min((k.time_s for k in keys), default=0.0)
        longest = (self._model.extent_s - pivot) / max(max((k.time_s for k in keys), default=0.0) - pivot, 1e-3)
        amount = Amount(
            "Retime keys", self.tr("Retime keys"), self.tr("Length, in percent"), 1.0, max(1.0, min(1000.0, 100 * longest)), 100.0, 1,
            lambda n: lambda c, times: curve_ops.scale(c, times, (pivot, 0.0), (n / 100, 1.0)),
        )  # fmt: skip
        self._ask(amount)

    def _ask(self, amount: Amount) -> None:
        if self._have_keys():
            AmountDialog(self._model, amount, self._window).open()

    def bake(self) -> None:
        """A key at every frame between the first and the last selected one."""
        rate = self._model.rate
        self._change("Bake keys", lambda c, times: curve_ops.bake(c, rate, min(times), max(times)) if len(times) > 1 else c)

    def snap(self) -> None:
        """Selected keys on whole frames."""
        self._change("Snap keys", lambda c, times: curve_ops.snap_to_frames(c, self._model.rate, times))

    def reverse(self) -> None:
        """Selected keys turned round in time, all within one span."""
        if not self._have_keys():
            return
        times = [t for _, t in self._model.selection.keys]
        middle = (min(times) + max(times)) / 2
        self._model.change_selected("Reverse keys", lambda c, of: curve_ops.scale(c, of, (middle, 0.0), (-1.0, 1.0)))

    def flip(self) -> None:
        """Selected keys turned over, each track about the middle of its selected values."""

        def flipped(curve: Curve, times: list[float]) -> Curve:
            values = [curve.keys[i].value for i in curve_ops.chosen(curve, times)]
            return curve_ops.mirror(curve, times, (min(values) + max(values)) / 2)

        self._change("Flip keys", flipped)

    def mirror_sides(self) -> None:
        """Left and right exchanged: on the layers of the selected tracks for their channels, or else on the active layer as a whole."""
        model, line = self._model, self._model.line
        channels: dict[str, set[str]] = {}
        for track in model.tracks:
            wanted = track.address in model.active if model.active else track.group == model.selection.active_layer
            if track.channel and wanted:
                channels.setdefault(track.group, set()).update((track.channel, channels_table.mirror(track.channel)))
        if line is None or not channels:
            model.noticed.emit(self.tr("Select channels of a layer first."))
            return
        new: dict[str, Curve] = {}
        for layer, names in channels.items():
            curves = {n: model.curve(f"{LAYER_TRACK}{layer}/{n}") for n in names}
            mirrored = curve_ops.mirror_layer(curves)
            new.update({f"{LAYER_TRACK}{layer}/{n}": c for n, c in mirrored.items() if model.editable(f"{LAYER_TRACK}{layer}/{n}")})
        model.put("Mirror left and right", new, keep_picked=False)
