"""`vivavoce avatar`: the people there are, what they are made of, making others, taking them into the user's library."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.arguments import whole_of
from engine.console import tell_result, warn
from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.core.output import check_apart

_HEX = re.compile(r"^#?([0-9a-fA-F]{6})$")
_MAX_SEED = 2**63 - 1
_DRAWN = "draw"


def add(commands: Any, reporting: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the command and its verbs to the parser's commands."""
    avatar = commands.add_parser("avatar", help="list, show, make and import people")
    verbs = avatar.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=type(avatar))
    listing = verbs.add_parser("list", help="who there is: those that come with Viva Voce, and your own")
    listing.add_argument("--json", action="store_true", help="say it as JSON")
    show = verbs.add_parser("show", help="what somebody is made of; without a name, what there is to set")
    show.add_argument("name", nargs="?", metavar="NAME|FILE")
    show.add_argument("--all", action="store_true", help="the values that are as Ada's too")
    show.add_argument("--json", action="store_true", help="say it as JSON")
    make = verbs.add_parser("make", help="make somebody")
    make.add_argument("values", nargs="*", metavar="WHAT=VALUE", help="such as nose-hump=0.4 sex=1 years=40 skin.tone=0.7 hair.style=short hair.colour=#402010")
    make.add_argument("--like", metavar="NAME|FILE", help="begin with somebody (ada)")
    make.add_argument("--random", action="store_true", help="begin with somebody by chance")
    make.add_argument("--vary", metavar="0-1", help="change who was begun with, so strongly")
    make.add_argument("--seed", default="0", metavar="N", help="for --random and --vary (0)")
    make.add_argument("--name", help="what they are called")
    make.add_argument("--notes", default="", help="kept in the file, such as a licence")
    make.add_argument("--thumbnail", nargs="?", const=_DRAWN, metavar="PICTURE.png", help="put this picture in the file; without a name one is drawn")
    make.add_argument("-o", "--output", required=True, metavar="OUT.viva-avatar")
    reporting(make)
    bring = verbs.add_parser("import", help="take an avatar file into your own people")
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--name", help="under another name")
    reporting(bring)


def run(args: argparse.Namespace, job: Job) -> int:
    """Run one verb; its exit status.

    Raises:
        EngineError: what is wrong, and the remedy.
    """
    work = {"list": _list, "show": _show, "make": _make, "import": _import}[args.verb]
    result, lines = work(args, job)
    tell_result(result, lines, args.json)
    return 0


# Telling.


