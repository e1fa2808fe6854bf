"""Random histories of a site: its source changes, editors work, imports and undos come in any order.

A history is made from a number and is the same each time; :mod:`tests.importer.test_histories` says what
must hold after each step.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wagtail.models import Page, Revision

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.models import ImportRun, PolicyPage, QuickLinksSnippet
from tests import factories
from tests.importer import samples

#: The words of editors, each written once.
WORDS = re.compile(r"\bedit\d+\b")


class Source:
    """A section document that changes."""

    def __init__(self, rng: random.Random, folder: Path) -> None:
        self.document = samples.section()
        self._rng = rng
        self._folder = folder
        self._made = 0

    def write(self) -> Path:
        """Write the document and return its path."""
        return samples.write(self._folder, self.document)

    def change(self) -> str:
        """Change the document in one way, and say in which."""
        changes: list[Callable[[], str]] = [
            self._retitle, self._say_otherwise, self._say_otherwise, self._add_block, self._drop_block,
            self._move_block, self._add_page, self._add_page, self._drop_page, self._move_page,
            self._change_links, self._add_address,
        ]  # fmt: skip
        return self._rng.choice(changes)()

    def _word(self) -> str:
        self._made += 1
        return f"source{self._made}"

    def _pages(self) -> list[dict[str, Any]]:
        pages = [self.document["page"]]
        for page in pages:
            pages += page.get("children", [])
        return pages

    def _page(self) -> dict[str, Any]:
        return self._rng.choice(self._pages())

    def _retitle(self) -> str:
        page = self._page()
        page["title"] = f"Title {self._word()}"
        return f"title of {page['key']}"

    def _say_otherwise(self) -> str:
        page = self._page()
        texts = [node for node in page.get("body", []) if "html" in node]
        texts += [one for node in page.get("body", []) for one in node.get("items", [])]
        text = self._rng.choice([*texts, None])
        if text is None:
            page["lead"] = f"<p>A lead with {self._word()}.</p>"
            return f"lead of {page['key']}"
        text["html"] = f"<p>The council meets {self._word()} each spring.</p>"
        return f"text of {page['key']}"

    def _add_block(self) -> str:
        page = self._page()
        body = page.setdefault("body", [])
        node: dict[str, Any] = {"type": "paragraph", "html": f"<p>New: {self._word()} it is.</p>"}
        if self._rng.random() < 0.3:
            target = self._page()["key"]
            node = {"type": "link", "label": f"See {self._word()}", "page": target}
        elif self._rng.random() < 0.3:
            item = {
                "html": f"Held {self._word()} in 2001",
                "dates": [{"edtf": "2001", "text": "2001"}],
            }
            node = {"type": "initiatives", "intro": "", "items": [item]}
        body.insert(self._rng.randint(0, len(body)), node)
        return f"block of {page['key']}"

    def _drop_block(self) -> str:
        page = self._page()
        if body := page.get("body"):
            body.pop(self._rng.randrange(len(body)))
        return f"no block of {page['key']}"

    def _move_block(self) -> str:
        page = self._page()
        self._rng.shuffle(page.get("body", []))
        return f"order of {page['key']}"

    def _add_page(self) -> str:
        above = self._page()
        kind = {"section": self._rng.choice(["forum", "topic", "policy"])}.get(
            above["type"], "policy"
        )
        word = self._word()
        page = {"type": kind, "key": word, "title": f"Page {word}", "body": []}
        children = above.setdefault("children", [])
        children.insert(self._rng.randint(0, len(children)), page)
        return f"page {word} below {above['key']}"

    def _drop_page(self) -> str:
        above = self._page()
        if not above.get("children"):
            return "nothing"
        gone = above["children"].pop(self._rng.randrange(len(above["children"])))
        self._forget({gone["key"], *self._keys_below(gone)})
        return f"no page {gone['key']}"

    def _keys_below(self, page: dict[str, Any]) -> Iterator[str]:
        for child in page.get("children", []):
            yield child["key"]
            yield from self._keys_below(child)

    def _forget(self, keys: set[str]) -> None:
        """Drop what leads to pages that are no more: a document may not."""
        for page in self._pages():
            body = page.get("body", [])
            body[:] = [node for node in body if node.get("page") not in keys]
            for node in body:
                for item in node.get("items", []):
                    item["topics"] = [key for key in item.get("topics", []) if key not in keys]
            for group in page.get("quick_links", []):
                group["links"] = [one for one in group["links"] if one.get("page") not in keys]

    def _move_page(self) -> str:
        above = self._page()
        self._rng.shuffle(above.get("children", []))
        return f"order below {above['key']}"

    def _change_links(self) -> str:
        links = self.document["page"].setdefault("quick_links", [])
        if not links:
            return "nothing"
        group = self._rng.choice(links)
        group["links"].append({"label": f"More {self._word()}", "url": "https://example.org/"})
        return "quick links"

    def _add_address(self) -> str:
        page = self._page()
        page.setdefault("addresses", []).append(f"http://old.example/{self._word()}.asp")
        return f"address of {page['key']}"


class Editors:
    """What people do in the admin."""

    def __init__(self, rng: random.Random, home: Page) -> None:
        self._rng = rng
        self._home = home
        self._written = 0

    def work(self) -> str:
        """Do one thing, and say which."""
        work: list[Callable[[Any], str]] = [
            self._write, self._write, self._add_block, self._add_block, self._drop_block, self._move_block,
            self._add_page, self._add_page, self._move_page, self._unpublish, self._publish,
            self._delete, self._lock, self._edit_links,
        ]  # fmt: skip
        pages = Page.objects.descendant_of(self._home).order_by("path")
        if not pages:
            return "nothing to edit"
        return self._rng.choice(work)(self._rng.choice(pages).specific)

    def _word(self) -> str:
        self._written += 1
        return f"edit{self._written}"

    def _save(self, draft: Any, what: str) -> str:
        revision = draft.save_revision()
        if self._rng.random() < 0.7:
            revision.publish()
            return f"{what} of {draft.pk}"
        return f"{what} of {draft.pk}, as a draft"

    def _write(self, page: Any) -> str:
        draft = page.get_latest_revision_as_object()
        word = self._word()
        texts = [block for block in draft.body.raw_data if block["type"] == "paragraph"]
        place = self._rng.choice(["title", "lead", *(["text"] if texts else [])])
        if place == "text":
            self._rng.choice(texts)["value"] = f"<p>The council meets {word} each spring.</p>"
            draft.body = json.dumps(list(draft.body.raw_data))
        else:
            setattr(draft, place, f"By hand {word}" if place == "title" else f"<p>By {word}.</p>")
        return self._save(draft, f"{word}: {place}")

    def _add_block(self, page: Any) -> str:
        draft = page.get_latest_revision_as_object()
        word = self._word()
        block = factories.paragraph(f"<p>An editor wrote {word}.</p>")
        if self._rng.random() < 0.3:
            target = self._rng.choice(Page.objects.descendant_of(self._home))
            html = f'<p>{word} <a linktype="page" id="{target.pk}">there</a></p>'
            block = factories.paragraph(html)
        body = list(draft.body.raw_data)
        body.insert(self._rng.randint(0, len(body)), block)
        draft.body = json.dumps(body)
        return self._save(draft, f"{word}: block")

    def _drop_block(self, page: Any) -> str:
        draft = page.get_latest_revision_as_object()
        body = list(draft.body.raw_data)
        if body:
            body.pop(self._rng.randrange(len(body)))
        draft.body = json.dumps(body)
        return self._save(draft, "no block")

    def _move_block(self, page: Any) -> str:
        draft = page.get_latest_revision_as_object()
        body = list(draft.body.raw_data)
        self._rng.shuffle(body)
        draft.body = json.dumps(body)
        return self._save(draft, "order")

    def _add_page(self, page: Any) -> str:
        word = self._word()
        page.add_child(instance=PolicyPage(title=f"New {word}", slug=word))
        return f"{word}: page below {page.pk}"

    def _move_page(self, page: Any) -> str:
        targets = Page.objects.descendant_of(self._home, inclusive=True).not_descendant_of(
            page, inclusive=True
        )
        target = self._rng.choice(targets)
        if not target.get_children().filter(slug=page.slug).exclude(pk=page.pk).exists():
            page.move(target, pos=self._rng.choice(["first-child", "last-child"]))
        return f"move {page.pk} below {target.pk}"

    def _unpublish(self, page: Any) -> str:
        page.unpublish()
        return f"unpublish {page.pk}"

    def _publish(self, page: Any) -> str:
        if page.latest_revision:
            page.latest_revision.publish()
        return f"publish {page.pk}"

    def _delete(self, page: Any) -> str:
        page.delete()
        return f"delete {page.pk}"

    def _lock(self, page: Any) -> str:
        page.locked = not page.locked
        page.save(update_fields=["locked"])
        return f"lock {page.pk}: {page.locked}"

    def _edit_links(self, _page: Any) -> str:
        groups = QuickLinksSnippet.objects.order_by("pk")
        if not groups:
            return "nothing"
        group = self._rng.choice(groups)
        draft = group.get_latest_revision_as_object()
        word = self._word()
        draft.heading = f"Links {word}"
        return self._save(draft, f"{word}: quick links")


class History:
    """One history: steps that are chosen at random, and what each reported."""

    def __init__(self, number: int, home: Page, folder: Path, user: Any) -> None:
        self._rng = random.Random(number)  # noqa: S311 - nothing is secret here
        self._user = user
        self.source = Source(self._rng, folder)
        self.editors = Editors(self._rng, home)
        #: What was done so far, a line each.
        self.log: list[str] = []

    def step(self) -> tuple[str, str]:
        """Do one thing; return what kind of thing it was, and its report."""
        kind = self._rng.choices(["import", "edit", "undo"], [3, 4, 2])[0]
        if not ImportRun.objects.exists():
            kind = "import"
        report = {"import": self._import, "edit": self._edit, "undo": self._undo}[kind]()
        return kind, report

    def _import(self) -> str:
        changes = [self.source.change() for _ in range(self._rng.randint(0, 3))]
        choice = self._rng.choices(["keep", "theirs", "draft"], [3, 1, 1])[0]
        options = ImportOptions(
            on_conflict=choice,
            draft=self._rng.random() < 0.15,
            user=self._rng.choice([None, self._user]),
        )
        self.log.append(f"import ({choice}, draft={options.draft}): {'; '.join(changes)}")
        report = service.run(self.source.write(), options=options)
        self.log[-1] += f" -> run {report.run}: {report.counts}"
        again = service.preview(self.source.write(), options=options)
        written = [item for item in again.items if item.action in {"create", "update", "merge"}]
        assert written == [], self.log
        return json.dumps(report.as_json())

    def _edit(self) -> str:
        self.log.append(self.editors.work())
        return ""

    def _undo(self) -> str:
        runs = ImportRun.objects.filter(status__in=["done", "partly_undone"]).order_by("pk")
        if not runs:
            self.log.append("nothing to undo")
            return ""
        run = self._rng.choice(list(runs)[-3:])
        self.log.append(f"undo {run.pk}")
        outcomes = service.undo(run)
        self.log[-1] += f" -> {[(one.outcome, one.title) for one in outcomes]}"
        return ""


def words_on_site() -> tuple[set[str], set[str]]:
    """Return the words of editors that are live, and those in the newest drafts."""
    objects = [*Page.objects.specific(), *QuickLinksSnippet.objects.all()]
    live = [_content(one.serializable_data()) for one in objects if one.live]
    newest = Revision.objects.in_bulk([one.latest_revision_id for one in objects])
    drafts = [
        _content(
            newest[one.latest_revision_id].content
            if one.latest_revision_id
            else one.serializable_data()
        )
        for one in objects
    ]
    return set(WORDS.findall("\n".join(live))), set(WORDS.findall("\n".join(drafts)))


def _content(data: dict[str, Any]) -> str:
    """Return ``data`` as text without comments, which quote what is not on the page."""
    kept = {name: value for name, value in data.items() if name != "wagtail_admin_comments"}
    return json.dumps(kept, default=str)
