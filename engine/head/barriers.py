"""What keeps a posed face from passing through itself: lips and lids that meet, skin in front of the teeth, lids outside of the eyeballs.

All in torch, batched and differentiable. Heights are corrected first (`Meeting`); then skin is pushed forward off the teeth (`Arch`) and lids
outward off the eyes (`Ball`), which leaves the heights of the lips as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.head import ada
from engine.head.eyeball import CORNEA_MM, CORNEA_Z_MM, RADIUS_MM, radius_m

SIDES: tuple[str, ...] = ("left", "right")
_LID_CLEARANCE_MM, _STRETCHED, _ROUND_MM = 0.50, 0.10, 0.6  # at Ada's size
_LID_REACH_M = 0.014  # skin outside the lids this near an eyeball has to make way for it
_DAMPING = 0.01
_FREE = -0.9  # metres; what is kept farther behind the teeth than this is not kept at all
_PAIR_SHARE, _PAIR_MOST_M = 0.8, 0.001  # an edge has to stay this much farther off than its ends: it is stretched when it comes near
# Skin stretched over the lower teeth gives way so far, then the teeth do; how near it may come to them then; what counts as stretched.
_GIVES_WAY_M, _BARELY_M, _STRETCHED_M, _FULL_SLACK_M, _MOST_HELD_BACK = 0.003, 0.0022, 0.005, 0.010, 0.25
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


class _Skin(NamedTuple):
    """What a row of teeth asks of skin points, [S] each: how far in front of it, the height of its edge there, how far beyond it still holds."""

    kept: Tensor
    edge: Tensor
    slack: Tensor


class _Frame(NamedTuple):
    """Matrix [T, 3, 3] and origin [T, 3, 1] that take points to where the table's teeth are, by a least-squares fit; the matrix's inverse."""

    matrix: Tensor
    origin: Tensor
    inverse: Tensor


class _Lacking(NamedTuple):
    """How much points [T, S] lack to what is asked of them, metres; in which direction they lie; how deep the teeth are there."""

    need: Tensor
    direction: Tensor
    front: Tensor


class Arch:
    """Keeps skin in front of one row of teeth, which may move with the jaw.

    Args:
        arch: the baked table.
        teeth: the row's vertices at rest, as they are in the head that is posed, float32 [N, 3].
        skin: what has to stay in front, at rest, float32 [S, 3]. What is stretched over the teeth may at least come as near as it is there.
        rows: int64 [S] of the skin in the posed vertices.
        device: of the result.
    """

    def __init__(self, arch: ada.Arch, teeth: NDArray[np.float32], skin: NDArray[np.float32], rows: Tensor, device: torch.device) -> None:
        self.rows = rows
        self._points = torch.from_numpy(np.ascontiguousarray(skin.T)).to(device)[None]
        self._fit = torch.from_numpy(arch.fit).to(device)  # [4, N]
        self._table = torch.from_numpy(arch.depth.ravel()).to(device)
        self._size, self._arch = arch.depth.shape, arch
        self._skin = _Skin(*(torch.from_numpy(x).to(device) for x in (arch.kept, arch.edge_m, arch.slack_m)))
        self._rest = self._frame(torch.from_numpy(teeth).to(device)[None])
        self._skin = self._relaxed(self._points, self._skin)
        self._pairs: tuple[Tensor, _Skin] | None = None

    def hold_pairs(self, pairs: Tensor) -> None:
        """Also keep the middles of edges in front: int64 [E, 2] into the skin."""
        middle = _Skin(*(x[pairs].mean(1) for x in self._skin))
        middle = middle._replace(kept=middle.kept + (_PAIR_SHARE * middle.kept).clamp_max(_PAIR_MOST_M))
        self._pairs = pairs, self._relaxed(self._points[..., pairs].mean(-1), middle)

    def _relaxed(self, points: Tensor, skin: _Skin) -> _Skin:
        """What is asked of stretched skin, no more than it has at rest [1, 3, S]."""
        lacking = self._lacking(points, self._rest, skin)
        over = lacking.need[0].clamp_min(0.0) * (1.0 + lacking.direction[0].square()).sqrt()
        return skin._replace(kept=torch.where(skin.slack != 0.0, skin.kept - over, skin.kept))

    def _frame(self, teeth: Tensor) -> _Frame:
        affine = self._fit @ teeth  # [T, 4, 3]: teeth as they are = table's teeth @ affine[:3] + affine[3]
        return _Frame(torch.linalg.inv(affine[:, :3]).transpose(1, 2), affine[:, 3, :, None], affine[:, :3].transpose(1, 2))

    def push(self, points: Tensor, teeth: Tensor | None) -> Tensor:
        """How far skin points have to move, aside and forward, metres [T, 3, S].

        Args:
            points: [T, 3, S] skin.
            teeth: [T, N, 3] as posed; None where they are at rest.
        """
        frame = self._rest if teeth is None else self._frame(teeth)
        push = self._out(points, frame, self._skin)
        if self._pairs is not None:
            pairs, skin = self._pairs
            more = self._out((points + push)[..., pairs].mean(-1), frame, skin)  # [T, 3, E]
            for end in (0, 1):
                # Where several edges want a vertex moved, the one that wants most has it.
                least = torch.zeros_like(push).scatter_reduce(2, pairs[:, end].expand_as(more), more, "amin")
                most = torch.zeros_like(push).scatter_reduce(2, pairs[:, end].expand_as(more), more, "amax")
                push = push + least + most
        return push

    def hold_back(self, points: Tensor, teeth: Tensor) -> Tensor:
        """How far the teeth have to move to stay behind skin that is stretched over them farther than it gives way: metres [T, N, 3].

        They draw nearer to a centre behind them, which nobody sees: skin is stretched so far over shut lips only.
        """
        frame = self._frame(teeth)
        share = torch.zeros(len(points), device=points.device)
        pairs, middle = self._pairs if self._pairs is not None else (None, None)
        for at, skin in ((points, self._skin), (points[..., pairs].mean(-1), middle)) if middle is not None else ():
            assert skin is not None
            stretched = skin.slack.abs() > _STRETCHED_M
            lacking = self._lacking(at, frame, skin._replace(kept=torch.where(stretched, skin.kept.clamp_max(_BARELY_M), -1.0)))
            share = torch.maximum(share, (lacking.need / lacking.front.clamp_min(0.02)).amax(1))
        inner = frame.matrix @ (teeth.transpose(1, 2) - frame.origin)
        inner = torch.stack([inner[:, 0], torch.zeros_like(inner[:, 1]), inner[:, 2] - self._arch.centre_m], 1)
        return -(frame.inverse @ inner * share.clamp_max(_MOST_HELD_BACK)[:, None, None]).transpose(1, 2)

    def _out(self, points: Tensor, frame: _Frame, skin: _Skin) -> Tensor:
        lacking = self._lacking(points, frame, skin)
        most = _GIVES_WAY_M + (1.0 - skin.slack.abs() / _FULL_SLACK_M).clamp_min(0.0)
        forward = most * (lacking.need.clamp_min(0.0) / most).tanh() / frame.matrix[:, 2, 2, None]
        return torch.stack([lacking.direction * forward, torch.zeros_like(forward), forward], 1)

    def _lacking(self, points: Tensor, frame: _Frame, skin: _Skin) -> _Lacking:
        at = frame.matrix @ (points - frame.origin)
        depth = (at[:, 2] - self._arch.centre_m).clamp_min(0.005)
        direction = at[:, 0] / depth
        beyond = torch.minimum(torch.maximum(at[:, 1] - skin.edge, skin.slack.clamp_max(0.0)), skin.slack.clamp_min(0.0))
        front = self.depth(direction, at[:, 1] - beyond)
        need = front + skin.kept / (1.0 + direction.square()).sqrt() - depth
        return _Lacking(torch.where(skin.kept > _FREE, need, -1.0), direction, front)

    def depth(self, direction: Tensor, height: Tensor) -> Tensor:
        """The front of the teeth by direction and height, both [T, S], metres before the table's centre."""
        columns, heights = self._size
        u = ((direction - self._arch.direction0) / self._arch.direction_step).clamp(0.0, columns - 1.001)
        h = ((height - self._arch.low_m) / self._arch.height_step_m).clamp(0.0, heights - 1.001)
        i, j = u.floor(), h.floor()
        a, b = u - i, h - j
        k = (i * heights + j).long()
        t = self._table
        left = t[k] * (1 - b) + t[k + 1] * b
        right = t[k + heights] * (1 - b) + t[k + heights + 1] * b
        return left * (1 - a) + right * a


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
        lids = {side: self._round_the_eye(side) for side in SIDES}
        lashes = np.arange(head.span("lashes").start, head.span("lashes").stop)
        mouth = np.arange(head.span("teeth_upper").start, head.span("tongue").stop)
        seams = [a.ravel() for s in head.seams.values() for a in (s.upper, s.lower, s.vertices)]
        concerned = np.unique(np.concatenate([*seams, *lids.values(), head.held, lashes, head.lash_follow, mouth]))
        posed = row.numpy()[concerned] >= 0
        concerned = concerned[posed]
        self._whole = bool(posed.all())
        self.rows = row[torch.from_numpy(concerned)].to(device)  # [M]
        self._row = torch.full_like(row, -1)
        self._row[torch.from_numpy(concerned)] = torch.arange(len(concerned))
        self.meetings: dict[str, Meeting] = {}
        for name, seam in head.seams.items():
            if (self._row[torch.from_numpy(np.concatenate([seam.upper.ravel(), seam.lower.ravel()]))] >= 0).all():
                self.meetings[name] = Meeting(seam, self._row, *((_UPPER_LIP, 3) if name == "lips" else (_UPPER_LID, 1)), device)
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
        outer = np.setdiff1d(np.flatnonzero(away < head.eye_radius_m + _LID_REACH_M), head.lining["lids"])
        return np.concatenate([outer, np.intersect1d(head.lining["lids"], head.seams[f"lids_{side}"].vertices)])

    def _ball(self, side: str, vertices: NDArray[np.int64]) -> Ball:
        head = self._head
        centre, radius = head.joints[f"eye_{side}"], radius_m(head, side)
        away = np.linalg.norm(head.vertices[vertices] - centre, axis=1)
        # The folds inside the lids lie nearer than the eyeball's surface already.
        folds = np.where(np.isin(vertices, head.lining["lids"]), np.minimum(radius * (1 + _LID_CLEARANCE_MM / RADIUS_MM), away), 0.0)
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
