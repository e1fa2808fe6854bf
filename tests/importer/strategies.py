"""Generated texts and section documents."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

#: What makes a capture difficult, to be strung together.
PIECES = (
    "United Nations", "UN", "Human Security Network (HSN)", "HSN", " ", "\n", "\n\n", "\r\n", "• ", "- ",
    "1. ", "2) ", "i.", "(a) ", "o\t", "•\n", "1.\n", "# ", "## ", "===", "---", "Actions include:",
    "include: a", "Coming soon", "http://x.example/", "www.x.example", "(http://[", "[A](http://b.example)",
    "June 2000", "signed June 1999", "members are Austria, Chile and Mali", "(observer)", "\u00a0",
    "\u2028", "\x1c", "\x0c", "\x85", "Quick Links", "Date modified: 2004-05-06", "Back to top", "0",
    "A | B | C", " > ", ".", ":", ";", "and", "a" * 120, "b" * 300, "é", "e\u0301", "**", "**Bold**",
    "|", "Home", "x\ufeffy", "l’", "On this page", ")",
)  # fmt: skip

HOSTILE = (
    "<p>", "</p>", "<b>", "</b>", "<a href='javascript:alert(1)'>", '<a href="x>y" onclick="z">',
    "<a href=' data:text/html,x'>", "<a href='//evil.example'>", "</a>", "<script>", "</script>", "<ul>",
    "<li>", "</li>", "</ul>", "<div>", "</div>", "<!--", "-->", "<br>", "<svg onload=x>", "<math>",
    "<style>", "</style>", "<img src=x onerror=y>", "&lt;", "&amp;", "&", "<", "x", "y z",
    "<table><tr><td>", "<template>", "<noscript>", "<title>", "<textarea>", "<p onclick=z style='a'>",
    "<h2>", "</h2>", " ", "\x00", "<iframe src=//e>", "&nbsp;", "<xmp>", "<plaintext>", "<object data=x>",
)  # fmt: skip

captures = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map(
    "".join
)
hostile_html = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=15).map("".join)

_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20
)
_html = st.sampled_from(["<p>a</p>", "b <b>c</b>", "d &amp; e", "<ul><li>f</li></ul>"]) | _text
_edtf = st.sampled_from(["2001", "2004-04", "1999/2000", "1990/..", "2001-12-24"])
_url = st.sampled_from([None, "https://example.org/", "/about", "mailto:a@example.org"])
_found = st.fixed_dictionaries({"edtf": _edtf}, optional={"label": _text, "text": _text})
_links = st.lists(st.fixed_dictionaries({"label": _text, "url": _url}), max_size=3)
_day = st.dates().map(str)
_file = st.fixed_dictionaries(
    {
        "title": _text,
        "filename": st.just("report.pdf"),
        "sha1": st.text("0123456789abcdef", min_size=40, max_size=40),
    }
)

_plain_text = _text.filter(lambda text: "<" not in text)
_said_of_site = st.fixed_dictionaries(
    {"title": _plain_text, "years": st.lists(st.integers(1900, 2100), max_size=2)}
)
_nodes = st.one_of(
    st.fixed_dictionaries({"type": st.just("paragraph"), "html": _html}),
    st.fixed_dictionaries({"type": st.just("heading"), "text": _text, "level": st.integers(2, 4)}),
    st.fixed_dictionaries({
        "type": st.just("list"),
        "ordered": st.booleans(),
        "items": st.lists(st.fixed_dictionaries({"html": _html}), max_size=3),
    }),
    st.fixed_dictionaries({
        "type": st.just("initiatives"),
        "intro": _html,
        "items": st.lists(
            st.fixed_dictionaries({"html": _html, "dates": st.lists(_found, max_size=2)}),
            max_size=3,
        ),
    }),
    st.fixed_dictionaries({
        "type": st.just("members"),
        "display": st.sampled_from(["list", "text"]),
        "items": st.lists(
            st.fixed_dictionaries({"name": _text, "country": st.sampled_from([None, "CA"])}),
            max_size=3,
        ),
    }),
    st.fixed_dictionaries({"type": st.just("link"), "label": _text, "url": _url}),
    st.fixed_dictionaries({"type": st.just("notice"), "html": _html, "starts": st.none() | _day}),
    st.fixed_dictionaries({"type": st.just("funding"), "title": _text, "closes": st.none() | _day}),
    st.fixed_dictionaries({"type": st.just("quote"), "text": _text, "attribution": _text}),
    st.fixed_dictionaries({"type": st.just("table"), "rows": st.lists(st.lists(_html, max_size=2), max_size=2)}),
    st.fixed_dictionaries({"type": st.just("contact"), "name": _text, "phone": _text}),
    st.fixed_dictionaries({"type": st.just("details"), "summary": _text, "html": _html}),
    st.fixed_dictionaries({
        "type": st.just("documents"),
        "heading": _text,
        "items": st.lists(
            st.fixed_dictionaries({"file": st.none() | _file, "title": _text}), max_size=2
        ),
    }),
    st.fixed_dictionaries({
        "type": st.just("image"),
        "file": st.none() | _file,
        "alt": _text,
        "decorative": st.booleans(),
        "caption": _text,
    }),
    st.fixed_dictionaries({"type": st.just("link"), "label": _text, "document": _file}),
    st.fixed_dictionaries({"type": st.just("raw"), "block": st.just("timeline"), "value": _plain_text | _said_of_site}),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Return the data of a section document: a section, pages below it, and pages below these."""
    count = draw(st.integers(1, 6))
    pages = [_page(draw, n) for n in range(count)]
    for n in range(count - 1, 0, -1):
        pages[draw(st.integers(0, n - 1))]["children"].insert(0, pages[n])
    document = {
        "format": "hsec-section/1",
        "language": draw(st.sampled_from(["en", "fr", "pt-BR"])),
    }
    navigation = [{"slug": "site-navigation", "links": draw(_links)}]
    return {
        **document,
        "page": pages[0],
        "navigation": navigation,
        "trail": draw(st.lists(_text, max_size=2)),
    }


