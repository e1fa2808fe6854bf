"""Rows and terms that a search reads: a row for each published page and each initiative, and the terms that it has.

Terms are plain rows, not the full text search of a database: so SQLite, PostgreSQL and MariaDB find and rank alike,
without an extension, and what a page says is found as soon as it is published. ``hsec_wagtail.record`` keeps the rows
true with those of the register.
"""

from __future__ import annotations

from django.db import models

from hsec_wagtail.models.register import Initiative
from hsec_wagtail.page_models import base_page_name

__all__ = ["SearchRow", "SearchTerm"]


class SearchRow(models.Model):
    """A page or an initiative that a search can find."""

    page = models.ForeignKey(base_page_name(), models.CASCADE, related_name="+")
    #: Place of the initiative among those of the page; none for the page itself.
    position = models.PositiveIntegerField(null=True)
    #: Initiatives are written afresh with each change of their page, this row only if its words change: it is
    #: given the new one then, and must not go with the old one.
    initiative = models.ForeignKey(
        Initiative, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    language = models.CharField(max_length=100)
    #: Date modified of a page.
    changed = models.DateField(null=True)
    title = models.CharField(max_length=255, blank=True)
    #: A line for each paragraph, for excerpts.
    text = models.TextField(blank=True)
    #: All words in ASCII and small letters, for phrases; a bar stands where a field or paragraph ends.
    folded = models.TextField()
    #: Of all that the row and its terms are made of.
    digest = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.title or self.text


class SearchTerm(models.Model):
    """The stem of a word that a row has."""

    row = models.ForeignKey(SearchRow, models.CASCADE, related_name="terms")
    #: Id of the nearest section of the page. It is no foreign key, as no page is looked up by it, and an index less
    #: is written.
    section = models.BigIntegerField()
    term = models.CharField(max_length=48)
    #: The more, the better the row answers a question for the term.
    weight = models.PositiveIntegerField()

    class Meta:
        indexes = [
            # Has all that a search reads.
            models.Index(fields=["term", "section", "row", "weight"], name="hsec_search_term"),
        ]

    def __str__(self) -> str:
        return self.term
