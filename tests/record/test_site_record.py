"""Settings of a site about its record, per site and language, and where it is edited."""

from __future__ import annotations

import pytest

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse

from wagtail.models import GroupSitePermission, Locale, Site

from hsec_wagtail.models import SiteRecordSettings, SiteRecordWords
from hsec_wagtail.models.site_record import record_settings


@pytest.fixture
def site(home):
    return Site.objects.get(is_default_site=True)


def words(site, locale, **fields):
    record, _ = SiteRecordSettings.objects.get_or_create(site=site)
    return SiteRecordWords.objects.create(record=record, locale=locale, **fields)


def form(site, *rows):
    data = {
        "organisation_kind": "Organization",
        "words-TOTAL_FORMS": len(rows),
        "words-INITIAL_FORMS": 0,
        "words-MIN_NUM_FORMS": 0,
        "words-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"words-{number}-{name}": value for name, value in row.items()}
    return reverse("wagtailsettings:edit", args=["hsec_wagtail", "siterecordsettings", site.pk]), {
        name: "" if value is None else value for name, value in data.items()
    }


def test_a_site_that_says_nothing_has_defaults(site, settings):
    settings.WAGTAIL_SITE_NAME = "Department"

    said = record_settings(site, Locale.get_default())

    assert (said.organisation, said.organisation_kind) == ("Department", "GovernmentOrganization")
    assert said.archive_notice.startswith("This page is kept for reference")
    assert (said.licence, said.licence_url, said.report_address) == ("", "", "")


def test_words_are_those_of_the_site_and_the_language(site, french, home):
    other = Site.objects.create(hostname="other.example", root_page=home, port=8000)
    words(site, Locale.get_default(), organisation="Department")
    words(site, french, organisation="Ministère", archive_notice="Archives.")
    words(other, french, organisation="Autre")

    said = record_settings(site, french)

    assert (said.organisation, said.archive_notice) == ("Ministère", "Archives.")
    assert record_settings(other, Locale.get_default()).organisation == "Tests"


def test_the_settings_are_edited_in_the_admin(admin_client, site):
    english = {"locale": Locale.get_default().pk, "organisation": "Department", "ORDER": 1}
    address, data = form(site, {**english, "report_address": "web@example.org"})

    response = admin_client.post(address, data)

    assert response.status_code == 302, response.context["form"].errors
    said = record_settings(site, Locale.get_default())
    assert (said.organisation, said.organisation_kind) == ("Department", "Organization")
    assert said.report_address == "web@example.org"


def test_a_language_is_refused_the_second_time(admin_client, site):
    row = {"locale": Locale.get_default().pk}

    response = admin_client.post(*form(site, row, row))

    assert response.status_code == 200
    assert not SiteRecordWords.objects.exists()


def test_who_may_not_change_the_settings_of_a_site_does_not_see_them(
    client, django_user_model, site
):
    user = django_user_model.objects.create_user("editor", password="password")
    group = Group.objects.create(name="Settings")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    address, _ = form(site)

    refused = client.get(address)
    change = Permission.objects.get(codename="change_siterecordsettings")
    GroupSitePermission.objects.create(group=group, site=site, permission=change)

    assert refused.status_code == 302
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["javascript:alert(1)", "web", "ftp://example.org/", "a@b"])
def test_an_address_for_reports_is_of_mail_or_the_web(site, address):
    row = SiteRecordWords(
        record=SiteRecordSettings.objects.create(site=site), locale=Locale.get_default()
    )
    row.report_address = row.licence_url = address

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert set(refused.value.message_dict) == {"report_address", "licence_url"}