def _page(draw: st.DrawFn, n: int) -> dict[str, Any]:
    return {
        "type": draw(st.sampled_from(["section", "forum", "topic", "policy"])),
        "key": f"page-{n}",
        "title": draw(_text),
        "lead": draw(st.just("") | _html),
        "status": draw(st.sampled_from(["announced", "active", "dormant", "ended"])),
        "body": draw(st.lists(_nodes, max_size=4)),
        "quick_links": draw(
            st.lists(st.fixed_dictionaries({"heading": _text, "links": _links}), max_size=2)
        ),
        "children": [],
    }


#: Types of blocks by the first letter of their ids, as the blocks of :func:`sides` have them.
_KINDS = {"p": "paragraph", "q": "quote", "i": "initiatives"}
_said = st.sampled_from(["", "one", "<p>two</p>", "<p>two</p><p>three</p>", "four five"])


@st.composite
def sides(draw: st.DrawFn, own: str) -> dict[str, Any]:
    """Return one side of a merge: fields over few ids and few words, so that sides meet and differ.

    ``own`` marks the ids that no other side has; "" has none.
    """
    ids = [f"{kind}{n}" for kind in _KINDS for n in (1, 2)] + [f"{k}-{own}" for k in _KINDS if own]
    body = [_raw_block(draw, name, own) for name in draw(_some(ids))]
    links = [{"type": "link", "id": n, "value": {"label": draw(_said)}} for n in draw(_some("ab"))]
    return {"title": draw(_said), "lead": draw(_said), "body": body, "links": links}


def _some(ids: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(ids)), unique=True)


def _raw_block(draw: st.DrawFn, name: str, own: str) -> dict[str, Any]:
    # Now and then the type of a block is another.
    kind = _KINDS[name[0]] if draw(st.integers(0, 9)) else "quote"
    value: Any = draw(_said)
    if kind == "quote":
        value = {"text": value, "attribution": draw(_said)}
    elif kind == "initiatives":
        items = [
            {"type": "item", "id": f"{name}/{n}", "value": {"text": draw(_said), "dates": []}}
            for n in draw(_some(["1", "2", *([own] if own else [])]))
        ]
        value = {"intro": value, "initiatives": items}
    return {"type": kind, "id": name, "value": value}


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | _said | st.text(max_size=3),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=2), parts, max_size=3),
    max_leaves=6,
)  # fmt: skip
_wild_blocks = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["paragraph", "quote"]) | _json, "value": _said | _json},
        optional={"id": st.sampled_from(["p1", "p2", "o1"]) | _json},
    ),
    max_size=5,
)
#: Fields of any shape: copied and missing ids, text where blocks are wanted, blocks in blocks.
wild_fields = st.dictionaries(
    st.sampled_from(["title", "body", "links"]),
    _json | _wild_blocks | st.fixed_dictionaries({"items": _wild_blocks}),
)
