"""Folders of saved pages for tests, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hsec_wagtail.importer.reading.files.bundle import Bounds, open_bundle
from hsec_wagtail.importer.reading.website import SiteReading, read_site

PROSE = "<p>The department of the coast reports here on what it does with its partners abroad.</p>"


def html(title: str, *body: str, trail: str = "", head: str = "") -> str:
    """Return a saved page: its breadcrumb, its title, prose, and ``body``."""
    crumbs = f'<p class="breadcrumb">{trail}</p>' if trail else ""
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{crumbs}<h1>{title}</h1>{PROSE}"
        f"{''.join(body)}</body></html>"
    )


def link(href: str, label: str) -> str:
    """Return a paragraph with a link in its text."""
    return (
        f'<p>There is more to read on this: see <a href="{href}">{label}</a> for what followed.</p>'
    )


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` below ``folder`` and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reading(
    folder: Path, files: Mapping[str, str | bytes] | None = None, **options: Any
) -> SiteReading:
    """Return what is read from ``folder``, with ``files`` written to it first."""
    write(folder, files or {})
    with open_bundle([folder], bounds=Bounds()) as bundle:
        return read_site(bundle, **options)


def tree(site: SiteReading) -> dict[str, str | None]:
    """Return the parent of every page, both by their keys, in order."""
    return {entry.page.key: entry.parent for entry in site.section.entries()}


def types(site: SiteReading) -> dict[str, str]:
    """Return the type of every page by its key, in order."""
    return {entry.page.key: entry.page.type for entry in site.section.entries()}


def words_of(site: SiteReading) -> str:
    """Return the JSON of all pages."""
    return "\n".join(entry.page.model_dump_json() for entry in site.section.entries())
