"""What keeps a posed face from passing through itself: lips and lids that meet, skin in front of the teeth, lids outside of the eyeballs.

All in torch, batched and differentiable. Heights are corrected first (`Meeting`); then skin is pushed forward off the teeth (`Arch`) and lids
outward off the eyes (`Ball`), which leaves the heights of the lips as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.head import ada
from engine.head.arch import Arch
from engine.head.eyeball import CORNEA_MM, CORNEA_Z_MM, RADIUS_MM, radius_m

SIDES: tuple[str, ...] = ("left", "right")
_LID_CLEARANCE_MM, _STRETCHED, _ROUND_MM = 0.50, 0.10, 0.6  # at Ada's size
_LID_REACH_M = 0.014  # skin outside the lids this near an eyeball has to make way for it
_DAMPING = 0.01
_UPPER_LIP, _UPPER_LID = 0.4, 0.85  # share of a correction that the upper edge takes
# The tongue: how far its tip may come forward behind shut teeth, the opening over which more is let out, where teeth and lips begin to bound it.
_FREE_M, _OPEN_M, _MIDDLE_M = 0.003, (0.0005, 0.0045), 0.003
_COLUMNS_BESIDE, _SLICES = 3.0, 12
_BEHIND_EDGE_M, _BEFORE_GATE_M, _SPARE_M = 0.004, 0.006, 0.0003


@contextmanager
def one_thread() -> Iterator[None]:
    """Many small steps lose more by waiting for a second thread than they gain; the drawing beside them has a use for it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def smooth(x: Tensor, low: float, high: float = 1.0) -> Tensor:
    """0 below `low`, 1 above `high`, smooth between."""
    t = ((x - low) / (high - low)).clamp(0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def eye_height_mm(cosine: Tensor) -> Tensor:
    """As `eyeball.height`, a little rounder where the cornea leaves the ball: lids are made of few vertices."""
    across = (CORNEA_MM**2 - CORNEA_Z_MM**2 * (1.0 - cosine.square())).clamp_min(1e-6)
    dome = torch.where(cosine > 0, CORNEA_Z_MM * cosine + across.sqrt(), 0.0)
    return 0.5 * (RADIUS_MM + dome + ((RADIUS_MM - dome).square() + _ROUND_MM**2).sqrt())


class Meeting:
    """Closes or parts two edges along a seam: how far each column is open decides how far its neighbourhood moves."""

    def __init__(self, seam: ada.Seam, row: Tensor, upper_share: float, passes: int, device: torch.device) -> None:
        as_index = lambda a: row[torch.from_numpy(a)].to(device)  # noqa: E731
        self.upper, self.lower = as_index(seam.upper), as_index(seam.lower)  # [R, C, 2]
        self.upper_t = torch.from_numpy(seam.upper_share).to(device)  # [R, C]
        self.lower_t = torch.from_numpy(seam.lower_share).to(device)
        rows = row[torch.from_numpy(seam.vertices)]
        kept = rows >= 0
        self.rows = rows[kept].to(device)  # [S]
        up, low = torch.from_numpy(seam.upper_field)[kept], torch.from_numpy(seam.lower_field)[kept]
        # Positive correction closes: the upper edge comes down, the lower goes up.
        field = ((1.0 - upper_share) * low - upper_share * up).T.contiguous().to(device)  # [C, S]
        # First roughly, then column by column: later passes take up what neighbours and the loops beside the contact line leave.
        self.fields = (field, *[self._even(field)] * passes)

    def _even(self, field: Tensor) -> Tensor:
        """The field [C, S] so that a correction closes its own column alone, as near as can be: neighbouring columns share vertices."""
        place = torch.full((int(max(self.upper.max(), self.lower.max(), self.rows.max())) + 1,), 0.0, device=field.device)
        moved = place.expand(len(field), -1).index_add(1, self.rows, field)  # [C, M]
        up, low = (
            moved[:, pair[0, :, 0]] * (1 - share[0]) + moved[:, pair[0, :, 1]] * share[0]
            for pair, share in ((self.upper, self.upper_t), (self.lower, self.lower_t))
        )
        closing = low - up  # [C, C], of each correction at each column
        damped = closing @ closing.T + _DAMPING * torch.eye(len(field), device=field.device)
        return closing.T @ torch.linalg.solve(damped, field)

    def among(self, row: Tensor) -> Meeting:
        """The same among other vertices: int64 [V] the new row of each, no less than 0 for any it concerns."""
        other = copy(self)
        other.upper, other.lower, other.rows = row[self.upper], row[self.lower], row[self.rows]
        return other

    def edges(self, y: Tensor) -> tuple[Tensor, Tensor]:
        """Lowest height of the upper edge and highest of the lower one in each column, metres [T, C]; y: heights [T, V]."""
        up = y[:, self.upper[..., 0]] * (1 - self.upper_t) + y[:, self.upper[..., 1]] * self.upper_t
        low = y[:, self.lower[..., 0]] * (1 - self.lower_t) + y[:, self.lower[..., 1]] * self.lower_t
        return up.amin(1), low.amax(1)

    def gap(self, y: Tensor) -> Tensor:
        """Signed opening of each column, metres [T, C]; y: heights [T, V]."""
        up, low = self.edges(y)
        return up - low

    def correct(self, y: Tensor, seal: Tensor) -> Tensor:
        """Heights with the seam closed by `seal` [T] (0 as it is, 1 shut) and nowhere overlapping."""
        wanted = self.gap(y).clamp_min(0.0) * (1.0 - seal[:, None]).square()
        for field in self.fields:
            y = y.index_add(1, self.rows, (self.gap(y) - wanted) @ field)
        return y


@lru_cache(maxsize=16)
def meeting_of(seam: ada.Seam, upper_share: float, passes: int, count: int, device: torch.device) -> Meeting:
    """What closes a seam among all `count` vertices of a head, kept: it is the same for every shape."""
    return Meeting(seam, torch.arange(count), upper_share, passes, device)


class Ball:
    """Keeps the lids of one eye outside of its ball and cornea.

    Args:
        centre: of the ball, [3].
        radius_m: of the ball.
        rows: int64 [S] of the lids in the posed vertices.
        folds: float32 [S] how near the centre those behind the lids lie, which only may not sink further, metres; 0 for those outside.
        clear: float32 [S] millimetres that those outside keep off, at Ada's size.
    """

    def __init__(self, centre: Tensor, radius_m: float, rows: Tensor, folds: Tensor, clear: Tensor) -> None:
        self.centre, self.rows, self._clear = centre, rows, clear
        self._scale = radius_m / RADIUS_MM
        self._folds, self._outer = folds, folds == 0.0

    def push(self, points: Tensor, gaze: Tensor) -> Tensor:
        """How far lid points [T, 3, S] have to move, metres [T, 3, S]; gaze: the direction the eye looks in, [T, 3]."""
        offset = points - self.centre[:, None]
        distance = offset.square().sum(1).clamp_min(1e-12).sqrt()  # [T, S]
        cosine = (offset * gaze[..., None]).sum(1) / distance
        least = torch.where(self._outer, self._scale * (eye_height_mm(cosine) + self._clear), self._folds)
        return offset * ((least / distance).clamp_min(1.0) - 1.0)[:, None]


class Tongue:
    """Keeps the tongue behind closed lips and teeth, and lets it out between them where they are open.

    Args:
        head: at rest.
        row: int64 [V] the posed row of each of the head's vertices.
        lips: where they meet.
        out: float32 [K, 3, N] displacement of the tongue's N vertices by the channels that put it out.
    """

    def __init__(self, head: ada.HeadAsset, row: Tensor, lips: Meeting, out: Tensor) -> None:
        device, p = out.device, head.vertices
        span = head.span("tongue")
        self.rows = row[span].to(device)
        self._lips, self._out = lips, out
        self._tip = int(p[span, 2].argmax())
        edges = {}
        for jaw, sign in (("upper", -1.0), ("lower", 1.0)):
            part = head.span(f"teeth_{jaw}")
            middle = np.flatnonzero(np.abs(p[part, 0] - p[span, 0].mean()) < _MIDDLE_M)
            edges[jaw] = part.start + int(middle[np.argmax(sign * p[part, 1][middle])])
        self._upper, self._lower = (int(row[edges[jaw]]) for jaw in ("upper", "lower"))
        self._gate_m = float(p[edges["upper"], 2]) - _BEHIND_EDGE_M
        columns = p[head.seams["lips"].upper[0, :, 0], 0]  # [C], ascending
        place = np.interp(p[span, 0], columns, np.arange(len(columns)))
        hats = np.maximum(0.0, 1.0 - np.abs(place[None] - np.arange(len(columns))[:, None]) / _COLUMNS_BESIDE)
        # The tongue keeps its thickness as far as there is room: each vertex knows how high it lies in it, and how thick it is there.
        slices = np.linspace(p[span, 2].min(), p[span, 2].max(), _SLICES)
        near = np.abs(p[span, 2][None] - slices[:, None]) < (slices[1] - slices[0])
        low, high = (np.array([pick(p[span, 1][n]) for n in near]) for pick in (np.min, np.max))
        half, centre = (np.interp(p[span, 2], slices, x) for x in ((high - low) / 2, (high + low) / 2))
        as_tensor = lambda x: torch.from_numpy(x.astype(np.float32)).to(device)  # noqa: E731
        self._hats = as_tensor(hats / hats.sum(0))  # [C, N]
        self._half, self._height = as_tensor(np.maximum(half, 1e-4)), as_tensor(p[span, 1] - centre)

    def push(self, y: Tensor, z: Tensor, amount: Tensor) -> Tensor:
        """How far the tongue has to move, metres [T, 3, N].

        Args:
            y: heights of all posed vertices, [T, V], with the lips corrected.
            z: as `y`.
            amount: [T, K] of the channels that put the tongue out.
        """
        up, low = self._lips.edges(y)
        teeth_open = y[:, self._upper] - y[:, self._lower]
        middle = up.shape[1] // 2
        opening = torch.minimum((up - low)[:, middle - 2 : middle + 3].amin(1), teeth_open)
        moved = torch.einsum("tk,kcn->tcn", amount, self._out)  # [T, 3, N]
        forward = moved[:, 2, self._tip].clamp_min(1e-6)
        let_out = smooth(opening, *_OPEN_M)
        free = _FREE_M + forward * let_out
        held = moved * ((free / forward).clamp_max(1.0) - 1.0)[:, None, None]
        here_y, here_z = y[:, self.rows] + held[:, 1], z[:, self.rows] + held[:, 2]
        before_gate = (1.0 - let_out)[:, None] * (self._gate_m - here_z).clamp_max(0.0)  # a jaw that is put forward takes the tongue along
        here_z = here_z + before_gate
        top = torch.minimum(up @ self._hats, y[:, self._upper, None]) - _SPARE_M
        bottom = torch.maximum(low @ self._hats, y[:, self._lower, None]) + _SPARE_M
        room = ((top - bottom) / 2).clamp_min(_SPARE_M)
        share = (room / self._half).clamp_max(1.0)
        middle_y = torch.maximum(torch.minimum(here_y - self._height, top - share * self._half), bottom + share * self._half)
        weight = smooth(here_z, self._gate_m - _BEFORE_GATE_M, self._gate_m)
        return torch.stack([held[:, 0], held[:, 1] + weight * (middle_y + share * self._height - here_y), held[:, 2] + before_gate], 1)


@dataclass(frozen=True)
class Wanted:
    """What a pose of T frames wants of the barriers.

    Args:
        seal: [T] how far the lips are held together.
        shut: [T] how far each eye's lids are, by side.
        gaze: [T, 3] direction each eye looks in, by side.
        tongue: [T, K] of the channels that put the tongue out.
    """

    seal: Tensor
    shut: dict[str, Tensor]
    gaze: dict[str, Tensor]
    tongue: Tensor


class Barriers:
    """All of a head's barriers, on the few vertices they concern.

    Args:
        head: at rest.
        row: int64 [V] the posed row of each vertex, -1 for those that are not posed; a barrier that misses some is left out.
        tongue_out: float32 [K, 3, rows] displacement by the channels that put the tongue out.
        device: of the poses.
    """

    def __init__(self, head: ada.HeadAsset, row: Tensor, tongue_out: NDArray[np.float32], device: torch.device) -> None:
        self._head, self._device = head, device
        self._lining = _marked(len(row), head.lining["lids"])
        lids = {side: self._round_the_eye(side) for side in SIDES}
        lashes = np.arange(head.span("lashes").start, head.span("lashes").stop)
        mouth = np.arange(head.span("teeth_upper").start, head.span("tongue").stop)
        seams = [a.ravel() for s in head.seams.values() for a in (s.upper, s.lower, s.vertices)]
        concerned = np.flatnonzero(_marked(len(row), *seams, *lids.values(), head.held, lashes, head.lash_follow, mouth))
        posed = row.numpy()[concerned] >= 0
        concerned = concerned[posed]
        self._whole = bool(posed.all())
        self.rows = row[torch.from_numpy(concerned)].to(device)  # [M]
        self._row = torch.full_like(row, -1)
        self._row[torch.from_numpy(concerned)] = torch.arange(len(concerned))
        self.meetings: dict[str, Meeting] = {}
        for name, seam in head.seams.items():
            share = (_UPPER_LIP, 3) if name == "lips" else (_UPPER_LID, 1)
            if self._whole:
                self.meetings[name] = meeting_of(seam, *share, len(row), device).among(self._row.to(device))
            elif (self._row[torch.from_numpy(np.concatenate([seam.upper.ravel(), seam.lower.ravel()]))] >= 0).all():
                self.meetings[name] = Meeting(seam, self._row, *share, device)
        if self._whole:
            self._balls = {side: self._ball(side, lids[side]) for side in SIDES}
            self._arches = {
                jaw: Arch(head.arches[jaw], head.vertices[head.span(f"teeth_{jaw}")], head.vertices[head.held], self._at(head.held), device)
                for jaw in ("upper", "lower")
            }
            self._arches["lower"].hold_pairs(torch.from_numpy(head.held_pairs).to(device))
            self._jaw = self._at(np.arange(head.span("teeth_lower").start, head.span("teeth_lower").stop))
            out = torch.from_numpy(np.ascontiguousarray(tongue_out[..., row[head.span("tongue")].numpy()])).to(device)
            self._tongue = Tongue(head, self._row, self.meetings["lips"], out)
            self._lash, self._followed = self._at(lashes), self._at(head.lash_follow)

    def _at(self, vertices: NDArray[np.int64]) -> Tensor:
        return self._row[torch.from_numpy(vertices)].to(self._device)

    def _round_the_eye(self, side: str) -> NDArray[np.int64]:
        """Skin that has to make way for an eye."""
        head = self._head
        away = np.linalg.norm(head.vertices[head.span("skin")] - head.joints[f"eye_{side}"], axis=1)
        outer = np.flatnonzero((away < head.eye_radius_m + _LID_REACH_M) & ~self._lining[: len(away)])
        folds = self._lining & _marked(len(self._lining), head.seams[f"lids_{side}"].vertices)
        return np.concatenate([outer, np.flatnonzero(folds)])

    def _ball(self, side: str, vertices: NDArray[np.int64]) -> Ball:
        head = self._head
        centre, radius = head.joints[f"eye_{side}"], radius_m(head, side)
        away = np.linalg.norm(head.vertices[vertices] - centre, axis=1)
        # The folds inside the lids lie nearer than the eyeball's surface already.
        folds = np.where(self._lining[vertices], np.minimum(radius * (1 + _LID_CLEARANCE_MM / RADIUS_MM), away), 0.0)
        # What lies farther off at rest is stretched when it comes near: its triangles are large.
        over = 1000 * np.linalg.norm(ada.load().vertices[vertices] - ada.load().joints[f"eye_{side}"], axis=1) - RADIUS_MM
        clear = _LID_CLEARANCE_MM + _STRETCHED * np.clip(over - 1.0, 0.0, 6.0)
        as_tensor = lambda x: torch.from_numpy(x.astype(np.float32)).to(self._device)  # noqa: E731
        return Ball(as_tensor(centre), radius, self._at(vertices), as_tensor(folds), as_tensor(clear))

    def keep(self, face: Tensor, wanted: Wanted) -> Tensor:
        """The face [T, 3, posed rows] with nothing passing through anything, as far as can be."""
        before = face.index_select(2, self.rows)
        at = before
        if "lips" in self.meetings:
            at = self._raised(at, self.meetings["lips"].correct(at[:, 1], wanted.seal))
        if self._whole:
            at = self._before_teeth(at)
        for side in SIDES:
            meeting, ball = self.meetings.get(f"lids_{side}"), self._balls.get(side) if self._whole else None
            for _ in range(2):  # pushing lids off the eye parts them a little again
                if meeting:
                    at = self._raised(at, meeting.correct(at[:, 1], wanted.shut[side]))
                if ball:
                    at = at.index_add(2, ball.rows, ball.push(at.index_select(2, ball.rows), wanted.gaze[side]))
        if self._whole:
            at = at.index_add(2, self._lash, (at - before).index_select(2, self._followed))
            at = at.index_add(2, self._tongue.rows, self._tongue.push(at[:, 1], at[:, 2], wanted.tongue))
        return face.index_copy(2, self.rows, at)

    @staticmethod
    def _raised(at: Tensor, y: Tensor) -> Tensor:
        return torch.stack([at[:, 0], y, at[:, 2]], 1)

    def _before_teeth(self, at: Tensor) -> Tensor:
        teeth = at.index_select(2, self._jaw).transpose(1, 2)
        for jaw, arch in self._arches.items():
            push = arch.push(at.index_select(2, arch.rows), teeth if jaw == "lower" else None)
            at = at.index_add(2, arch.rows, push)
        lower = self._arches["lower"]
        return at.index_add(2, self._jaw, lower.hold_back(at.index_select(2, lower.rows), teeth).transpose(1, 2))


def _marked(count: int, *vertices: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `count` vertices are among these, bool [count]."""
    out = np.zeros(count, bool)
    for some in vertices:
        out[some] = True
    return out
