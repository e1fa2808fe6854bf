"""A private forum among public ones: whatever the site shows to everybody says nothing of it."""

import io
import json
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import ForumPage, QuickLinksSnippet, TopicPage
from hsec_wagtail.models.section_views import VIEWS
from tests.front.site import add, block, every_block, items

pytestmark = pytest.mark.slow

#: In every text of what is private or a draft, and nowhere else.
SECRET = "zyxwarden"
HOST = "http://testserver"
#: More addresses than the site has; fewer than a crawler falls into where each filter is a link.
MOST_ANSWERS = 600


@pytest.fixture
def crawled(settings, front_site):
    settings.ROOT_URLCONF = "tests.front.crawled_urls"
    section, public = front_site.pages["section"], front_site.pages["forum"]
    # Whoever links to a page says its address, and means to.
    fields = {"slug": "lodge", "anchor": f"a{SECRET}", "short_name": SECRET}
    lodge = add(section, ForumPage(title=f"Lodge {SECRET}", **fields))
    topic = add(section, TopicPage(title=f"Topic {SECRET}", slug=f"topic-{SECRET}"))
    for page in (lodge, topic):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    lodge.lead = f"<p>{SECRET}</p>"
    lodge.body = [*every_block(topic.pk), *secret_blocks(topic.pk)]
    lodge.save_revision().publish()
    public.body = [
        *public.body.raw_data,
        block("paragraph", f'<p><a linktype="page" id="{lodge.pk}">the lodge</a></p>'),
        block("initiatives", actions("met at the quay", topic.pk)),
    ]
    public.save_revision().publish()
    public.lead = f"<p>{SECRET} of a draft</p>"
    public.save_revision()
    add(section, ForumPage(title=f"Draft {SECRET}", live=False))
    group = QuickLinksSnippet(
        heading="Below", page=section, links=[block("link", {"page": topic.pk})]
    )
    group.save()
    group.save_revision().publish()
    return front_site


def secret_blocks(topic_id):
    member = {"name": SECRET, "country": "", "role": "member", "since": "1999", "until": ""}
    return [
        block("paragraph", f"<p>{SECRET} in prose</p>"),
        block("initiatives", actions(f"{SECRET} signed", topic_id)),
        block("members", {"intro": "", "display": "list", "members": items(member)}),
    ]


def actions(text, topic_id):
    action = {
        "text": f"<p>{text}</p>",
        "dates": items({"edtf": "2001-05", "label": "", "text": ""}),
        "topics": items(topic_id),
    }
    return {"intro": "", "grouping": "none", "initiatives": items(action)}


def addresses_in(response, text):
    kind = response.get("Content-Type", "")
    if "html" in kind:
        soup = BeautifulSoup(text, "html.parser")
        yield from (tag["href"] for tag in soup.select("a[href], link[href]"))
        yield from (form.get("action", "") for form in soup.select("form[method=get]"))
        yield from (
            f"?{field['name']}=e" for field in soup.select("form[method=get] input[type=search]")
        )
    elif "json" in kind:
        yield from re.findall(r'"(https?://[^"]+)"', json.dumps(json.loads(text)))
    elif "xml" in kind:
        yield from re.findall(r"(?:<loc>|href=\")([^<\"]+)", text)


def text_of(response):
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def crawl(client, *starts) -> Iterator[tuple[str, str]]:
    """Yield each address that can be reached from ``starts``, with what stands there."""
    waiting = deque(starts)
    seen = set(waiting)
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        assert response.status_code < 500, address
        text = text_of(response)
        yield address, text
        for found in addresses_in(response, text):
            parts = urlsplit(urljoin(HOST + address, found.replace("&amp;", "&")))
            asked = parts.path + (f"?{parts.query}" if parts.query else "")
            if (
                HOST.endswith(parts.netloc)
                and asked not in seen
                and not asked.startswith("/static/")
            ):
                seen.add(asked)
                waiting.append(asked)


def test_whatever_can_be_reached_says_nothing_of_a_private_forum(client, crawled):
    starts = ["/", *crawled.addresses.values(), "/sitemap.xml"]
    starts += ["/api/v2/pages/?fields=*&limit=20", "/api/v2/quick-links/?fields=*"]

    answers = {}
    for address, text in crawl(client, *starts):
        answers[address] = text
        assert len(answers) <= MOST_ANSWERS

    assert [address for address, text in answers.items() if SECRET in text.lower()] == []
    section = crawled.pages["section"]
    # That the crawler was where it may have found something.
    assert "met at the quay" in answers[section.view_url("initiatives")]
    assert {urlsplit(address).path for address in answers} >= {
        section.view_url(name) for name, view in VIEWS.items() if view.label
    }


def test_whoever_may_read_the_forum_finds_the_word(admin_client, crawled):
    lodge = ForumPage.objects.get(title__contains=SECRET, live=True)

    assert SECRET in admin_client.get(lodge.get_url()).content.decode()
