"""A GPU for tests where there is none: the device `meta` holds parameters and refuses to be mixed with the CPU, and what comes from there
is not numpy's before it is fetched."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

ELSEWHERE = torch.device("meta")


class There(torch.Tensor):
    """Numbers as they come from a GPU."""

    def cpu(self, *_: Any) -> Tensor:  # type: ignore[override]
        return self.as_subclass(torch.Tensor)

    def numpy(self, **_: Any) -> Any:  # type: ignore[override]
        raise TypeError("can't convert device type tensor to numpy, use Tensor.cpu() first")


class Answering(nn.Module):
    """A network elsewhere that takes its input there and answers with zeros.

    Args:
        shape: of the answer; -1 is the input's number of frames.
    """

    def __init__(self, *shape: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, device=ELSEWHERE))
        self.shape = shape

    def forward(self, x: Tensor) -> Tensor:
        assert x.device == ELSEWHERE, "the network is not where its input is"
        return torch.zeros([x.shape[1] if n == -1 else n for n in self.shape]).as_subclass(There)
