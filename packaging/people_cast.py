"""The twelve people that come with Viva Voce, as data: `make_people.py` writes their files."""

from __future__ import annotations

from engine.core.person import Beard, Brows, Clothing, Eyes, Hair, Lashes, Person, Skin
from engine.head import identity

BLACK, DARK, BROWN, CHESTNUT = (0.045, 0.040, 0.040), (0.100, 0.070, 0.055), (0.200, 0.130, 0.090), (0.285, 0.170, 0.105)
GINGER, BLOND = (0.520, 0.260, 0.115), (0.560, 0.440, 0.300)


def _age(years: float) -> float:
    """The axis `age` at so many years: 10 at -1, 25 at 0, 90 at 1."""
    return round((years - 25) / (15 if years < 25 else 65), 3)


def _shape(years: float, sex: float, ancestry: tuple[float, float, float], **features: float) -> dict[str, float]:
    """Identity axes; `features` by name with _ for -, those of one side for both."""
    known = set(identity.load().names)
    out = {"age": _age(years), "sex": sex} | dict(zip(identity.ANCESTRIES, ancestry, strict=True))
    for word, value in features.items():
        name = word.replace("_", "-")
        out |= dict.fromkeys((name,) if name in known else (f"l-{name}", f"r-{name}"), value)
    return {name: value for name, value in out.items() if value or name in identity.ANCESTRIES}


def _kwame() -> Person:
    shape = _shape(
        44, 1.0, (0.95, 0.0, 0.05), weight=-0.10, muscle=0.55, head_round=-0.15, head_scale_vert=0.25, head_scale_horiz=-0.15, forehead_trans=0.15,
        head_back_scale_depth=0.25, forehead_nubian=0.10, eyebrows_trans_depth=0.25,
        nose_width3=0.25, nose_scale_vert=0.10, nose_point=-0.10, mouth_scale_horiz=0.15, mouth_lowerlip_height=0.15, chin_width=0.30, chin_prominent=0.15,
        cheek_bones=0.30, eye_trans_horiz=0.10, ear_scale=-0.15, ear_wing=-0.20, neck_scale_horiz=0.15, asym_mouth_1=0.10, asym_brown_1=0.08,
    )  # fmt: skip
    return Person(
        "Kwame",
        shape,
        Skin(tone=0.90, warmth=0.50, redness=0.35, freckles=0.0, spots=0.15, lines=0.22, pores=0.60, shine=0.60, tired=0.20, lips=0.40),
        Eyes((0.130, 0.075, 0.045), (0.200, 0.115, 0.065), white=0.45, veins=0.35),
        Brows("straight", density=0.7, thickness=0.6),
        Lashes(0.45, 0.5, 0.0),
        Beard("goatee", density=0.7, length=0.35),
        Hair("cap", BLACK, grey=0.12, lights=0.0, gloss=0.3, volume=0.35),
        Clothing("shirt", (0.88, 0.87, 0.84), (0.25, 0.28, 0.34), "plain"),
    )


def _mei() -> Person:
    shape = _shape(
        29, 0.0, (0.0, 1.0, 0.0), weight=-0.20, head_oval=0.35, head_scale_horiz=-0.10, nose_scale_vert=-0.15, nose_point=0.20, nose_point_width=-0.20,
        nose_compression=0.20, mouth_scale_horiz=-0.15, mouth_upperlip_height=0.15, mouth_cupidsbow=0.30, chin_triangle=0.25, chin_width=-0.20,
        cheek_bones=0.15, eye_scale=0.15, eye_corner2=0.25, eye_height2=0.10, eyebrows_angle=0.15, ear_scale=-0.10, neck_scale_horiz=-0.10,
        neck_scale_vert=0.10, asym_eye_4=0.10,
    )  # fmt: skip
    return Person(
        "Mei",
        shape,
        Skin(tone=0.20, warmth=0.66, redness=0.40, blush=0.15, freckles=0.02, spots=0.06, lines=0.02, pores=0.30, shine=0.50, tired=0.10, lips=0.55,
             lipstick=0.45, lip_colour=(0.70, 0.32, 0.32)),
        Eyes((0.150, 0.085, 0.050), (0.220, 0.130, 0.070), pupil=0.42, white=0.20, veins=0.15),
        Brows("straight", density=0.6, thickness=0.45),
        Lashes(0.50, 0.5, 0.5),
        Beard(),
        Hair("bob", BLACK, lights=0.10, gloss=0.75, volume=0.45),
        Clothing("turtleneck", (0.43, 0.13, 0.15), (0.85, 0.80, 0.74), "knit"),
    )  # fmt: skip


