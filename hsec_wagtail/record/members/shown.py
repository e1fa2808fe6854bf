"""Memberships as tables show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext

from hsec_wagtail.blocks.edtf import ShownDate
from hsec_wagtail.blocks.members import ROLES
from hsec_wagtail.blocks.targets import page_url
from hsec_wagtail.models.register import Membership
from hsec_wagtail.record.members.listing import Member, MembershipList, answer_for
from hsec_wagtail.record.members.on_day import Answer
from hsec_wagtail.record.read_rows import live_pages
from hsec_wagtail.record.shown import Named

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["ShownMember", "ShownMembership", "show_members"]


@dataclass(frozen=True, slots=True)
class ShownMembership:
    """A membership in a table.

    Attributes:
        where: The forum, or else the page, that names the member.
        role: In words.
        since: None where nothing is said.
        until: None for one that goes on.
        answer: Whether it held on the day that was asked for, in words; "" if none was.
    """

    where: Named
    role: str
    since: ShownDate | None
    until: ShownDate | None
    answer: str


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member with its memberships.

    Attributes:
        name: As :class:`Member` has it.
        url: Of the page of a country; "" for an organisation.
        memberships: In the order of the forums.
    """

    name: str
    url: str
    memberships: tuple[ShownMembership, ...]


def show_members(
    part: Sequence[tuple[Member, list[Membership]]],
    found: MembershipList,
    request: HttpRequest,
    *,
    members_url: str,
) -> list[ShownMember]:
    """Return how to show ``part`` of ``found``; one query.

    Args:
        part: Members with some of their memberships.
        found: The list that they are from.
        request: For the addresses of pages.
        members_url: Address of the view, below which the countries have theirs.
    """
    pages = live_pages(
        pk for _member, rows in part for row in rows for pk in (row.page_id, row.forum_id)
    )
    named = {pk: Named(page.title, page_url(page, request=request)) for pk, page in pages.items()}
    shown = []
    for member, rows in part:
        terms = tuple(_show(row, named, found) for row in rows if row.page_id in named)
        url = f"{members_url}{member.country.lower()}/" if member.country else ""
        if terms:
            shown.append(ShownMember(member.name, url, terms))
    return shown


def _role_label(role: str) -> str:
    """Return the name of a role in the active language."""
    return str(dict(ROLES).get(role, role))


def _answer_label(answer: Answer | None) -> str:
    """Return an answer in the active language; "" without one."""
    if answer is None:
        return ""
    return {
        Answer.YES: pgettext("was a member", "yes"),
        Answer.POSSIBLY: pgettext("was a member", "possibly"),
        Answer.NO: pgettext("was a member", "no"),
    }[answer]


def _show(row: Membership, named: dict[int, Named], found: MembershipList) -> ShownMembership:
    answer = answer_for(row, found.as_of, today=found.today)
    until = _date(row.until, found.language)
    if until is None and row.status == "ended":
        until = ShownDate(gettext("ended, day not known"))
    return ShownMembership(
        where=named.get(row.forum_id or row.page_id, named[row.page_id]),
        role=_role_label(row.role),
        since=_date(row.since, found.language),
        until=until,
        answer=_answer_label(answer),
    )


def _date(written: str, language: str) -> ShownDate | None:
    return ShownDate.of_text(written, language=language) if written else None
