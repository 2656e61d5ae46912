"""The encoder's network: log-mel frames to phones, visemes and articulation, once to look 100 ms ahead and once to look both ways.

Shapes: B batch, F mel frames at 100 Hz (even), T = F / 2 tokens at 50 Hz, W width. One layer is a residual of a three-tap dilated
convolution, written as one matrix product over its gathered taps, so that `engine.speech.encoder` runs the same in numpy.

Source: dilated residual convolutions after Oord et al. 2016 (WaveNet) and Bai et al. 2018 (TCN), pre-normalised as Xiong et al. 2020.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from engine.core.errors import InvalidInput
from engine.speech.phonemes import VISEME_CLASSES
from engine.speech.sounds import PHONES

BANDS = 64
STACK, STRIDE, BEFORE = 6, 2, 2  # frames a token reads, frames between tokens, frames before its own
# Per frame: phones, visemes, then these.
ARTICULATION = ("closure", "voiced", "rounding", "jaw", "pitch", "level")
HEADS = len(PHONES) + len(VISEME_CLASSES) + len(ARTICULATION)


@dataclass(frozen=True)
class NetConfig:
    """One network.

    Args:
        width: channels.
        dilations: of each layer, tokens between taps.
        ahead: of each layer, tokens it sees after its own: 0 to twice its dilation.
        dropout: while training.
    """

    width: int = 160
    dilations: tuple[int, ...] = (1, 1, 2, 4, 8, 1, 2, 4)
    ahead: tuple[int, ...] = (1, 1, 0, 0, 0, 0, 0, 0)
    dropout: float = 0.1

    def __post_init__(self) -> None:
        if self.width < 4 or not self.dilations or len(self.dilations) != len(self.ahead):
            raise InvalidInput(f"a network of width {self.width}, {len(self.dilations)} dilations and {len(self.ahead)} looks ahead", "give each layer both")
        if any(not 0 <= r <= 2 * d for d, r in zip(self.dilations, self.ahead, strict=True)):
            raise InvalidInput(f"looks ahead {self.ahead} for dilations {self.dilations}", "give 0 to twice the dilation")

    @property
    def look_ahead_s(self) -> float:
        """Seconds of sound after the start of a token's first frame that it depends on."""
        last_frame = STRIDE * sum(self.ahead) + STACK - BEFORE - 1
        return last_frame * 0.01 + 0.0175


def both_ways(config: NetConfig) -> NetConfig:
    """The same network with each layer's taps centred."""
    return NetConfig(config.width, config.dilations, config.dilations, config.dropout)


class Layer(nn.Module):
    """x + out(relu(taps(norm(x))))."""

    def __init__(self, width: int, dilation: int, ahead: int, dropout: float) -> None:
        super().__init__()
        self.dilation, self.ahead = dilation, ahead
        self.norm = nn.LayerNorm(width)
        self.taps = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """[B, T, W] -> [B, T, W]."""
        count, d = x.shape[1], self.dilation
        padded = nn.functional.pad(self.norm(x), (0, 0, 2 * d - self.ahead, self.ahead))
        gathered = torch.cat([padded[:, k * d : k * d + count] for k in range(3)], dim=2)
        return x + self.dropout(self.out(torch.relu(self.taps(gathered))))


class Net(nn.Module):
    """One direction of the encoder."""

    def __init__(self, config: NetConfig) -> None:
        super().__init__()
        self.config = config
        self.first = nn.Linear(STACK * BANDS, config.width)
        self.layers = nn.ModuleList(Layer(config.width, d, r, config.dropout) for d, r in zip(config.dilations, config.ahead, strict=True))
        self.norm = nn.LayerNorm(config.width)
        self.heads = nn.Linear(config.width, STRIDE * HEADS)

    def forward(self, mel: Tensor) -> Tensor:
        """Normalised log-mel [B, F, BANDS], F even -> logits [B, F, HEADS]."""
        if mel.ndim != 3 or mel.shape[2] != BANDS or mel.shape[1] % STRIDE:
            raise InvalidInput(f"mel must be [B, F, {BANDS}] with F even, got {list(mel.shape)}")
        padded = nn.functional.pad(mel, (0, 0, BEFORE, STACK - STRIDE - BEFORE))
        stacked = padded.unfold(1, STACK, STRIDE).transpose(2, 3).flatten(2)  # [B, T, STACK * BANDS], frame by frame
        x = torch.relu(self.first(stacked))
        for layer in self.layers:
            x = layer(x)
        return self.heads(self.norm(x)).reshape(mel.shape[0], mel.shape[1], HEADS)


@dataclass(frozen=True)
class EncoderConfig:
    """Both networks.

    Args:
        streaming: looks at most 100 ms ahead.
        offline: looks both ways.
    """

    streaming: NetConfig = NetConfig()
    offline: NetConfig = field(default_factory=lambda: both_ways(NetConfig()))

    def __post_init__(self) -> None:
        if self.streaming.look_ahead_s > 0.1:
            raise InvalidInput(f"the streaming network looks {self.streaming.look_ahead_s * 1000:.0f} ms ahead", "keep it to 100 ms")


class EncoderNet(nn.Module):
    """Both networks, trained side by side; they share no weights."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.streaming = Net(config.streaming)
        self.offline = Net(config.offline)
