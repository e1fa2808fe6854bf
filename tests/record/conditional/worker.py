"""A process of a site that does what it is told on its standard input, a command a line, and says what came of it.

``make`` makes a section; ``get`` and ``anew`` say what its page is, kept or made anew; ``edit TEXT`` publishes
another lead of its forum.
"""

import sys
from hashlib import sha256
from typing import Any

import django

django.setup()

from django.test import Client, override_settings  # noqa: E402

from wagtail.models import Page  # noqa: E402

from hsec_wagtail.models import ForumPage, SectionPage  # noqa: E402
from tests import factories  # noqa: E402


def make() -> str:
    section = factories.section_page(Page.objects.get(depth=2))
    factories.forum_page(section, lead="<p>First.</p>")
    return "made"


def get() -> str:
    response = Client().get(SectionPage.objects.get().url)
    return f"{response.status_code} {sha256(response.content).hexdigest()}"


def anew() -> str:
    with override_settings(HSEC_CACHE=None):
        return get()


def edit(text: str) -> str:
    forum = ForumPage.objects.get()
    forum.lead = f"<p>{text}</p>"
    forum.save_revision().publish()
    return "published"


COMMANDS: dict[str, Any] = {"make": make, "get": get, "anew": anew, "edit": edit}

for line in sys.stdin:
    name, *arguments = line.split()
    print(COMMANDS[name](*arguments), flush=True)  # noqa: T201 - that is how it answers