def _henrik() -> Person:
    shape = _shape(
        63, 1.0, (0.0, 0.0, 1.0), weight=-0.20, muscle=0.10, head_rectangular=0.55, head_scale_vert=0.35, head_scale_horiz=-0.10,
        forehead_scale_vert=0.08, nose_scale_vert=0.25,
        nose_hump=0.35, nose_scale_depth=0.15, nose_point=-0.15, chin_prominent=0.25, chin_height=0.10, chin_cleft=0.20, cheek_inner=-0.25,
        eyebrows_trans_depth=0.30, eyebrows_trans_vert=-0.20, eye_scale=-0.10, eye_bag=0.35, eye_eyefold_vert=-0.25, mouth_laugh_lines=0.30,
        mouth_upperlip_volume=-0.25, mouth_scale_horiz=0.10, ear_scale=0.30, ear_lobe=0.30, ear_wing=0.20, neck_scale_depth=-0.10, asym_nose_1=0.12,
    )  # fmt: skip
    return Person(
        "Henrik",
        shape,
        Skin(tone=0.12, warmth=0.40, redness=0.68, freckles=0.15, spots=0.40, lines=0.62, pores=0.70, shine=0.40, tired=0.35, lips=0.35),
        Eyes((0.420, 0.570, 0.700), (0.620, 0.700, 0.740), ring=0.5, pupil=0.33, white=0.45, veins=0.50),
        Brows("bushy", (0.42, 0.38, 0.33), density=0.6, thickness=0.6),
        Lashes(0.35, 0.35, 0.0),
        Beard("short", (0.55, 0.52, 0.48), density=0.6, length=0.45),
        Hair("side", BLOND, grey=0.75, lights=0.2, gloss=0.35, volume=0.45),
        Clothing("jacket", (0.12, 0.14, 0.19), (0.78, 0.80, 0.82), "plain"),
    )


def _priya() -> Person:
    shape = _shape(
        36, 0.0, (0.12, 0.30, 0.58), weight=0.25, head_oval=0.55, head_scale_vert=0.22, head_scale_depth=-0.18, forehead_scale_vert=0.12,
        head_back_scale_depth=-0.22, nose_hump=0.20, nose_scale_depth=0.15, nose_point=-0.12,
        nose_flaring=0.15, nose_width2=0.10, eye_scale=0.30, eye_height2=0.25, eye_corner2=0.10, eye_eyefold_vert=0.20, eyebrows_trans_vert=0.15,
        mouth_lowerlip_height=0.20, mouth_scale_vert=0.15, mouth_philtrum_volume=0.20, cheek_volume=0.15, chin_height=-0.15, chin_width=-0.10,
        ear_lobe=0.20, asym_mouth_2=0.08,
    )  # fmt: skip
    return Person(
        "Priya",
        shape,
        Skin(tone=0.60, warmth=0.70, redness=0.40, freckles=0.02, spots=0.15, lines=0.06, pores=0.40, shine=0.55, tired=0.32, lips=0.45, lipstick=0.35,
             lip_colour=(0.52, 0.12, 0.22), eye_shadow=0.25),
        Eyes((0.225, 0.130, 0.070), (0.320, 0.190, 0.095), iris=0.55, white=0.25, veins=0.20),
        Brows("arched", density=0.75, thickness=0.55),
        Lashes(0.65, 0.65, 0.7),
        Beard(),
        Hair("long", BLACK, lights=0.15, gloss=0.65, volume=0.55),
        Clothing("vneck", (0.16, 0.30, 0.42), (0.88, 0.76, 0.42), "plain"),
    )  # fmt: skip


