import pytest

from hsec_wagtail.blocks import ContactBlock
from tests.blocks.faults import draft_faults, publish_faults


def show(**raw):
    block = ContactBlock()
    return block.render(block.to_python({"name": "Bureau", **raw}), {})


def test_email_and_phone_are_links():
    html = show(email="a@example.org", phone="+1 (613) 555-0123")

    assert 'href="mailto:a@example.org"' in html
    assert 'href="tel:+16135550123"' in html


@pytest.mark.parametrize("phone", ["1-800-CANADA", "555 0123 ext. 4", "javascript:1"])
def test_phone_with_words_is_text(phone):
    html = show(phone=phone)

    assert phone in html
    assert "href" not in html


@pytest.mark.parametrize("email", ["nobody", "a@b", "a@example.org?bcc=x", "javascript:x@y.z"])
def test_email_that_is_none_is_text(email):
    assert "href" not in show(email=email)


def test_email_that_is_not_finished_may_be_kept_as_a_draft():
    raw = {"name": "Bureau", "email": "bureau at example"}

    assert draft_faults(ContactBlock(), raw) == {}
    assert publish_faults(ContactBlock(), raw) == {"email": ["Enter a valid email address."]}


def test_lines_of_the_address_are_kept():
    assert "4 Quay<br>Port" in show(address="4 Quay\nPort")


def test_unsafe_url_is_not_shown():
    assert "javascript" not in show(url="javascript:alert(1)")


def test_name_is_needed_to_publish():
    assert publish_faults(ContactBlock(), {}) == {"name": ["This field is required."]}
    assert draft_faults(ContactBlock(), {}) == {}