def _list(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    from engine.avatars import people
    from engine.core.errors import EngineError

    found: list[dict[str, Any]] = []
    for name in people.BUILT_IN:
        found.append({"name": name, "file": None, **_about(people.named(name))})
    for file in people.own():
        try:
            found.append({"name": file.stem, "file": str(file), **_about(people.find(str(file)).person)})
        except EngineError as error:
            warn(f"note: {error}")
    width = max(len(row["name"]) for row in found)
    return found, [f"{row['name']:<{width}}  {row['called']}, {row['about']}{'' if row['file'] is None else ', your own'}" for row in found]


def _about(person: Any) -> dict[str, Any]:
    from engine.avatars.axes import ANCESTRIES, ancestry_of, years_of

    shares = {name: round(share, 3) for name, share in zip(ANCESTRIES, ancestry_of(person), strict=True)}
    sex = person.shape.get("sex", 0.0)
    word = "woman" if sex < 0.35 else "man" if sex > 0.65 else "person"
    return {"called": person.name, "about": f"{word} of {years_of(person):.0f}", "years": round(years_of(person), 1), "sex": sex, "ancestry": shares}


def _show(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    if args.name is None:
        return _show_all()
    from engine.avatars import people
    from engine.avatars.sections import addresses, usual_of, value_of
    from engine.project import codec

    found = people.find(args.name)
    person = found.person
    lines = [f"{person.name}, {_about(person)['about']}"]
    for section, values in addresses().items():
        rows = [(a, value_of(person, a)) for a in values if args.all or value_of(person, a) != usual_of(a)]
        lines += [section, *(f"  {_said(a):<28} {_value_said(value)}" for a, value in rows)] if rows else []
    more = {"thumbnail": found.thumbnail is not None, "notes": found.notes, "made_by": found.made_by, "own_shape": found.offsets is not None}
    return {"person": codec.encode(person), **_about(person), **more}, lines + ([f"Notes: {found.notes}"] if found.notes else [])


def _show_all() -> tuple[Any, list[str]]:
    """Everything that can be set."""
    from engine.avatars.axes import by_name
    from engine.avatars.sections import COLOURS, STYLES, addresses, limits_of, usual_of

    out, lines = [], []
    for section, values in addresses().items():
        lines.append(section)
        for address in values:
            axis = by_name().get(address.partition("/")[2]) if address.startswith("shape/") else None
            title = "" if axis is None else f"{axis.title} ({axis.side})" if axis.side else axis.title
            row: dict[str, Any] = {"name": _said(address), "section": section, "title": title, "usual": usual_of(address)}
            if address in STYLES:
                row["one_of"] = STYLES[address]
                span = " ".join(STYLES[address])
            elif address in COLOURS:
                span = "a colour such as #402010"
            else:
                row["low"], row["high"] = limits_of(address)
                span = f"{row['low']:g} to {row['high']:g}"
            out.append(row)
            lines.append(f"  {row['name']:<28} {span:<16} {title}".rstrip())
    return out, lines


def _said(address: str) -> str:
    """An address as it is typed."""
    return address.removeprefix("shape/").replace("/", ".")


def _value_said(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "#" + "".join(f"{round(255 * part):02x}" for part in value)
    return f"{value:g}" if isinstance(value, float) else "as the hair" if value is None else str(value)


# Making.


def _make(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    from engine.avatars import people
    from engine.avatars.chance import random_person
    from engine.avatars.file import SUFFIX, write
    from engine.avatars.varying import vary

    out = Path(args.output)
    if out.suffix.lower() != SUFFIX:
        raise InvalidInput(f"cannot write {args.output!r} as an avatar", f"let its name end in {SUFFIX}")
    sources = [Path(n) for n in (args.like, args.thumbnail) if n and n != _DRAWN]
    check_apart([out], sources)
    seed = whole_of("--seed", args.seed, 0, _MAX_SEED)
    if args.random and args.like:
        raise InvalidInput("--like and --random both say whom to begin with", "give one of them; --like NAME --vary 0.5 makes somebody alike")
    offsets = None
    if args.random:
        person = random_person(seed)
    else:
        found = people.find(args.like or people.ADA)
        person, offsets = found.person, found.offsets
    if args.vary is not None:
        person = vary(person, seed, _number("--vary", args.vary, 0.0, 1.0))
    person = with_values(person, args.values)
    if args.name:
        person = replace(person, name=args.name)
    picture = None if args.thumbnail is None else _drawn(person, job) if args.thumbnail == _DRAWN else _picture(Path(args.thumbnail))
    write(out, person, picture, args.notes, offsets)
    return {"written": [str(out)], "name": person.name}, [f"wrote {out}: {person.name}, {_about(person)['about']}"]


def with_values(person: Any, pairs: Sequence[str]) -> Any:
    """The person with values set from `WHAT=VALUE` pairs.

    Raises:
        InvalidInput: malformed, not known, or not a value it can have.
    """
    from engine.avatars.axes import OLD, YOUNG, age_of
    from engine.avatars.sections import with_value

    for pair in pairs:
        what, equals, text = pair.partition("=")
        what = what.strip()
        if not equals or not what:
            raise InvalidInput(f"{pair!r} is not WHAT=VALUE", "for example nose-hump=0.4; `vivavoce avatar show` lists what there is")
        if what == "years":
            person = person.with_axis("age", age_of(_number(what, text, YOUNG, OLD)))
            continue
        address = what.replace(".", "/") if "." in what else f"shape/{what}"
        person = with_value(person, address, _meant(address, text.strip()))
    return person


def _meant(address: str, text: str) -> Any:
    from engine.avatars.sections import COLOURS, HAIRS_OWN, STYLES, limits_of, section_of

    section_of(address)
    if address in STYLES:
        return text
    if address in COLOURS:
        if text in ("hair", "none") and address in HAIRS_OWN:
            return None
        found = _HEX.match(text)
        if found is None:
            raise InvalidInput(f"{_said(address)}={text} is no colour", "give it as #rrggbb, such as #402010")
        return tuple(round(int(found[1][i : i + 2], 16) / 255, 4) for i in (0, 2, 4))
    return _number(_said(address), text, *limits_of(address))


def _number(what: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise InvalidInput(f"{what} {text!r} is not a number from {low:g} to {high:g}", f"give one such as {(low + high) / 2 + (high - low) / 4:g}")
    return value


def _drawn(person: Any, job: Job) -> bytes:
    from engine.avatars.portrait import portraits
    from engine.export.png import encode_png

    job.report(0.2, 1.0, "drawing the picture")
    (pixels,) = portraits([person], job=job)
    return encode_png(pixels)


def _picture(path: Path) -> bytes:
    from engine.avatars.file import MAX_BYTES, THUMBNAIL, check_thumbnail

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES[THUMBNAIL] + 1)
    except OSError as error:
        raise InvalidInput(f"the picture {path} cannot be read ({error.strerror})", "check its name") from error
    check_thumbnail(data, str(path))
    return data


def _import(args: argparse.Namespace, job: Job) -> tuple[Any, list[str]]:
    from engine.avatars import people
    from engine.avatars.file import read

    avatar = read(Path(args.file))
    if args.name:
        avatar = replace(avatar, person=replace(avatar.person, name=args.name))
    kept = people.keep(avatar)
    return {"written": [str(kept)], "name": kept.stem}, [f"{avatar.person.name} is now among your own people as {kept.stem!r} ({kept})"]
