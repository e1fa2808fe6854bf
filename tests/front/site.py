"""A small section of every kind of page and block, in English and French, for the tests of the public pages."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from wagtail.models import Locale

from hsec_wagtail.models import ForumPage, PolicyPage, QuickLinksSnippet, SectionPage, TopicPage

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class FrontSite:
    """Pages by kind and language; ``forum`` and ``announced`` are below ``section``."""

    pages: dict[str, "Page"]

    @property
    def addresses(self) -> dict[str, str]:
        """Path of each page, and of searches, by name."""
        paths = {name: page.get_url() for name, page in self.pages.items()}
        section = paths["section"]
        return {
            **paths,
            "changes": self.pages["section"].view_url("changes"),
            "cite": self.pages["section"].view_url("cite"),
            "data": self.pages["section"].view_url("data"),
            "initiatives": f"{section}initiatives/",
            "initiatives-filtered": f"{section}initiatives/?from=1990&text=e",
            "timeline": self.pages["section"].view_url("timeline"),
            "timeline-filtered": f"{self.pages['section'].view_url('timeline')}?from=2000",
            "members": f"{self.pages['section'].view_url('members')}?as-of=1999",
            "country": f"{self.pages['section'].view_url('members')}ca/",
            "search": f"{section}?q=council",
            "search-none": f"{section}?q=zzz",
            "search-empty": f"{section}?q=",
        }


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def items(*values: Any) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def every_block(topic_id: int) -> list[dict[str, Any]]:
    return [
        block(
            "paragraph",
            "<p>Prose with <b>weight</b> and a <a href='https://example.org/far'>link</a>.</p><ul><li>One</li></ul>",
        ),
        block("heading", {"text": "What was done", "anchor": "done", "level": "2"}),
        block("heading", {"text": "In detail", "anchor": "detail", "level": "3"}),
        block("initiatives", initiatives(topic_id, grouping="none")),
        block("initiatives", initiatives(topic_id, grouping="year")),
        block("members", members("list")),
        block("members", members("text")),
        block(
            "link",
            {
                "label": "The Council’s own site",
                "page": None,
                "url": "https://example.org/council",
                "document": None,
            },
        ),
        block("link", {"label": "A page not known yet", "page": None, "url": "", "document": None}),
        *[
            block(
                "notice",
                {"kind": kind, "text": f"<p>A notice: {kind}.</p>", "starts": None, "ends": None},
            )
            for kind in ("announced", "information", "warning", "historical", "correction")
        ],
        block(
            "funding",
            {
                "title": "Grants for lighthouses",
                "description": "<p>For keepers.</p>",
                "opens": "2001-01-01",
                "closes": "2001-06-30",
                "eligibility": "<p>Any keeper.</p>",
                "how_to_apply": "<p>Write to us.</p>",
                "url": "https://example.org/apply",
            },
        ),
        block("quote", {"text": "The sea is one.", "attribution": "A keeper"}),
        block(
            "table",
            {
                "caption": "Ships by year",
                "header": "both",
                "rows": items(
                    items("Year", "Ships", "Harbours visited"),
                    items("2001", "12", "Avalonia, Norvania, Ostrea"),
                ),
            },
        ),
        block(
            "contact",
            {
                "name": "Office of the Sea",
                "address": "1 Quay Street\nAvalonia",
                "email": "sea@example.org",
                "phone": "+1 555 0100",
                "url": "",
            },
        ),
        block("details", {"summary": "How it is counted", "text": "<p>By hand.</p>"}),
    ]


def initiatives(topic_id: int, *, grouping: str) -> dict[str, Any]:
    return {
        "intro": "<p>Actions include:</p>",
        "grouping": grouping,
        "initiatives": items(
            {
                "text": "<p>signed the convention on nets</p>",
                "dates": items(
                    {"edtf": "1999-06", "label": "signed", "text": "June 1999"},
                    {"edtf": "2000", "label": "ratified", "text": ""},
                ),
                "topics": items(topic_id),
            },
            {"text": "<p>lends ships</p>", "dates": [], "topics": []},
        ),
    }


def members(display: str) -> dict[str, Any]:
    return {
        "intro": "<p>Members:</p>",
        "display": display,
        "members": items(
            {"name": "Canada", "country": "CA", "role": "member", "since": "1999", "until": ""},
            {"name": "Norway", "country": "NO", "role": "observer", "since": "", "until": ""},
        ),
    }


def add(parent: "Page", page: Any) -> Any:
    parent.add_child(instance=page)
    return page


def build(home: "Page", *, language: str = "en", title: str = "Policy of the sea") -> FrontSite:
    """Return a section below ``home``, published."""
    locale = Locale.objects.get(language_code=language)
    common = {
        "locale": locale,
        "lead": "<p>The <b>Council</b> & its friends.</p>",
        "search_description": "Council, in short.",
    }
    section = add(
        home,
        SectionPage(
            title=title,
            changed=date(2004, 4, 30),
            change_note="Added the Council.",
            body=[
                block(
                    "notice",
                    {
                        "kind": "historical",
                        "text": "<p>For the record.</p>",
                        "starts": None,
                        "ends": None,
                    },
                )
            ],
            **common,
        ),
    )
    topic = add(section, TopicPage(title="Derelict nets", **common))
    pages: dict[str, Page] = {"section": section, "topic": topic}
    pages["forum"] = add(
        section,
        ForumPage(
            title="Council of Seas",
            short_name="CS",
            anchor="council",
            body=every_block(topic.pk),
            **common,
        ),
    )
    pages["announced"] = add(
        section,
        ForumPage(
            title="Regional Centre",
            anchor="centre",
            status="announced",
            expected="2005",
            locale=locale,
        ),
    )
    pages["ended"] = add(
        section, ForumPage(title="League of Lamps", anchor="lamps", status="ended", **common)
    )
    pages["dormant"] = add(
        section, ForumPage(title="Buoy Group", anchor="buoys", status="dormant", **common)
    )
    pages["policy"] = add(
        section, PolicyPage(title="Publications", body=every_block(topic.pk), **common)
    )
    pages["empty-topic"] = add(section, TopicPage(title="Lighthouses", locale=locale))
    pages["cards"] = add(home, SectionPage(title="In cards", layout="cards", **common))
    for number in range(3):
        add(pages["cards"], ForumPage(title=f"Forum {number}", **common))
    add_quick_links(section, locale=locale, topic=topic)
    return FrontSite(pages)


def add_quick_links(section: Any, *, locale: Locale, topic: Any) -> None:
    for heading, links in {
        "Current agenda": [
            {"label": "Nets", "page": topic.pk, "url": ""},
            {"label": "Not there yet", "page": None, "url": ""},
        ],
        "Elsewhere": [{"label": "The Council", "page": None, "url": "https://example.org/"}],
    }.items():
        snippet = QuickLinksSnippet(
            heading=heading,
            page=section,
            locale=locale,
            links=[block("link", link) for link in links],
        )
        snippet.save()
        snippet.save_revision().publish()
