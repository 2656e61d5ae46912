"""The phone sets of festival's voices in our IPA, so that one label means one sound whoever speaks."""

from __future__ import annotations

from engine.core.errors import InvalidInput
from engine.speech.phonemes import PAUSE, features, split_label
from engine.training.stage.raw import Row


def _pairs(text: str) -> dict[str, str]:
    """ "a:b" pairs as a table; ";" stands before a ":" that is part of the name."""
    return {name.replace(";", ":"): label for name, _, label in (item.rpartition("=") for item in text.split())}


_PLAIN = _pairs("p=p b=b t=t d=d k=k g=ɡ f=f v=v s=s z=z m=m n=n l=l j=j w=w i=i e=e a=a o=o u=u")
_SILENCE = dict.fromkeys(("pau", "#", "##", "h#", "ssil", "brth"), PAUSE)
_RADIO = _pairs(
    "aa=ɑ ae=æ ah=ʌ ao=ɔ aw=aʊ ax=ə axr=ɚ ay=aɪ ch=tʃ dh=ð dx=ɾ eh=ɛ el=l̩ em=m̩ en=n̩ er=ɝ ey=eɪ hh=h hv=ɦ ih=ɪ iy=i jh=dʒ nx=ɾ ng=ŋ ow=oʊ "
    "oy=ɔɪ r=ɹ sh=ʃ th=θ uh=ʊ uw=u y=j zh=ʒ"
)
_VOWELS_7 = _pairs("i1=i e1=e E=ɛ E1=ɛ a1=a o1=o O=ɔ O1=ɔ u1=u")
_ITALIAN = _VOWELS_7 | _pairs("S=ʃ Z=ʒ ts=ts tS=tʃ dz=dz dZ=dʒ J=ɲ ng=ŋ nf=ɱ L=ʎ r=r")
_CATALAN = _VOWELS_7 | _pairs("ax=ə S=ʃ Z=ʒ J=ɲ L=ʎ r=ɾ rr=r") | {"_": PAUSE}
_CZECH = _pairs("_=ʔ a;=aː e=ɛ e;=ɛː i=ɪ i;=iː o;=oː u;=uː c=ts c~=tʃ ch=x d~=ɟ dz=dz dz~=dʒ h=ɦ n*=ŋ n~=ɲ r=r r~=r r~*=r s~=ʃ t~=c z~=ʒ")
_FINNISH_SHORT = _pairs("a=ɑ @=æ 7=ø y=y T=θ D=ð S=ʃ Z=ʒ h=h v=ʋ N=ŋ L=ʎ r=r") | {name: label for name, label in _PLAIN.items() if name not in ("a", "v")}
_FINNISH = {"&": "ə", **_FINNISH_SHORT, **{f"{name}:": f"{label}ː" for name, label in _FINNISH_SHORT.items()}}
_HARD = ("p", "b", "t", "d", "k", "f", "v", "s", "z", "m", "n", "l", "r")
_RUSSIAN = {name * 2: f"{_PLAIN.get(name, name)}ʲ" for name in _HARD} | _pairs(
    "gg=ɡʲ ii=i yy=ɨ uu=u ee=e oo=o aa=a a=ɐ e=ɪ i=ɪ y=ɨ u=ʊ ae=ə ay=ə ur=ʊ r=r c=ts ch=tɕ sh=ʂ sch=ɕː zh=ʐ h=x hh=xʲ j=j"
)
_INDIC = _pairs(
    "a=ə aa=aː ih=ɪ iy=iː uh=ʊ uw=uː eh=e ee=eː ay=aɪ oh=o oo=oː aw=aʊ ch=tʃ T=ʈ D=ɖ N=ɳ th=t dh=d y=j r=ɾ v=ʋ L=ɭ R=ɽ sh=ʃ j=dʒ h=ɦ "
    "ksh=kʂ sri=ʃɾɪ kh=kʰ gh=ɡʰ td=ʈʰ tth=tʰ ddh=dʰ bh=bʰ zh=dʒʰ @=ɒ"
)
TABLES: dict[str, dict[str, str]] = {
    name: {**_PLAIN, **_SILENCE, **table}
    for name, table in {
        "radio": _RADIO, "italian": _ITALIAN, "catalan": _CATALAN, "czech": _CZECH, "finnish": _FINNISH, "russian": _RUSSIAN, "indic": _INDIC,
    }.items()
}  # fmt: skip
# Catalan writes b, d, g also where they are approximants: after all but a pause, a nasal, and l before d.
_APPROXIMANT = {"b": "β", "d": "ð", "ɡ": "ɣ"}


def _softened(rows: list[Row]) -> list[Row]:
    """Catalan's voiced stops as the approximants that they are between open sounds."""
    out: list[Row] = []
    for label, start, end in rows:
        before = features(out[-1][0]) if out else features(PAUSE)
        closed = before.kind == "pause" or before.manner in ("nasal", "stop") or (before.manner == "lateral" and label == "d")
        out.append((label if closed else _APPROXIMANT.get(label, label), start, end))
    return out


def _joined(rows: list[Row]) -> list[Row]:
    """Two equal consonants in a row as one long one, whose closure is one; equal pauses as one."""
    out: list[Row] = []
    for label, start, end in rows:
        if out and out[-1][0].rstrip("ː") == label and (label == PAUSE or features(label).kind == "consonant"):
            out[-1] = (f"{label}ː" if label else label, out[-1][1], end)
        else:
            out.append((label, start, end))
    return out


def to_ipa(segments: list[tuple[str, float]], table: str) -> list[Row]:
    """(name, end_s) of festival's segments as rows of IPA.

    Args:
        segments: in order; what ends before it starts is left out.
        table: one of `TABLES`.

    Raises:
        InvalidInput: a segment that the table does not name.
    """
    rows: list[Row] = []
    at = 0.0
    for name, end in segments:
        if name not in TABLES[table]:
            raise InvalidInput(f"festival names a segment {name!r} in {table}", "add it to engine.training.stage.festival_phones")
        label = TABLES[table][name]
        parts = split_label(label) or (PAUSE,)
        for i, part in enumerate(parts):
            rows.append((part, at + (end - at) * i / len(parts), at + (end - at) * (i + 1) / len(parts)))
        at = max(at, end)
    rows = [row for row in rows if row[2] - row[1] > 1e-4]
    return _joined(_softened(rows) if table == "catalan" else rows)