def _mateo() -> Person:
    shape = _shape(
        17, 0.90, (0.12, 0.38, 0.50), weight=-0.35, muscle=-0.10, head_invertedtriangular=0.15, head_scale_vert=0.10, head_age=-0.10, nose_scale_vert=0.12,
        nose_curve=-0.10, nose_point_width=0.15, eye_height2=0.15, eye_push2=0.15, eyebrows_trans_vert=-0.10, mouth_scale_horiz=0.12, mouth_angles=0.15,
        cheek_bones=0.20, cheek_inner=-0.10, chin_prominent=0.10, chin_triangle=0.15, ear_wing=0.45, ear_scale=0.10, neck_scale_horiz=-0.20,
        asym_ear_1=0.10, asym_brown_1=-0.10,
    )  # fmt: skip
    return Person(
        "Mateo",
        shape,
        Skin(tone=0.44, warmth=0.62, redness=0.52, freckles=0.08, spots=0.32, lines=0.0, pores=0.50, shine=0.66, tired=0.18, lips=0.50),
        Eyes((0.300, 0.190, 0.100), (0.450, 0.300, 0.150), white=0.15, veins=0.20),
        Brows("natural", density=0.65, thickness=0.5),
        Lashes(0.60, 0.55, 0.0),
        Beard("shadow", density=0.15, length=0.2),
        Hair("curly", DARK, lights=0.15, gloss=0.5, volume=0.60),
        Clothing("hoodie", (0.27, 0.31, 0.23), (0.82, 0.79, 0.69), "plain"),
    )


def _amara() -> Person:
    shape = _shape(
        53, 0.0, (1.0, 0.0, 0.0), weight=0.55, head_round=0.25, head_fat=0.25, head_scale_vert=-0.10, forehead_nubian=0.05, nose_scale_horiz=0.10,
        nose_scale_vert=-0.20, nose_curve=-0.15, cheek_volume=0.35, cheek_bones=0.25, mouth_scale_horiz=0.15, mouth_scale_vert=0.10,
        mouth_laugh_lines=0.20, mouth_dimples=-0.20, eye_scale=0.15, eye_bag=0.20, eye_corner2=0.10, chin_height=-0.20, chin_width=-0.10,
        neck_double=0.20, ear_scale=-0.20, asym_cheek_1=0.10,
    )  # fmt: skip
    return Person(
        "Amara",
        shape,
        Skin(tone=0.78, warmth=0.60, redness=0.42, blush=0.20, freckles=0.10, spots=0.45, lines=0.26, pores=0.45, shine=0.65, tired=0.28, lips=0.50,
             lipstick=0.60, lip_colour=(0.50, 0.12, 0.16)),
        Eyes((0.150, 0.085, 0.050), (0.230, 0.135, 0.075), white=0.40, veins=0.30),
        Brows("thin", density=0.55, thickness=0.4),
        Lashes(0.50, 0.5, 0.5),
        Beard(),
        Hair("short", BLACK, grey=0.30, lights=0.0, gloss=0.35, volume=0.50),
        Clothing("crew", (0.76, 0.54, 0.16), (0.25, 0.14, 0.23), "dots"),
    )  # fmt: skip


