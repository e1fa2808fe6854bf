"""Every page that the app adds to Wagtail's admin, found in the addresses of the site."""

import re

import pytest
from bs4 import BeautifulSoup

#: Nobody may change a run or a row of a register, so that Wagtail leads back from there; they have no history and no
#: uses either.
MAY_BE_REFUSED = re.compile(
    r"hsec-(import-runs|initiatives)/(create|new|edit|delete|history|history-results|usage)/"
    # With one page below which a new one may stand, it leads there.
    r"|hsec-\w+-pages/choose_parent/"
)


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def test_every_page_of_ours_in_the_admin_answers(admin, opened):
    answers = {address: admin.get(address).status_code for address in opened}

    assert len(answers) > 20
    assert {
        address: status
        for address, status in answers.items()
        if status != 200 and not (status == 302 and MAY_BE_REFUSED.search(address))
    } == {}


def test_every_choice_of_their_filters_answers(admin, opened):
    lists = [
        address
        for address in opened
        if re.search(r"(hsec-import-runs|hsec-initiatives|quicklinkssnippet|items)/$", address)
    ]
    choices = [
        address + str(link["href"])
        for address in lists
        for link in BeautifulSoup(admin.get(address).content, "html.parser").select("a[href^='?']")
    ]
    exports = [f"{address}?export={kind}" for address in lists for kind in ("csv", "xlsx")]

    assert len(lists) >= 4
    assert [one for one in [*choices, *exports] if admin.get(one).status_code != 200] == []
