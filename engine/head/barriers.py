"""What keeps a posed face from passing through itself: lips and lids that meet, skin in front of the teeth, lids outside of the eyeballs.

All in torch, batched and differentiable. Heights are corrected first (`Meeting`); then skin is pushed forward off the teeth (`Arch`) and lids
outward off the eyes (`Ball`), which leaves the heights of the lips as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.head import ada

SIDES: tuple[str, ...] = ("left", "right")
LID_CLEARANCE_M = 0.0005
_LID_REACH_M = 0.0085  # skin outside the lids this near an eyeball has to make way for it
_UPPER_LIP, _UPPER_LID = 0.4, 0.85  # share of a correction that the upper edge takes
# The most a cornea may stand out of its eyeball, at the pole, and how far round it: lids make way for it.
CORNEA_M, CORNEA_COS = 0.0008, 0.866
# The tongue: how far its tip may come forward behind shut teeth, the opening over which more is let out, where teeth and lips begin to bound it.
_FREE_M, _OPEN_M, _MIDDLE_M = 0.003, (0.0005, 0.0045), 0.003
_BEHIND_EDGE_M, _BEFORE_GATE_M, _SPARE_M = 0.004, 0.006, 0.0003


def smooth(x: Tensor, low: float, high: float = 1.0) -> Tensor:
    """0 below `low`, 1 above `high`, smooth between."""
    t = ((x - low) / (high - low)).clamp(0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def cornea_m(cosine: Tensor) -> Tensor:
    """How far a cornea stands out where the direction from the eye's centre has this cosine with the gaze, metres."""
    t = 1.0 - ((cosine - CORNEA_COS) / (1.0 - CORNEA_COS)).clamp(0.0, 1.0)
    return CORNEA_M * (1.0 - t * t)


class Meeting:
    """Closes or parts two edges along a seam: how far each column is open decides how far its neighbourhood moves."""

    def __init__(self, seam: ada.Seam, row: Tensor, upper_share: float, device: torch.device) -> None:
        as_index = lambda a: row[torch.from_numpy(a)].to(device)  # noqa: E731
        self.upper, self.lower = as_index(seam.upper), as_index(seam.lower)  # [R, C, 2]
        self.upper_t = torch.from_numpy(seam.upper_share).to(device)  # [R, C]
        self.lower_t = torch.from_numpy(seam.lower_share).to(device)
        rows = row[torch.from_numpy(seam.vertices)]
        kept = rows >= 0
        self.rows = rows[kept].to(device)  # [S]
        up, low = torch.from_numpy(seam.upper_field)[kept], torch.from_numpy(seam.lower_field)[kept]
        # Positive correction closes: the upper edge comes down, the lower goes up.
        self.field = ((1.0 - upper_share) * low - upper_share * up).T.contiguous().to(device)  # [C, S]

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
        for _ in range(2):  # a second pass takes up what the loops beside the contact line leave
            gap = self.gap(y)
            wanted = gap.clamp_min(0.0) * (1.0 - seal[:, None])
            y = y.index_add(1, self.rows, (gap - wanted) @ self.field)
        return y