def _kenji() -> Person:
    shape = _shape(
        72, 1.0, (0.0, 0.85, 0.15), weight=-0.55, muscle=-0.35, head_invertedtriangular=0.25, head_scale_horiz=-0.12, cheek_bones=0.30, cheek_inner=-0.35,
        cheek_volume=-0.25, nose_scale_vert=0.15, nose_hump=0.15, nose_width3=-0.10, eye_bag=0.45, eye_eyefold_vert=-0.30, eye_scale=-0.05,
        eyebrows_trans_vert=0.15, eyebrows_angle=-0.20, mouth_scale_horiz=0.08, mouth_lowerlip_volume=0.40, chin_width=-0.15,
        chin_height=0.10, ear_scale=0.30, ear_lobe=0.45, neck_scale_horiz=-0.05, head_trans_depth=0.15, asym_eye_4=-0.12,
    )  # fmt: skip
    return Person(
        "Kenji",
        shape,
        Skin(tone=0.30, warmth=0.68, redness=0.42, freckles=0.10, spots=0.60, lines=0.80, pores=0.55, shine=0.35, tired=0.45, lips=0.30),
        Eyes((0.170, 0.110, 0.070), (0.250, 0.170, 0.110), ring=0.7, pupil=0.30, white=0.50, veins=0.45),
        Brows("natural", (0.45, 0.44, 0.43), density=0.45, thickness=0.5),
        Lashes(0.30, 0.3, 0.0),
        Beard("moustache", (0.72, 0.71, 0.70), density=0.45, length=0.3),
        Hair("short", BLACK, grey=0.92, lights=0.0, gloss=0.4, volume=0.35),
        Clothing("turtleneck", (0.20, 0.21, 0.24), (0.55, 0.56, 0.58), "knit"),
    )


def _brigid() -> Person:
    shape = _shape(
        78, 0.0, (0.0, 0.0, 1.0), weight=0.05, head_round=0.40, head_fat=0.15, head_scale_vert=-0.12, head_scale_horiz=0.08,
        nose_scale_vert=0.15, nose_point=-0.20, nose_volume=0.20, nose_hump=0.15,
        nose_trans_vert=-0.05, cheek_volume=0.10, cheek_trans=-0.25, chin_jaw_drop=0.45, chin_prominent=0.15, chin_height=-0.10, neck_double=0.30,
        eye_bag=0.45, eye_eyefold_angle=-0.25, eye_scale=-0.15, eye_corner2=-0.20, eyebrows_trans_vert=0.10, mouth_upperlip_volume=-0.35,
        mouth_lowerlip_volume=-0.15, mouth_laugh_lines=0.40, mouth_scale_horiz=-0.08, ear_scale=0.25, ear_lobe=0.40, asym_mouth_1=-0.12,
    )  # fmt: skip
    return Person(
        "Brigid",
        shape,
        Skin(tone=0.05, warmth=0.35, redness=0.70, blush=0.10, freckles=0.50, spots=0.60, lines=0.92, pores=0.55, shine=0.35, tired=0.38, lips=0.35,
             lipstick=0.25, lip_colour=(0.70, 0.32, 0.32)),
        Eyes((0.390, 0.470, 0.400), (0.530, 0.500, 0.350), ring=0.45, pupil=0.30, white=0.50, veins=0.50),
        Brows("thin", (0.60, 0.54, 0.47), density=0.35, thickness=0.4),
        Lashes(0.35, 0.3, 0.15),
        Beard(),
        Hair("bun", GINGER, grey=0.95, lights=0.2, gloss=0.45, volume=0.50),
        Clothing("crew", (0.33, 0.42, 0.52), (0.90, 0.90, 0.89), "knit"),
    )  # fmt: skip


def _omar() -> Person:
    shape = _shape(
        38, 1.0, (0.20, 0.05, 0.75), weight=0.45, muscle=0.35, head_round=-0.40, head_scale_horiz=0.22, head_scale_vert=-0.08,
        head_back_scale_depth=-0.20, forehead_scale_vert=-0.06, nose_hump=0.50, nose_scale_depth=0.25,
        nose_scale_vert=0.20, nose_width2=0.15, nose_point=-0.25, eyebrows_trans_depth=0.20, eyebrows_trans_vert=-0.15, eye_trans_horiz=-0.08,
        eye_height2=0.12, eye_eyefold_vert=0.10, mouth_lowerlip_height=0.15, mouth_scale_horiz=0.05, chin_width=0.25, chin_bones=0.20, cheek_volume=0.20,
        neck_scale_horiz=0.20, ear_scale=0.10, asym_nose_1=-0.15,
    )  # fmt: skip
    return Person(
        "Omar",
        shape,
        Skin(tone=0.42, warmth=0.62, redness=0.48, freckles=0.02, spots=0.15, lines=0.16, pores=0.65, shine=0.60, tired=0.30, lips=0.42),
        Eyes((0.330, 0.220, 0.110), (0.500, 0.340, 0.160), white=0.30, veins=0.35),
        Brows("bushy", density=0.85, thickness=0.65),
        Lashes(0.60, 0.6, 0.0),
        Beard("full", density=0.8, length=0.5),
        Hair("short", BLACK, grey=0.05, lights=0.05, gloss=0.5, volume=0.50),
        Clothing("crew", (0.08, 0.08, 0.09), (0.55, 0.56, 0.58), "plain"),
    )


