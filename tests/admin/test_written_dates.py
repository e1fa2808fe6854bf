"""What the form of a page asks while dates are typed."""

import pytest

from django.urls import reverse

from tests import factories as make
from tests.admin.users import user_with


@pytest.fixture
def editor(section):
    """Return a user who may edit the pages of the section."""
    return user_with("change_page", name="editor", page=section)


@pytest.fixture
def asked(client, editor):
    """Return a function that returns what an editor is told of texts."""
    client.force_login(editor)
    return lambda *texts: client.get(reverse("hsec_dates:read"), {"text": texts}).json()["read"]


def dated(label):
    return make.item({"edtf": "2004", "label": label, "text": ""})


def labelled(parent, *labels, **fields):
    """Return a published forum with an initiative that has dates of these labels."""
    initiative = make.initiative("<p>Did it.</p>")
    initiative["value"]["dates"] = [dated(label) for label in labels]
    return make.forum_page(parent, body=[make.initiatives(initiative)], **fields)


def labels(client, page):
    address = reverse("hsec_dates:labels")
    return client.get(address, {"page": page.pk}).json()["labels"]


def test_answer_says_what_was_understood_of_each_text(asked):
    assert asked("avril 2004", "début 2003", "") == [
        {"said": "April 2004 – the month, no day", "fault": "", "choices": []},
        {"said": "2003 – the year, no month, but “début” is not kept", "fault": "", "choices": []},
        {"said": "", "fault": "", "choices": []},
    ]


def test_answer_offers_both_readings(asked):
    assert asked("03/04/2004") == [
        {
            "said": "",
            "fault": "Which one is meant?",
            "choices": [
                {"edtf": "2004-03-04", "words": "4 March 2004"},
                {"edtf": "2004-04-03", "words": "3 April 2004"},
            ],
        }
    ]


def test_long_text_is_answered_with_its_fault(asked):
    (answer,) = asked("1999 " * 2000)

    assert answer["fault"] == "This is too long for a date, which has at most 120 characters."


@pytest.mark.parametrize("name", ["read", "labels"])
def test_only_users_of_the_admin_get_answers(client, django_user_model, section, name):
    address = reverse(f"hsec_dates:{name}")
    anonymous = client.get(address, {"text": "2004", "page": section.pk})
    client.force_login(django_user_model.objects.create_user("reader", password="x"))

    reader = client.get(address, {"text": "2004", "page": section.pk})

    assert (anonymous.status_code, reader.status_code) == (302, 302)
    assert client.post(address).status_code in {302, 405}


def test_labels_of_the_section_stand_before_the_usual_ones(client, editor, home, section):
    page = labelled(section, "tabled", "laid on the table")
    labelled(section, "laid on the table", slug="second")
    labelled(make.section_page(home, slug="other"), "of another section", slug="third")
    client.force_login(editor)

    offered = labels(client, page)

    assert offered[:3] == ["laid on the table", "tabled", "signed"]
    assert "of another section" not in offered
    assert len(offered) == len(set(offered))


def test_usual_labels_are_in_the_language_of_the_page(client, superuser, home, french):
    client.force_login(superuser)
    page = make.section_page(home, slug="fr", locale=french)

    assert labels(client, page)[0] == "signé"


def test_labels_of_pages_that_the_user_may_not_see_are_refused(client, editor, home):
    other = make.section_page(home, slug="other")
    client.force_login(editor)

    response = client.get(reverse("hsec_dates:labels"), {"page": other.pk})

    assert response.status_code in {302, 403}


@pytest.mark.parametrize("page", ["", "x", "-1", "9" * 30])
def test_forms_of_no_page_get_the_usual_labels(client, editor, page):
    client.force_login(editor)

    response = client.get(reverse("hsec_dates:labels"), {"page": page})

    assert response.json()["labels"][0] == "signed"


def test_queries_for_labels_do_not_grow(client, editor, section, django_assert_max_num_queries):
    page = labelled(section, "first")
    client.force_login(editor)
    labels(client, page)

    for number in range(5):
        labelled(section, f"label {number}", slug=f"forum-{number}")

        with django_assert_max_num_queries(12):
            labels(client, page)


def test_stored_date_is_said_below_its_field_without_scripts(client, superuser, section):
    page = make.forum_page(section, expected="2004-04", status="announced")
    client.force_login(superuser)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert 'id="id_expected-echo">April 2004 – the month, no day</div>' in html
    assert 'maxlength="50"' not in html
