"""Natural colours of hair, irises and skin, and colours that go together to wear; sRGB from 0 to 1."""

from __future__ import annotations

from itertools import pairwise

from engine.core.person import Colour

# From black to white as they grow; name, colour.
HAIR: tuple[tuple[str, Colour], ...] = (
    ("black", (0.045, 0.040, 0.040)), ("dark brown", (0.115, 0.080, 0.062)), ("brown", (0.200, 0.130, 0.090)), ("chestnut", (0.285, 0.170, 0.105)),
    ("auburn", (0.330, 0.140, 0.085)), ("copper", (0.470, 0.205, 0.090)), ("ginger", (0.600, 0.310, 0.130)), ("light brown", (0.390, 0.275, 0.180)),
    ("dark blond", (0.520, 0.395, 0.255)), ("golden", (0.660, 0.500, 0.290)), ("ash blond", (0.640, 0.560, 0.440)), ("platinum", (0.820, 0.770, 0.670)),
    ("grey", (0.520, 0.515, 0.505)), ("white", (0.840, 0.835, 0.820)),
)  # fmt: skip
# Name, iris, ring round the pupil.
EYES: tuple[tuple[str, Colour, Colour], ...] = (
    ("black-brown", (0.130, 0.075, 0.045), (0.200, 0.115, 0.065)), ("dark brown", (0.225, 0.130, 0.070), (0.320, 0.190, 0.095)),
    ("brown", (0.360, 0.230, 0.120), (0.530, 0.360, 0.180)), ("amber", (0.540, 0.340, 0.130), (0.680, 0.460, 0.180)),
    ("hazel", (0.400, 0.340, 0.190), (0.560, 0.380, 0.170)), ("green", (0.330, 0.420, 0.270), (0.520, 0.460, 0.230)),
    ("grey-green", (0.390, 0.450, 0.390), (0.530, 0.500, 0.350)), ("grey", (0.440, 0.480, 0.510), (0.560, 0.570, 0.550)),
    ("grey-blue", (0.360, 0.450, 0.540), (0.520, 0.570, 0.590)), ("blue", (0.240, 0.390, 0.560), (0.450, 0.550, 0.620)),
    ("light blue", (0.420, 0.570, 0.700), (0.620, 0.700, 0.740)),
)  # fmt: skip
# What skin of a tone looks like, for swatches only: tone, cool, warm.
_SKIN: tuple[tuple[float, Colour, Colour], ...] = (
    (0.00, (0.960, 0.840, 0.800), (0.965, 0.865, 0.780)), (0.25, (0.900, 0.730, 0.650), (0.900, 0.745, 0.620)),
    (0.50, (0.740, 0.540, 0.440), (0.740, 0.560, 0.410)), (0.75, (0.470, 0.310, 0.240), (0.475, 0.325, 0.220)),
    (1.00, (0.220, 0.140, 0.115), (0.225, 0.150, 0.100)),
)  # fmt: skip
# Garment, and what goes with it.
CLOTHES: tuple[tuple[Colour, Colour], ...] = (
    ((0.160, 0.330, 0.370), (0.850, 0.850, 0.830)), ((0.120, 0.140, 0.190), (0.780, 0.800, 0.820)), ((0.880, 0.870, 0.840), (0.250, 0.280, 0.340)),
    ((0.430, 0.130, 0.150), (0.850, 0.800, 0.740)), ((0.270, 0.310, 0.230), (0.820, 0.790, 0.690)), ((0.080, 0.080, 0.090), (0.550, 0.560, 0.580)),
    ((0.620, 0.500, 0.350), (0.930, 0.900, 0.830)), ((0.220, 0.320, 0.520), (0.880, 0.890, 0.900)), ((0.700, 0.360, 0.250), (0.940, 0.880, 0.800)),
    ((0.370, 0.280, 0.420), (0.850, 0.820, 0.860)), ((0.450, 0.460, 0.470), (0.900, 0.900, 0.890)), ((0.760, 0.640, 0.260), (0.250, 0.240, 0.230)),
)  # fmt: skip
LIPSTICKS: tuple[Colour, ...] = ((0.62, 0.16, 0.18), (0.70, 0.32, 0.32), (0.52, 0.12, 0.22), (0.72, 0.40, 0.36), (0.42, 0.10, 0.14), (0.80, 0.30, 0.38))
SHADOWS: tuple[Colour, ...] = ((0.35, 0.22, 0.20), (0.42, 0.34, 0.32), (0.24, 0.24, 0.30), (0.40, 0.28, 0.36), (0.28, 0.32, 0.28), (0.60, 0.46, 0.36))


def skin(tone: float, warmth: float) -> Colour:
    """About what skin looks like in daylight, for a swatch."""
    for (low, cool_a, warm_a), (high, cool_b, warm_b) in pairwise(_SKIN):
        if tone <= high:
            t = (max(tone, low) - low) / (high - low)
            return mixed(mixed(cool_a, cool_b, t), mixed(warm_a, warm_b, t), warmth)
    return mixed(_SKIN[-1][1], _SKIN[-1][2], warmth)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """A colour between two, at a share of the second from 0 to 1."""
    return tuple(round(x + (y - x) * share, 4) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]