class Arch:
    """Keeps skin in front of one row of teeth, which may move with the jaw.

    Args:
        arch: the baked table.
        teeth: the row's vertices at rest, as they are in the head that is posed, float32 [N, 3].
        rows: int64 [S] of the skin in the posed vertices.
        device: of the result.
    """

    def __init__(self, arch: ada.Arch, teeth: NDArray[np.float32], rows: Tensor, device: torch.device) -> None:
        self.rows = rows
        self._fit = torch.from_numpy(arch.fit).to(device)  # [4, N]
        self._table = torch.from_numpy(arch.depth.ravel()).to(device)
        self._size, self._arch = arch.depth.shape, arch
        self._kept = torch.from_numpy(arch.kept).to(device)
        self._rest = self._frame(torch.from_numpy(teeth).to(device)[None])

    def _frame(self, teeth: Tensor) -> tuple[Tensor, Tensor]:
        """Matrix [T, 3, 3] and origin [T, 3, 1] that take points to where the table's teeth are, by a least-squares fit."""
        affine = self._fit @ teeth  # [T, 4, 3]: teeth as they are = table's teeth @ affine[:3] + affine[3]
        return torch.linalg.inv(affine[:, :3]).transpose(1, 2), affine[:, 3, :, None]

    def push(self, points: Tensor, teeth: Tensor | None) -> Tensor:
        """How far skin points have to move, aside and forward, metres [T, 3, S].

        Args:
            points: [T, 3, S] skin.
            teeth: [T, N, 3] as posed; None where they are at rest.
        """
        matrix, origin = self._rest if teeth is None else self._frame(teeth)
        at = matrix @ (points - origin)
        depth = (at[:, 2] - self._arch.centre_m).clamp_min(0.005)
        direction = at[:, 0] / depth
        need = self.depth(direction, at[:, 1]) + self._kept / (1.0 + direction.square()).sqrt() - depth
        forward = torch.where(self._kept > -1.0, need, 0.0).clamp_min(0.0) / matrix[:, 2, 2, None]
        return torch.stack([direction * forward, torch.zeros_like(forward), forward], 1)

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
        least: float32 [S] how near the centre each may come, metres.
        rows: int64 [S] of the lids in the posed vertices.
        outer: bool [S], which of them lie outside and have to make way for the cornea.
    """

    def __init__(self, centre: Tensor, least: Tensor, rows: Tensor, outer: Tensor) -> None:
        self.centre, self.least, self.rows, self.outer = centre, least, rows, outer

    def push(self, points: Tensor, gaze: Tensor) -> Tensor:
        """How far lid points [T, 3, S] have to move, metres [T, 3, S]; gaze: the direction the eye looks in, [T, 3]."""
        offset = points - self.centre[:, None]
        distance = offset.square().sum(1).clamp_min(1e-12).sqrt()  # [T, S]
        cosine = (offset * gaze[..., None]).sum(1) / distance
        least = self.least + cornea_m(cosine) * self.outer  # [T, S]
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
        place = np.clip(np.interp(p[span, 0], columns, np.arange(len(columns))), 0, len(columns) - 1)
        hats = np.maximum(0.0, 1.0 - np.abs(place[None] - np.arange(len(columns))[:, None]))
        self._hats = torch.from_numpy(hats.astype(np.float32)).to(device)  # [C, N]

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
        free = _FREE_M + forward * smooth(opening, *_OPEN_M)
        held = moved * ((free / forward).clamp_max(1.0) - 1.0)[:, None, None]
        here_y, here_z = y[:, self.rows] + held[:, 1], z[:, self.rows] + held[:, 2]
        top = torch.minimum(up @ self._hats, y[:, self._upper, None]) - _SPARE_M
        bottom = torch.maximum(low @ self._hats, y[:, self._lower, None]) + _SPARE_M
        centre = (top + bottom) / 2
        between = torch.minimum(torch.maximum(here_y, torch.minimum(bottom, centre)), torch.maximum(top, centre))
        weight = smooth(here_z, self._gate_m - _BEFORE_GATE_M, self._gate_m)
        return torch.stack([held[:, 0], held[:, 1] + weight * (between - here_y), held[:, 2]], 1)


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
                self.meetings[name] = Meeting(seam, self._row, _UPPER_LIP if name == "lips" else _UPPER_LID, device)
        if self._whole:
            self._balls = {side: self._ball(side, lids[side]) for side in SIDES}
            self._arches = {jaw: Arch(head.arches[jaw], head.vertices[head.span(f"teeth_{jaw}")], self._at(head.held), device) for jaw in ("upper", "lower")}
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
        centre = head.joints[f"eye_{side}"]
        radius = float(np.linalg.norm(head.vertices[head.span(f"eye_{side}").start] - centre))
        away = np.linalg.norm(head.vertices[vertices] - centre, axis=1)
        outer = ~np.isin(vertices, head.lining["lids"])
        # The folds inside the lids lie nearer than the eyeball's surface already; they only may not sink further.
        least = np.where(outer, radius + LID_CLEARANCE_M, np.minimum(radius + LID_CLEARANCE_M, away)).astype(np.float32)
        as_tensor = lambda x: torch.from_numpy(x).to(self._device)  # noqa: E731
        return Ball(as_tensor(centre), as_tensor(least), self._at(vertices), as_tensor(outer))

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
        return at
