"""Writing pages and quick links many at a time, each as whole as Wagtail makes it.

The caller holds the transaction, and goes through the items in chunks of at most 1,000::

    writer = BulkWriter(user=user, log_data=lambda page: {"run": run.pk, "source": name})
    paths = PathAllocator()
    ids = writer.reserve(base_page_model(), count)     # so that links can name what is not written yet
    for chunk in chunks:                               # parents before children
        for page, parent_id in chunk:                  # unsaved, pk from ids, fields set
            paths.place(page, parent_id)               # path, depth, url_path, numchild
        writer.insert(pages, publish=lambda page: True)
        paths.flush()                                  # numchild of parents written before
    writer.update(changed, publish=lambda page: page.live)
"""

from __future__ import annotations

from hsec_wagtail.importer.writing.bulk.paths import PathAllocator
from hsec_wagtail.importer.writing.bulk.singly import publish
from hsec_wagtail.importer.writing.bulk.wagtail_tables import Entry, write_log
from hsec_wagtail.importer.writing.bulk.writer import BulkWriter
from hsec_wagtail.models.table_rows import on_primary

__all__ = ["BulkWriter", "Entry", "PathAllocator", "on_primary", "publish", "write_log"]
