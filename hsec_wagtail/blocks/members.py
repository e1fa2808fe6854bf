"""Members of a forum, with their roles and the time of their membership."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, ChoiceBlock

from hsec_wagtail.blocks.base import HsecStructBlock, ItemListBlock
from hsec_wagtail.blocks.codes import CountryBlock, country_name
from hsec_wagtail.blocks.edtf import EDTFBlock, ShownDate, find_order_faults, language_of, read_edtf
from hsec_wagtail.blocks.faults import by_child, of_items
from hsec_wagtail.blocks.finished import find_future_faults
from hsec_wagtail.blocks.memberships import find_repeated
from hsec_wagtail.blocks.prose import ProseBlock, prose_html

__all__ = ["ROLES", "MemberBlock", "MembersBlock", "member_name"]

ROLES = [
    ("member", _("Member")),
    ("observer", _("Observer")),
    ("associate", _("Associate")),
    ("partner", _("Partner")),
]


def member_name(member: Mapping[str, Any], *, language: str) -> str:
    """Return what a member is called: its own name, or else that of its country in ``language``."""
    if name := str(member.get("name") or "").strip():
        return name
    code = str(member.get("country") or "").strip().upper()
    # A draft may have a code that no country has.
    return country_name(code, language=language) or code


class MemberBlock(HsecStructBlock):
    """A country or organisation in a forum."""

    name = CharBlock(
        required=False,
        max_length=255,
        label=_("Name"),
        help_text=_(
            "Leave it empty for a country that is to be called as usual, in the language of the page."
        ),
    )
    country = CountryBlock(
        required=False,
        max_length=2,
        search_index=False,
        label=_("Country"),
        help_text=_("Leave it empty for organisations."),
    )
    role = ChoiceBlock(choices=ROLES, default="member", search_index=False, label=_("Role"))
    since = EDTFBlock(required=False, label=_("Since"))
    until = EDTFBlock(required=False, label=_("Until"))

    class Meta:
        icon = "group"
        group = _("Policy")
        label = _("Member")
        label_format = "{name} {role}"
        description = _("For each country or organisation; once more if its role changed.")
        template = "hsec_wagtail/blocks/member.html"
        preview_value = {
            "name": _("Republic of Norvania"),
            "country": "",
            "role": "observer",
            "since": "2029",
            "until": "",
        }

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return an error on the name of who has neither name nor country, and those of the dates.

        Those are on both dates where the end is before the start, and on dates to come of an ended page.
        """
        to_come = find_future_faults(value, "since", "until")
        faults = by_child(to_come, find_order_faults(value, "since", "until"))
        if not (value.get("name") or value.get("country")):
            message = gettext("Enter a name, or choose a country.")
            faults["name"] = ValidationError(message, code="required")
        return faults

    def completed(self, value: Any, *, language: str) -> Any:
        """Return ``value`` with the name by which readers know the member."""
        name = member_name(value, language=language)
        return self._to_struct_value({**value, "name": name}.items())

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the member's ``notes``: role and time."""
        language = language_of(parent_context or {})
        shown = self.completed(value, language=language)
        context: dict[str, Any] = super().get_context(shown, parent_context)
        context["notes"] = _notes(value, language)
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, with the name as readers see it."""
        shown = self.completed(value, language=language_of(context or {}))
        return super().get_api_representation(shown, context=context)


def _notes(member: Mapping[str, Any], language: str) -> list[Any]:
    role = member.get("role")
    shown_role = {name: label for name, label in ROLES if name != "member"}.get(role or "")
    notes: list[Any] = [str(shown_role).lower()] if shown_role else []
    since, until = member.get("since"), member.get("until")
    if not (since or until):
        return notes
    period = read_edtf(f"{since or '..'}/{until or '..'}")
    # A draft may hold what is no date, and may have been published so.
    typed = ShownDate(f"{since or '…'} – {until or '…'}")
    return [*notes, ShownDate.make(period, language=language) if period else typed]


class MembersBlock(HsecStructBlock):
    """The members of a forum, shown as a list or kept as data beside a text that names them."""

    intro = ProseBlock(required=False, label=_("Introduction"))
    display = ChoiceBlock(
        choices=[
            ("list", _("As a list")),
            ("text", _("Not at all: the text beside it names the members")),
        ],
        default="list",
        search_index=False,
        label=_("Show the members"),
    )
    members = ItemListBlock(MemberBlock(), label=_("Members"))

    class Meta:
        icon = "group"
        group = _("Policy")
        label = _("Members")
        label_format = "{intro}"
        description = _(
            "For who takes part, in which role and since when. Readers find each by country and year."
        )
        template = "hsec_wagtail/blocks/members.html"
        preview_value = {
            "intro": _("<p>The Council of Seas has these members:</p>"),
            "display": "list",
            "members": [
                {"name": _("Norvania"), "role": "member", "since": "2021"},
                {"name": _("Ostrea"), "role": "member", "since": "", "until": ""},
                {"name": _("Harbour Cities’ League"), "role": "observer", "since": "2027"},
            ],
        }

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return an error on each member who stands further up already, in the same role at the same time."""
        message = gettext(
            "Number %(number)d is the same member, in the same role and at the same time."
            " Delete one of the two, or say since and until when each was a member."
        )
        repeated = {
            place: {"name": ValidationError(message % {"number": first + 1}, code="repeated")}
            for place, first in find_repeated(value.get("members") or ()).items()
        }
        return {"members": of_items(repeated)} if repeated else {}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``intro_html`` and the ``members`` to show."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        language = language_of(context)
        shown = value.get("display") != "text"
        context["intro_html"] = prose_html(value.get("intro"))
        context["members"] = [
            {"name": name, "role": member.get("role"), "notes": _notes(member, language)}
            for member in (value.get("members") or () if shown else ())
            if (name := member_name(member, language=language))
        ]
        return context
