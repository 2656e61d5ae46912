"""The network that names the emotion of two seconds of speech: several small ones side by side, whose answers are averaged.

It needs torch and is for training; `engine.speech.mood` computes the same from the same weights without.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

from engine.speech.mood import CLASSES, CLIP


class MoodNet(nn.Module):
    """Members of one hidden layer, with a linear way past it.

    Args:
        features: numbers that sum up a stretch.
        members: networks side by side.
        hidden: units of each.
        hidden_dropout: share of the hidden units left out in training.
        input_dropout: share of the features left out in training.
    """

    def __init__(self, features: int, members: int, hidden: int, hidden_dropout: float = 0.0, input_dropout: float = 0.0) -> None:
        super().__init__()
        classes = len(CLASSES)
        self.hidden_dropout, self.input_dropout = hidden_dropout, input_dropout
        self.mean, self.scale = torch.nn.Buffer(torch.zeros(features)), torch.nn.Buffer(torch.ones(features))
        self.inner = nn.Parameter(torch.randn(members, features, hidden) / features**0.5)
        self.inner_bias = nn.Parameter(torch.zeros(members, 1, hidden))
        self.outer = nn.Parameter(torch.randn(members, hidden, classes) * 0.5 / hidden**0.5)
        self.past = nn.Parameter(torch.zeros(members, features, classes))
        self.outer_bias = nn.Parameter(torch.zeros(members, 1, classes))

    def normalised(self, features: Tensor) -> Tensor:
        """Features by the statistics of what was trained on, [..., F]."""
        return ((features - self.mean) / self.scale).clamp(-CLIP, CLIP)

    def forward(self, x: Tensor) -> Tensor:
        """Scores.

        Args:
            x: normalised features, [M, B, F], a batch for each member.

        Returns:
            [M, B, classes].
        """
        x = dropout(x, self.input_dropout, self.training)
        hidden = dropout(torch.relu(x @ self.inner + self.inner_bias), self.hidden_dropout, self.training)
        return hidden @ self.outer + x @ self.past + self.outer_bias

    def scores(self, features: Tensor) -> Tensor:
        """The members' mean scores of features as they were measured, [B, F] -> [B, classes]."""
        x = self.normalised(features)
        return self(x.expand(len(self.inner), *x.shape)).mean(dim=0)
