"""Text as people paste it: markup, emoji and stage directions come out, with a notice of each kind."""

from __future__ import annotations

import html
import re
import unicodedata

# SSML and HTML tags, comments and CDATA; a bare "<" in "a < b" stays.
_TAG = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<[/?!]?[A-Za-z][^<>]*>", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]+)\)")
_EMPHASIS = re.compile(r"(?<!\w)([*_`~]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s+|[-*+]\s+(?=\S))", re.MULTILINE)
_SHORTCODE = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]*_[a-z0-9_+-]*:(?!\w)|(?<!\w):(?:smile|grin|heart|joy|cry|wink|fire|wave|clap|thumbsup):")
_EMOTICON = re.compile(r"(?<![\w:;])(?:[:;=8][-^o']?[)(DPpOo|/\\\]\[]|<3|\^_\^|[xX]D)(?!\w)")
_BLANK = re.compile(r"\s+")


def _is_picture(character: str) -> bool:
    """An emoji, a dingbat, a variation selector, a joiner, a skin tone, a flag letter or a private-use character."""
    code = ord(character)
    return (
        0x1F000 <= code <= 0x1FAFF
        or 0x2600 <= code <= 0x27BF
        or 0x2B00 <= code <= 0x2BFF
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE007F
        or code in (0x200D, 0x20E3, 0x2122, 0x00A9, 0x00AE)
        or unicodedata.category(character) in ("Co", "Cs", "Cn")
    )


def plain_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of a text without markup, emoji and control characters.

    Args:
        text: as pasted: plain, SSML, HTML or Markdown.

    Returns:
        the text on one line, and one notice for each kind of thing that was left out.
    """
    notices = []
    bare = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _HEADING.sub("", _TAG.sub(" ", text))))
    if bare != text:
        notices.append("markup in the text was left out")
    bare = html.unescape(bare)
    pictured = "".join(" " if _is_picture(c) else c for c in _EMOTICON.sub(" ", _SHORTCODE.sub(" ", bare)))
    if pictured != bare:
        notices.append("emoji in the text were left out")
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in unicodedata.normalize("NFC", pictured))
    return _BLANK.sub(" ", clean).strip(), tuple(notices)
