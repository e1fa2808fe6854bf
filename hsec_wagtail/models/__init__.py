"""The models of the app; see the modules for what a site may build its own from."""

from hsec_wagtail.models.imports import ImportItem, ImportRun, ImportSource
from hsec_wagtail.models.mixins import (
    ForumPageMixin,
    HsecPageMixin,
    PolicyPageMixin,
    SectionPageMixin,
    TopicPageMixin,
)
from hsec_wagtail.models.moves import MovedPart
from hsec_wagtail.models.outside_links import OutsideLink, OutsidePlace
from hsec_wagtail.models.pages import ForumPage, PolicyPage, SectionPage, TopicPage
from hsec_wagtail.models.record_version import RecordVersion
from hsec_wagtail.models.register import (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
    UnresolvedLink,
)
from hsec_wagtail.models.search_rows import SearchRow, SearchTerm
from hsec_wagtail.models.section_views import SectionView
from hsec_wagtail.models.site_record import SiteRecordSettings, SiteRecordWords
from hsec_wagtail.models.snippets import QuickLinksSnippet
from hsec_wagtail.models.versions import PublishedVersion

__all__ = [
    "ForumPage",
    "ForumPageMixin",
    "HsecPageMixin",
    "ImportItem",
    "ImportRun",
    "ImportSource",
    "Initiative",
    "InitiativeDate",
    "InitiativeTopic",
    "InitiativeYear",
    "Membership",
    "MovedPart",
    "OutsideLink",
    "OutsidePlace",
    "PolicyPage",
    "PolicyPageMixin",
    "PublishedVersion",
    "QuickLinksSnippet",
    "RecordVersion",
    "SearchRow",
    "SearchTerm",
    "SectionPage",
    "SectionPageMixin",
    "SectionView",
    "SiteRecordSettings",
    "SiteRecordWords",
    "TopicPage",
    "TopicPageMixin",
    "UnresolvedLink",
]
