"""Questions to the packaged content with the answers that a reader expects, as judged.yaml has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from django.core.management import call_command

from hsec_wagtail.models import SearchRow
from hsec_wagtail.page_models import page_models
from hsec_wagtail.record.search.question import Question
from hsec_wagtail.record.sections import sections_below

JUDGED = yaml.safe_load(Path(__file__).with_name("judged.yaml").read_text("utf-8"))


@pytest.fixture
def content(home, french):
    call_command("hsec_import", "human-security", verbosity=0)


def answer(section: Any, text: str, language: str) -> list[SearchRow]:
    question = Question.parse(text, language=language)
    found = [one["row"] for one in question.ranked(sections_below(section))]
    rows = SearchRow.objects.in_bulk(found)
    return [rows[pk] for pk in found]


def is_named(row: SearchRow, name: str) -> bool:
    return row.title == name if row.position is None else name in row.text


def faults(rows: list[SearchRow], judged: dict[str, Any]) -> list[str]:
    """Return what of ``judged`` is not so."""
    first = judged.get("first", ())
    wrong = [
        f"{name!r} is not at {place + 1}"
        for place, name in enumerate(first)
        if place >= len(rows) or not is_named(rows[place], name)
    ]
    for name in judged.get("has", ()):
        wrong += [] if any(is_named(row, name) for row in rows) else [f"{name!r} is not found"]
    for name in judged.get("not", ()):
        wrong += [f"{name!r} is found"] if any(is_named(row, name) for row in rows) else []
    if judged.get("count", len(rows)) != len(rows):
        wrong.append(f"{len(rows)} are found: {[str(row)[:40] for row in rows]}")
    return wrong


def test_questions_are_answered_as_judged(content):
    sections = page_models()["section"].objects.select_related("locale")

    wrong = {
        (section.locale.language_code, judged["ask"]): found
        for section in sections
        for judged in JUDGED[section.locale.language_code]
        if (found := faults(answer(section, judged["ask"], section.locale.language_code), judged))
    }

    assert len(sections) == 2
    assert wrong == {}
