"""Random edits of what lies on a line beside its curves, of the pose library, the queue and the visemes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.core.channels import CHANNELS, REGIONS, limits
from engine.core.curves import Curve, Key
from engine.core.person import HAIR_STYLES, Clothing, Hair, Person
from engine.project import parts as p
from engine.project.document import Document, value_limits
from engine.project.edits import (
    Edit,
    PutPart,
    PutPose,
    PutRenderJob,
    RemovePart,
    RemovePose,
    RemoveRenderJob,
    ReplaceSound,
    SetCurve,
    SetGain,
    SetInOut,
    SetLayer,
    SetParts,
    SetPerson,
    SetPhonemeStrength,
    SetPlacement,
    SetStage,
    SetSyncOffset,
    SetTrackState,
    SetTrim,
    SetVisemes,
)
from engine.project.key_edits import changed_keys, put_keys, remove_keys
from engine.project.stage import LIGHTS, SHOT_LIMITS, Background, Lighting, Placement, Stage


class RandomParts:
    """Makes them for one maker of random edits, which lends its choices.

    Args:
        source: of random numbers.
        new_id: gives ids.
        maker: of media and phoneme tracks.
    """

    def __init__(self, source: random.Random, new_id: Callable[[], str], maker: Any) -> None:
        self.random, self.id, self._maker = source, new_id, maker

    def kinds(self) -> tuple[Callable[[Document], Edit | None], ...]:
        """One function per kind of edit."""
        return (
            self._put, self._put, self._put, self._change, self._remove, self._set, self._layer_curve, self._layer_curve, self._layer_settings, self._keys,
            self._places, self._switch, self._strength, self._replace_sound, self._library, self._looks,
        )  # fmt: skip

    def _line(self, document: Document) -> Any:
        lines = list(document.lines())
        return self.random.choice(lines) if lines else None

    def _span(self) -> tuple[float, float]:
        start = self.random.uniform(0, 8)
        return start, start + self.random.uniform(0.1, 3)

    def _pose(self) -> dict[str, float]:
        return {n: self.random.uniform(*limits(n)) for n in self.random.sample(CHANNELS, self.random.randrange(0, 4))}

    def _part(self, line: Any) -> p.Part:
        u, (a, b) = self.random.uniform, self._span()
        takes = [t.id for t in line.takes]
        make = self.random.choice(
            (
                lambda: p.Blink(self.id(), a, u(0, 1), u(0.1, 0.4)),
                lambda: p.Gaze(self.id(), a, u(-0.3, 0.3), u(-0.3, 0.3)),
                lambda: p.Instruction(self.id(), "smile “gently” 😀", a, b, u(0, 1.5)),
                lambda: p.Pin(self.id(), a, self._pose(), u(0, 1), "pin"),
                lambda: p.Take(self.id(), "take", "performer", self.random.getrandbits(64), {"head": u(0, 2)}, "0" * 64, "1" * 64, u(-1, 1), "#ff0000", "é"),
                lambda: p.TakeClip(self.id(), self.random.choice(takes or [""]), a, b, tuple(self.random.sample(list(REGIONS), 2)), u(0, 0.5)),
                lambda: p.Layer(
                    self.id(), "layer", self.random.choice(p.LAYER_MODES), u(0, 1), start_s=a, end_s=self.random.choice((None, b)), curves=self._curves()
                ),
                lambda: p.Marker(self.id(), a, "marker", "#00ff00"),
            )
        )
        return make()  # type: ignore[no-any-return]

    def _curves(self) -> dict[str, Curve]:
        return {n: self._curve(0.0, 1.0) for n in self.random.sample(("jawOpen", "mouthSmileLeft", "emotions/sad", "amounts/head"), 2)}

    def _curve(self, low: float, high: float) -> Curve:
        return Curve.from_keys(Key(self.random.uniform(0, 8), self.random.uniform(low, high)) for _ in range(self.random.randrange(0, 4)))

    def _found(self, line: Any) -> list[tuple[str, p.Part]]:
        return [(kind, part) for kind in p.KIND_OF for part in getattr(line, kind) or ()]

    def _put(self, document: Document) -> Edit | None:
        line = self._line(document)
        return None if line is None else PutPart(line.id, self._part(line), self.random.randrange(-1, 3))

    def _change(self, document: Document) -> Edit | None:
        line = self._line(document)
        found = self._found(line) if line else []
        if not found:
            return None
        part = p.moved(self.random.choice(found)[1], self.random.uniform(-0.1, 1))
        return PutPart(line.id, replace(part, name="other") if isinstance(part, (p.Pin, p.Take, p.Layer, p.Marker)) else part)

    def _remove(self, document: Document) -> Edit | None:
        line = self._line(document)
        found = self._found(line) if line else []
        if not found:
            return None
        kind, part = self.random.choice(found)
        return RemovePart(line.id, kind, part.id)

    def _set(self, document: Document) -> Edit | None:
        line = self._line(document)
        kind = self.random.choice(list(p.KIND_OF))
        if line is None:
            return None
        if kind in ("blinks", "gazes") and self.random.random() < 0.5:
            return SetParts(line.id, kind, None)
        held = getattr(line, kind) or ()
        return SetParts(line.id, kind, tuple(self.random.sample(held, self.random.randrange(0, len(held) + 1))))

    def _layer_curve(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None or self.random.random() < 0.3:
            return None if line is None else SetCurve(line.id, "intensity", self._curve(0.0, 2.0))
        if not line.layers:
            return None
        track = f"layers/{self.random.choice(line.layers).id}/{self.random.choice(('jawOpen', 'headRotY', 'emotions/happy', 'amounts/blink'))}"
        return SetCurve(line.id, track, self._curve(*value_limits(line, track)))

    def _layer_settings(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None or not line.layers:
            return None
        layer, u = self.random.choice(line.layers), self.random.uniform
        options: list[dict[str, Any]] = [{"name": str(u(0, 1))}, {"weight": u(0, 1)}, {"mute": not layer.mute, "solo": True}, {"lock": True}]
        options += [{"span": (u(0, 1), None)}, {"span": self._span()}]
        return SetLayer(line.id, layer.id, **self.random.choice(options))

    def _keys(self, document: Document) -> Edit | None:
        line = self._line(document)
        keys = [(track, k.time_s) for track in line.tracks_with_keys() for k in line.curve(track).keys] if line else []
        if not keys:
            return None
        chosen = self.random.sample(keys, self.random.randrange(1, min(6, len(keys)) + 1))
        shift = self.random.choice((0.0, 0.5, self.random.uniform(-1, 1)))
        new = {track: [Key(self.random.uniform(0, 9), 3.0), Key(1.0, -3.0)] for track, _ in chosen}
        moved = changed_keys(document, line.id, chosen, lambda k: replace(k, time_s=k.time_s + shift, value=k.value * 2), "Change keys")
        return self.random.choice((moved, remove_keys(line.id, chosen), put_keys(document, line.id, new, over=self.random.random() < 0.5)))

    def _places(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None:
            return None
        (a, b), u = self._span(), self.random.uniform
        options = (SetInOut(line.id, a, b), SetInOut(line.id, None, b), SetTrim(line.id, a, None), SetTrim(line.id, a, b), SetGain(line.id, u(-20, 20)))
        return self.random.choice((*options, SetSyncOffset(line.id, u(-1, 1))))

    def _switch(self, document: Document) -> Edit | None:
        line = self._line(document)
        state = p.TrackState(*(self.random.random() < 0.5 for _ in range(3)))
        return None if line is None else SetTrackState(line.id, self.random.choice(("sound", "emotions/happy", "intensity", "events")), state)

    def _strength(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None or line.phonemes is None:
            return None
        return SetPhonemeStrength(line.id, self.random.randrange(len(line.phonemes)), self.random.choice((0.0, 1.0, 1.0, 1.7)))

    def _replace_sound(self, document: Document) -> Edit | None:
        line = self._line(document)
        if line is None or self.random.random() < 0.5:
            return None
        track = self._maker.track(self.random.randrange(1, 30))
        return ReplaceSound(line.id, self._maker.media(), (), track, "alignment", ())

    def _library(self, document: Document) -> Edit | None:
        options: list[Edit] = [PutPose(p.Pose(self.id(), "pose", self._pose())), PutRenderJob(p.RenderJob(self.id(), "job", "film.mp4"), 0)]
        options += [RemovePose(x.id) for x in document.poses] + [PutPose(replace(x, name="other")) for x in document.poses]
        options += [RemoveRenderJob(x.id) for x in document.queue] + [PutRenderJob(replace(x, width=640)) for x in document.queue]
        for character in document.characters:
            options += [SetVisemes(character.id, label, self.random.choice((None, {"jaw": self.random.random()}))) for label in ("p", "a")]
        return self.random.choice(options)

    def _looks(self, document: Document) -> Edit | None:
        u, choice = self.random.uniform, self.random.choice
        person = Person("Zoë", {"sex": u(0, 1), "nose-hump": u(-1, 1)}, hair=Hair(choice(HAIR_STYLES)), clothing=Clothing(colour=(u(0, 1), 0.5, 0.0)))
        field = choice(list(SHOT_LIMITS))
        camera = {field: Curve.from_keys([Key(u(0, 8), u(*SHOT_LIMITS[field])) for _ in range(3)])}
        stage = Stage(Lighting(choice(LIGHTS), exposure=u(-2, 2)), Background("colour", (u(0, 1), 0.0, 1.0)), camera=camera)
        edits: list[Edit] = [SetStage(stage, choice(("", "exposure")))]
        if document.characters:
            who = choice(document.characters).id
            edits += [SetPerson(who, choice((None, person)), choice((None, "ada")), "nose"), SetPlacement(who, Placement(u(-1, 1), turn=u(-90, 90)))]
        return choice(edits)
