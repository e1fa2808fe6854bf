"""Settings of a site about its record: who publishes it, under which licence, where to report faults, what an archive is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

__all__ = [
    "RecordSettings",
    "SiteRecordSettings",
    "SiteRecordWords",
    "record_settings",
    "validate_report_address",
]

_WEB = URLValidator(schemes=["http", "https"])


def validate_report_address(value: str) -> None:
    """Refuse what is neither an e-mail address nor the address of a web page."""
    for validate in (EmailValidator(), _WEB):
        try:
            validate(value)
        except ValidationError:
            continue
        return
    raise ValidationError(
        _("Enter an e-mail address, or the address of a web page beginning with https://."),
        code="invalid",
    )


class SiteRecordSettings(ClusterableModel, BaseSiteSetting):
    """The settings of one site, edited in the admin where ``wagtail.contrib.settings`` is installed."""

    class OrganisationKind(models.TextChoices):
        # The values are the names of schema.org.
        GOVERNMENT = "GovernmentOrganization", _("part of a government")
        OTHER = "Organization", _("another organisation")

    #: As it is in Wagtail, with a reverse name that no model of the site can have.
    site = models.OneToOneField(
        Site, models.CASCADE, editable=False, related_name="hsec_record_settings"
    )
    organisation_kind = models.CharField(
        _("kind of organisation"),
        max_length=30,
        choices=OrganisationKind.choices,
        default=OrganisationKind.GOVERNMENT,
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("organisation_kind"),
        InlinePanel("words", heading=_("In each language"), label=_("Language")),
    ]

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")


class SiteRecordWords(models.Model):
    """The same in one language; what is empty is said in the words of the app, or not at all."""

    record = ParentalKey(SiteRecordSettings, on_delete=models.CASCADE, related_name="words")
    locale = models.ForeignKey(
        "wagtailcore.Locale", models.CASCADE, related_name="+", verbose_name=_("language")
    )
    organisation = models.CharField(
        _("organisation"),
        max_length=255,
        blank=True,
        help_text=_("Who publishes the pages. Empty: the name of the site."),
    )
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    licence_url = models.URLField(
        _("address of the licence"), max_length=500, blank=True, validators=[_WEB]
    )
    report_address = models.CharField(
        _("address for reports"),
        max_length=500,
        blank=True,
        validators=[validate_report_address],
        help_text=_(
            "An e-mail address or a web page where readers report a problem. Empty: no link is shown."
        ),
    )
    archive_notice = models.TextField(
        _("words on archived pages"),
        blank=True,
        help_text=_("Shown at the top of every page of an archived section. Empty: our own words."),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("locale"),
        FieldPanel("organisation"),
        FieldPanel("licence"),
        FieldPanel("licence_url"),
        FieldPanel("report_address"),
        FieldPanel("archive_notice"),
    ]

    class Meta:
        verbose_name = _("words of a public record")
        verbose_name_plural = _("words of public records")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "locale"],
                name="hsec_record_words_locale",
                violation_error_message=_("Each language can be there once."),
            )
        ]

    def __str__(self) -> str:
        return str(self.locale)


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """The settings of a site about its record in one language.

    Attributes:
        organisation: Its name.
        organisation_kind: A type of schema.org.
        licence: Its name, "" without one.
        licence_url: "" without one.
        report_address: An e-mail address or that of a web page; "" without one.
        archive_notice: What archived pages say of themselves.
    """

    organisation: str
    organisation_kind: str
    licence: str
    licence_url: str
    report_address: str
    archive_notice: str


def record_settings(site: Any, locale: Any) -> RecordSettings:
    """Return what ``site`` says of its record in ``locale``, with defaults for what it does not say; one query.

    Args:
        site: A Site or its id; None for a page that no site shows.
        locale: A Locale.
    """
    words = "hsec_record_settings__words"
    own = models.FilteredRelation(words, condition=models.Q(**{f"{words}__locale": locale.pk}))
    names = [field.name for field in fields(RecordSettings) if field.name != "organisation_kind"]
    columns = ("site_name", "hsec_record_settings__organisation_kind")
    sites = Site.objects.filter(pk=getattr(site, "pk", site)).annotate(own=own)
    # A site without settings has its name; what no site shows has nothing.
    site_name, kind, *texts = sites.values_list(
        *columns, *(f"own__{name}" for name in names)
    ).first() or ("", None, *[""] * len(names))
    said = {name: text or "" for name, text in zip(names, texts, strict=True)}
    called = said["organisation"] or site_name or getattr(settings, "WAGTAIL_SITE_NAME", "")
    return RecordSettings(
        **{
            **said,
            "organisation": str(called),
            "archive_notice": said["archive_notice"] or _default_notice(locale.language_code),
        },
        organisation_kind=kind or SiteRecordSettings.OrganisationKind.GOVERNMENT.value,
    )


def _default_notice(language: str) -> str:
    with translation.override(language):
        return gettext(
            "This page is kept for reference, research and the record. It is no longer updated, and need not meet today’s"
            " standards for the web."
        )