def _keoni() -> Person:
    shape = _shape(
        27, 1.0, (0.20, 0.55, 0.25), weight=0.95, muscle=0.40, head_round=0.40, head_scale_horiz=0.20, head_fat=0.25, head_scale_depth=0.15,
        head_back_scale_depth=0.12, forehead_scale_vert=-0.06,
        nose_scale_horiz=0.15, nose_width2=0.20, nose_scale_vert=-0.10, nose_point=0.10, cheek_volume=0.35, cheek_bones=0.15, mouth_scale_horiz=0.20,
        mouth_angles=0.15, mouth_scale_vert=0.10, eye_scale=-0.10, eye_trans_horiz=0.10, eye_corner2=0.12, chin_width=0.15, chin_cleft=0.15,
        neck_scale_horiz=0.25, neck_double=0.10, ear_scale=-0.10, asym_eye_2=0.08,
    )  # fmt: skip
    return Person(
        "Keoni",
        shape,
        Skin(tone=0.54, warmth=0.66, redness=0.45, freckles=0.05, spots=0.12, lines=0.03, pores=0.55, shine=0.64, tired=0.15, lips=0.45),
        Eyes((0.180, 0.105, 0.060), (0.270, 0.160, 0.085), white=0.22, veins=0.20),
        Brows("straight", density=0.75, thickness=0.6),
        Lashes(0.55, 0.55, 0.0),
        Beard("stubble", density=0.5, length=0.4),
        Hair("curly", BLACK, lights=0.1, gloss=0.6, volume=0.45),
        Clothing("vneck", (0.70, 0.36, 0.25), (0.94, 0.88, 0.80), "plain"),
    )


def _zoya() -> Person:
    shape = _shape(
        15, 0.0, (0.0, 0.22, 0.78), weight=-0.35, head_invertedtriangular=0.30, head_oval=0.15, head_scale_vert=0.05, nose_point=0.35, nose_scale_vert=-0.10,
        nose_curve=-0.20, nose_point_width=-0.10, nose_width3=-0.10, eye_scale=0.20, eye_trans_horiz=0.12, eye_height2=0.12, eye_corner1=-0.10,
        eyebrows_trans_vert=0.12, mouth_scale_horiz=0.05, mouth_upperlip_height=0.12, mouth_cupidsbow=0.20, cheek_bones=0.25, chin_triangle=0.20,
        chin_prominent=-0.05, ear_wing=0.25, neck_scale_horiz=-0.15, neck_scale_vert=0.10, asym_brown_1=0.10,
    )  # fmt: skip
    return Person(
        "Zoya",
        shape,
        Skin(tone=0.10, warmth=0.42, redness=0.58, blush=0.10, freckles=0.85, spots=0.14, lines=0.0, pores=0.30, shine=0.52, tired=0.12, lips=0.52),
        Eyes((0.360, 0.450, 0.540), (0.520, 0.570, 0.590), ring=0.7, iris=0.55, pupil=0.48, white=0.12, veins=0.15),
        Brows("natural", (0.36, 0.20, 0.11), density=0.5, thickness=0.45),
        Lashes(0.50, 0.45, 0.15),
        Beard(),
        Hair("long", GINGER, lights=0.4, gloss=0.6, volume=0.55),
        Clothing("hoodie", (0.37, 0.28, 0.42), (0.85, 0.82, 0.86), "plain"),
    )


def cast() -> list[Person]:
    """Ada and eleven more, of many ages, builds and ancestries."""
    return [Person(), _kwame(), _mei(), _henrik(), _priya(), _mateo(), _amara(), _kenji(), _brigid(), _omar(), _keoni(), _zoya()]
