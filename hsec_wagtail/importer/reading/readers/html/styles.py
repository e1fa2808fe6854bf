"""Formatting and purpose of an element, by its name and its attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bs4.element import Tag

__all__ = [
    "PLAIN",
    "Inline",
    "hint_of",
    "inline_in",
    "is_bullet",
    "is_hidden",
    "is_spacer",
    "list_level",
]

_NOT_SHOWN = frozenset(
    "script style template head noscript iframe noembed object applet audio video canvas svg math datalist"
    " area map param title".split()
)
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_SIZE = re.compile(
    r"font-size\s*:\s*(?:(\d{1,4}(?:\.\d{1,4})?)\s*(px|pt|em|rem|%)|(x?x-large|large))", re.I
)
_LEVEL = re.compile(r"mso-list\s*:[^;]{0,40}\blevel([1-9])\b", re.I)
#: What a unit of CSS makes of the seven sizes of the font element: the least of 4, 5, 6.
_SIZES = {
    "px": (18, 24, 32),
    "pt": (14, 18, 24),
    "em": (1.2, 1.5, 2),
    "rem": (1.2, 1.5, 2),
    "%": (120, 150, 200),
}
_NAMED_SIZES = {"large": 4, "x-large": 5, "xx-large": 6}

_SPACER = re.compile(
    r"(?:spacer|blank|clear|pixel|trans(?:parent)?|shim|dot_clear|1x1)\b[^/]*\Z", re.I
)
_BULLET = re.compile(r"(?:bullet|bul|puce|dot|ball|square|arrow|fleche|tick|check)[^/]*\Z", re.I)
_SMALL = 24

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HINTS = {
    "breadcrumb": {"breadcrumb", "breadcrumbs", "crumb", "crumbs", "trail", "ariane"},
    "navigation": {"nav", "navbar", "navigation", "menu", "menus", "leftnav", "sidenav", "topnav", "mainnav",
                   "sitenav", "rightnav", "leftmenu", "sidemenu", "topmenu", "mainmenu", "navbox"},
    "footer": {"footer", "foot", "pied", "copyright", "bottom", "ft"},
    "masthead": {"header", "hd", "masthead", "banner", "branding", "fip", "entete"},
    "search form": {"search", "searchbox", "recherche"},
    "column": {"leftcol", "leftcolumn", "rightcolumn", "sidecolumn"},
    "aside": {"aside", "sidebar", "related", "quicklinks", "quick", "rightcol", "liens"},
    "skip link": {"skip", "skiplink", "skipnav"},
}  # fmt: skip
_ELEMENTS = {"nav": "navigation", "footer": "footer", "header": "masthead", "aside": "aside"}
_ROLES = {
    "navigation": "navigation",
    "banner": "masthead",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "search form",
}
_HINTED = frozenset(
    "div table td ul ol dl section aside nav header footer p form center span".split()
)


@dataclass(frozen=True, slots=True)
class Inline:
    """The formatting of running text; ``size`` is that of the font element, 3 by default."""

    bold: bool = False
    italic: bool = False
    shift: str = ""
    size: int = 3
    link: int = 0
    href: str = ""


#: Text without formatting.
PLAIN = Inline()


def is_hidden(tag: Tag) -> bool:
    """Tell whether browsers do not show ``tag``, scripts being on."""
    if tag.name in _NOT_SHOWN or "hidden" in tag.attrs:
        return True
    return bool(_HIDING.search(_style(tag)))


def inline_in(tag: Tag, inline: Inline) -> Inline:
    """Return the formatting of text in ``tag``, which is in text of the formatting ``inline``."""
    match tag.name:
        case "b" | "strong":
            inline = replace(inline, bold=True)
        case "i" | "em" | "cite":
            inline = replace(inline, italic=True)
        case "sub" | "sup":
            inline = replace(inline, shift=tag.name)
        case "font":
            inline = replace(inline, size=_font_size(str(tag.get("size", "")), inline.size))
        case "big":
            inline = replace(inline, size=min(inline.size + 1, 7))
        case "small":
            inline = replace(inline, size=max(inline.size - 1, 1))
    return _styled(_style(tag), inline)


def _style(tag: Tag) -> str:
    return str(tag.get("style", ""))[:2000] if tag.attrs else ""


def _styled(style: str, inline: Inline) -> Inline:
    if not style:
        return inline
    bold = bool(_BOLD.search(style)) or (inline.bold and not _LIGHT.search(style))
    size = inline.size
    if match := _SIZE.search(style):
        if match.group(3):
            size = _NAMED_SIZES[match.group(3).lower()]
        else:
            number, steps = float(match.group(1)), _SIZES[match.group(2).lower()]
            size = 3 + sum(1 for step in steps if number >= step)
    return replace(
        inline, bold=bold, size=size, italic=inline.italic or bool(_ITALIC.search(style))
    )


def _font_size(value: str, size: int) -> int:
    match = re.fullmatch(r"\s*([+-]?)(\d)\s*", value)
    if not match:
        return size
    number = int(match.group(2))
    known = {"+": 3 + number, "-": 3 - number}.get(match.group(1), number)
    return min(max(known, 1), 7)


def list_level(tag: Tag) -> int:
    """Return the level of the list that Word says ``tag`` is an item of, 0 for none."""
    match = _LEVEL.search(_style(tag))
    return int(match.group(1)) if match else 0


def is_spacer(tag: Tag) -> bool:
    """Tell whether the image is a spacer."""
    sizes = [str(tag.get(side, "")).strip() for side in ("width", "height")]
    return "1" in sizes or "0" in sizes or bool(_SPACER.search(str(tag.get("src", ""))[-200:]))


def is_bullet(tag: Tag) -> bool:
    """Tell whether the image looks like the bullet of an item."""
    sizes = [str(tag.get(side, "")).strip() for side in ("width", "height")]
    small = all(not size or (size.isdigit() and int(size) <= _SMALL) for size in sizes)
    return small and bool(
        _BULLET.search(str(tag.get("src", ""))[-200:])
        or str(tag.get("alt", "")).strip() in {"*", "•", "o", "-"}
    )


def hint_of(tag: Tag) -> str:
    """Return the purpose of the element by its name, role, id or class: "navigation", "footer", … or nothing."""
    if tag.name not in _HINTED or not (tag.attrs or tag.name in _ELEMENTS):
        return ""
    named = f"{tag.get('id', '')} {tag.get('class', '')} {tag.get('aria-label', '')}"[:200]
    parts = {part.lower() for part in _PART.findall(named)}
    parts |= {re.sub(r"[-_]", "", name) for name in named.lower().split()}
    if parts & _HINTS["breadcrumb"]:
        return "breadcrumb"
    known = _ROLES.get(str(tag.get("role", "")).lower()) or _ELEMENTS.get(tag.name)
    return known or next((hint for hint, words in _HINTS.items() if parts & words), "")
