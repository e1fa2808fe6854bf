"""Write the pinned readings of the corpus anew."""

import json

from tests.importer.corpus import summary
from tests.importer.pages import PAGES, names, page

for name in names():
    text = json.dumps(summary(page(name)), ensure_ascii=False, indent=1)
    (PAGES / f"{name}.expected.json").write_text(text + "\n", encoding="utf-8")
