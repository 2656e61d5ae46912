"""The network of wav2vec 2.0 and HuBERT: seven convolutions over the waveform, then a transformer with a convolution for the positions.

Both papers use the same network; they differ in how it was trained. Names of its parts are those of the usual safetensors files, so that
weights load by name (`engine.speech.foreign_files` renames fairseq's).

Shapes: B batch, S samples at 16 kHz, T frames (one for 320 samples), D width.

Source: Baevski et al., "wav2vec 2.0", NeurIPS 2020, section 2 and appendix B; Hsu et al., "HuBERT", TASLP 29, 2021, section III. Large models
normalise before each block (Xiong et al. 2020), small ones after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.core.errors import InvalidInput

GROUP, LAYER = "group", "layer"
_EPSILON = 1e-5
_LARGEST = 16384  # of any size in a config, so that a broken file asks for no endless memory


@dataclass(frozen=True)
class ForeignConfig:
    """The sizes of one network.

    Args:
        kind: "wav2vec2" or "hubert".
        channels: of each convolution.
        kernels: their lengths in steps.
        strides: their steps.
        bias: whether they have a bias.
        norm: "group": the first one's channels are normalised over time; "layer": each one's frames over the channels.
        width: D of the transformer.
        layers: of it.
        heads: of its attention.
        inner: width of its feed-forward layers.
        position_kernel: frames of the convolution for the positions.
        position_groups: its groups.
        position_norm: whether a batch norm is before it (the released ones have weight normalisation instead, which is a matter of files).
        first: normalise before attention and feed-forward layers, not after.
        projected: whether a linear layer leads from the last convolution to the transformer.
        projected_norm: whether a layer norm is before it.
        whole: whether it was trained on waveforms brought to mean 0 and variance 1, which whoever calls it does.
        epsilon: of the layer norms of the transformer.
    """

    kind: str = "wav2vec2"
    channels: tuple[int, ...] = (512,) * 7
    kernels: tuple[int, ...] = (10, 3, 3, 3, 3, 2, 2)
    strides: tuple[int, ...] = (5, 2, 2, 2, 2, 2, 2)
    bias: bool = False
    norm: str = GROUP
    width: int = 768
    layers: int = 12
    heads: int = 12
    inner: int = 3072
    position_kernel: int = 128
    position_groups: int = 16
    position_norm: bool = False
    first: bool = False
    projected: bool = True
    projected_norm: bool = True
    whole: bool = True
    epsilon: float = _EPSILON

    def __post_init__(self) -> None:
        if not len(self.channels) == len(self.kernels) == len(self.strides) > 0:
            raise InvalidInput(f"{len(self.channels)} convolutions with {len(self.kernels)} kernels and {len(self.strides)} strides", "see the model's config")
        sizes = (*self.channels, *self.kernels, *self.strides, self.width, self.layers, self.heads, self.inner, self.position_kernel, self.position_groups)
        if not all(0 < size <= _LARGEST for size in sizes):
            raise InvalidInput(f"a network with a size of {min(sizes)} or {max(sizes)}", "see the model's config")
        if self.norm not in (GROUP, LAYER):
            raise InvalidInput(f"convolutions with norm {self.norm!r}", "see the model's config: it is group or layer")
        if self.width % self.heads or self.width % self.position_groups:
            raise InvalidInput(f"width {self.width} for {self.heads} heads and {self.position_groups} groups of positions", "see the model's config")

    @property
    def hop(self) -> int:
        """Samples from one frame to the next."""
        hop = 1
        for stride in self.strides:
            hop *= stride
        return hop

    @property
    def reach(self) -> int:
        """Samples that one frame sees."""
        reach, hop = 1, 1
        for kernel, stride in zip(self.kernels, self.strides, strict=True):
            reach += (kernel - 1) * hop
            hop *= stride
        return reach


class _Convolution(nn.Module):
    """One convolution over the waveform, its norm where it has one, and GELU."""

    def __init__(self, config: ForeignConfig, index: int) -> None:
        super().__init__()
        before = config.channels[index - 1] if index else 1
        channels = config.channels[index]
        self.conv = nn.Conv1d(before, channels, config.kernels[index], config.strides[index], bias=config.bias)
        self.per_frame = config.norm == LAYER
        if self.per_frame:
            self.layer_norm: nn.Module | None = nn.LayerNorm(channels)
        else:
            self.layer_norm = nn.GroupNorm(channels, channels) if index == 0 else None

    def forward(self, x: Tensor) -> Tensor:  # [B, C, S] -> [B, C', S']
        x = self.conv(x)
        if self.layer_norm is not None:
            x = self.layer_norm(x.transpose(1, 2)).transpose(1, 2) if self.per_frame else self.layer_norm(x)
        return functional.gelu(x)


class _Features(nn.Module):
    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        self.conv_layers = nn.ModuleList(_Convolution(config, i) for i in range(len(config.channels)))

    def forward(self, samples: Tensor) -> Tensor:  # [B, S] -> [B, T, C]
        x = samples[:, None]
        for layer in self.conv_layers:
            x = layer(x)
        return x.transpose(1, 2)


class _Projection(nn.Module):
    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        channels = config.channels[-1]
        self.layer_norm = nn.LayerNorm(channels, eps=config.epsilon) if config.projected_norm else nn.Identity()
        self.projection = nn.Linear(channels, config.width) if config.projected else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.projection(self.layer_norm(x))
        return out


class _Positions(nn.Module):
    """A grouped convolution whose weights stand for the position relative to a frame."""

    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        kernel = config.position_kernel
        self.batch_norm = nn.BatchNorm1d(config.width) if config.position_norm else None
        self.conv = nn.Conv1d(config.width, config.width, kernel, padding=kernel // 2, groups=config.position_groups)
        self.surplus = 1 - kernel % 2

    def forward(self, x: Tensor) -> Tensor:  # [B, T, D] -> [B, T, D]
        x = x.transpose(1, 2)
        if self.batch_norm is not None:
            x = self.batch_norm(x)
        x = self.conv(x)
        return functional.gelu(x[:, :, : x.shape[2] - self.surplus]).transpose(1, 2)


class _Attention(nn.Module):
    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.q_proj, self.k_proj = nn.Linear(config.width, config.width), nn.Linear(config.width, config.width)
        self.v_proj, self.out_proj = nn.Linear(config.width, config.width), nn.Linear(config.width, config.width)

    def forward(self, x: Tensor) -> Tensor:  # [B, T, D] -> [B, T, D]
        query, key, value = (part(x).unflatten(2, (self.heads, -1)).transpose(1, 2) for part in (self.q_proj, self.k_proj, self.v_proj))
        mixed = functional.scaled_dot_product_attention(query, key, value)
        out: Tensor = self.out_proj(mixed.transpose(1, 2).flatten(2))
        return out


class _FeedForward(nn.Module):
    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        self.intermediate_dense = nn.Linear(config.width, config.inner)
        self.output_dense = nn.Linear(config.inner, config.width)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.output_dense(functional.gelu(self.intermediate_dense(x)))
        return out


class _Layer(nn.Module):
    """One block of the transformer."""

    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        self.first = config.first
        self.attention, self.feed_forward = _Attention(config), _FeedForward(config)
        self.layer_norm = nn.LayerNorm(config.width, eps=config.epsilon)
        self.final_layer_norm = nn.LayerNorm(config.width, eps=config.epsilon)

    def forward(self, x: Tensor) -> Tensor:
        if self.first:
            x = x + self.attention(self.layer_norm(x))
            return x + self.feed_forward(self.final_layer_norm(x))
        x = self.layer_norm(x + self.attention(x))
        out: Tensor = self.final_layer_norm(x + self.feed_forward(x))
        return out


class _Transformer(nn.Module):
    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        self.first = config.first
        self.pos_conv_embed = _Positions(config)
        self.layer_norm = nn.LayerNorm(config.width, eps=config.epsilon)
        self.layers = nn.ModuleList(_Layer(config) for _ in range(config.layers))

    def forward(self, x: Tensor, layer: int) -> Tensor:
        x = x + self.pos_conv_embed(x)
        if not self.first:
            x = self.layer_norm(x)
        for block in self.layers[:layer]:
            x = block(x)
        return self.layer_norm(x) if self.first and layer == len(self.layers) else x


class ForeignNet(nn.Module):
    """The whole network.

    Args:
        config: its sizes.
    """

    def __init__(self, config: ForeignConfig) -> None:
        super().__init__()
        self.config = config
        self.feature_extractor = _Features(config)
        self.feature_projection = _Projection(config)
        self.encoder = _Transformer(config)

    @torch.no_grad()
    def forward(self, samples: Tensor, layer: int | None = None) -> Tensor:
        """What a layer of the transformer gives.

        Args:
            samples: float32 [B, S] at 16 kHz, full scale 1, or of mean 0 and variance 1 where `config.whole`; S at least `config.reach`.
            layer: 0 is what goes into the first layer, `config.layers` (None) what comes out of the last.

        Returns:
            float32 [B, T, D], T = 1 + (S - reach) // hop, frame n seeing the samples from n hop to n hop + reach.

        Raises:
            InvalidInput: the sound is too short, or there is no such layer.
        """
        config = self.config
        layer = config.layers if layer is None else layer
        if samples.ndim != 2 or samples.shape[1] < config.reach:
            raise InvalidInput(f"samples must be [B, S] with S from {config.reach} up, got {list(samples.shape)}", "pad the sound with silence")
        if not 0 <= layer <= config.layers:
            raise InvalidInput(f"there is no layer {layer}", f"this network has layers 0 to {config.layers}")
        out: Tensor = self.encoder(self.feature_projection(self.feature_extractor(samples)), layer)
        return out
