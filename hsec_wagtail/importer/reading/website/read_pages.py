"""Reads the pages of several files, one by one, into a spool."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hsec_wagtail.importer.errors import ReadError, SourceError
from hsec_wagtail.importer.messages import Message, stored
from hsec_wagtail.importer.reading.files.bundle import Bundle, SourceFile
from hsec_wagtail.importer.reading.files.listing import is_companion, is_page
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.readers import Reading, read
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.reading.website.framesets import frames_in, settle_frames
from hsec_wagtail.importer.reading.website.index import Index, PageFacts
from hsec_wagtail.importer.reading.website.odd_pages import moved_to, with_unclaimed
from hsec_wagtail.importer.reading.website.page_facts import facts_of, links_of
from hsec_wagtail.importer.reading.website.repeats import Repeats
from hsec_wagtail.importer.text.urls import folder_address, local_address, local_path, resolve

__all__ = ["PageReadOptions", "read_files"]


@dataclass(frozen=True, slots=True)
class PageReadOptions:
    """How every file is read; ``limits`` are the bounds of the readers."""

    profile: Profile | str | Path | None
    profiles: Sequence[Profile]
    format: str | None
    language: str | None
    base_url: str | None
    strict: bool
    limits: Mapping[str, int]


def read_files(bundle: Bundle, index: Index, options: PageReadOptions) -> list[Message]:
    """Read all files of ``bundle`` into the spool of ``index``, and return warnings.

    Raises:
        ImportContentError: A file cannot be read; the text says which and why.
    """
    reader = _PageReader(bundle, index, options)
    for file in bundle:
        reader.read(file)
    reader.read_frames()
    if not reader.count:
        raise reader.first_fault or ReadError("no-word-in-pages", name=bundle.name)
    reader.read_again()
    reader.settle_moved()
    index.settle_places()
    index.settle_links()
    return reader.warnings + settle_frames(index, reader.framesets)


class _PageReader:
    def __init__(self, bundle: Bundle, index: Index, options: PageReadOptions) -> None:
        self._bundle = bundle
        self._index = index
        self._options = options
        self._folder = folder_address(options.base_url) if options.base_url else ""
        self.count = 0
        self.warnings: list[Message] = []
        self.first_fault: ReadError | SourceError | None = None
        self._repeats = Repeats(index.spool)
        #: Addresses of pages that only sent their readers elsewhere, and where to.
        self._moved: list[tuple[str, str]] = []
        #: Paths of frames by the number of the frameset.
        self.framesets: dict[int, list[str]] = {}

    def read(self, file: SourceFile) -> None:
        """Read one file; an empty one is left out."""
        data = file.data
        if not data.strip():
            self.warnings.append(Message("file-empty", name=file.name))
            return
        frames = frames_in(data, path=file.path)
        number = self.count
        try:
            reading = self._read(file, data, number)
        except (ReadError, SourceError) as error:
            if not frames:
                self._leave_out(file, data, error)
                return
            # Nothing but frames.
            reading = None
        if frames:
            self.framesets[number] = frames
        if reading is None:
            self._keep_wordless(file, data)
        else:
            self._keep(file, reading, number)
        self.count += 1

    def _leave_out(self, file: SourceFile, data: bytes, error: ReadError | SourceError) -> None:
        """Leave out a file that is no page, and name it.

        Raises:
            ImportContentError: All files are to be pages.
        """
        if self._options.strict:
            raise error
        self.first_fault = self.first_fault or error
        self.warnings.append(Message("file-left-out", fault=error.message))
        url = self._url(file)
        if target := moved_to(data, base=url or local_address(file.path)):
            self._moved += [(url, target)] if url else []
            self._moved.append((local_address(file.path), target))

    def settle_moved(self) -> None:
        """Give pages the addresses of those that only led to them."""
        for address, target in self._moved:
            number = self._index.find(target, at=-1)
            if number is not None:
                self._index.add_address(number, address)

    def read_again(self) -> None:
        """Read again those pages that kept lines which others, read later, have too."""
        for number in self._repeats.outdated():
            path = str(self._index.path(number))
            file = self._bundle.file(path)
            self._index.remove(number)
            self._keep(file, self._read(file, file.data, number), number)
        for number in self._index.numbers():
            record = self._index.spool.get("source", number)
            much = stored(self._repeats.much_left_out(number, record["ledger"]["words"]))
            record["warnings"] = [*record["warnings"], *much]
            if much:
                self._index.spool.put("source", number, record)

    def _url(self, file: SourceFile) -> str:
        return self._folder + local_address(file.path).lstrip("/") if self._folder else ""

    def _read(self, file: SourceFile, data: bytes, number: int) -> Reading:
        options = self._options
        reading = read(
            data,
            name=file.name,
            format=options.format,
            profile=options.profile,
            profiles=options.profiles,
            language=options.language,
            base_url=self._url(file) or None,
            repeated=self._repeats.others(number),
            strict=options.strict,
            **options.limits,
        )
        self._repeats.note(number, reading)
        return reading if options.strict else with_unclaimed(reading)

    def _keep(self, file: SourceFile, reading: Reading, number: int) -> None:
        document = reading.document
        url = self._url(file) or reading.url or ""
        base = url or local_address(file.path)
        record = asdict(reading.record(0))
        record["images"] = list(self._images(reading, file.path, base))
        # Whether it is much is known when all are read.
        record["warnings"] = stored([w for w in reading.warnings if w.code != "much-left-out"])
        self._put(file, record, url, number)
        self._index.spool.put(
            "document", number, document.model_dump(mode="json", exclude_none=True)
        )
        facts = facts_of(document, path=file.path, url=url)
        self._index.add(number, facts, links_of(document, base=base))

    def _keep_wordless(self, file: SourceFile, data: bytes) -> None:
        url = self._url(file)
        sha256 = hashlib.sha256(data).hexdigest()
        ledger: dict[str, Any] = {"words": 0, "content": 0, "chrome": [], "unclaimed": []}
        record = SourceRecord(file.name, url, sha256, "html", "", "", "", (), ledger)
        self._put(file, asdict(record), url, self.count)
        facts = PageFacts(file.path, url, "", "", "", False, 0, "", (), (), ())  # noqa: FBT003 -- no forum
        self._index.add(self.count, facts, ())

    def _put(self, file: SourceFile, record: dict[str, Any], url: str, number: int) -> None:
        self._index.spool.put("source", number, {**record, "url": url})
        if url:
            self._index.add_address(number, url)
        self._index.add_address(number, local_address(file.path))

    def _images(self, reading: Reading, path: str, base: str) -> Iterator[str]:
        """Yield the paths of images that lie among the files, and the addresses of others, each once."""
        for address in dict.fromkeys(image.src for image in reading.images):
            yield self._beside(address, path, base) or address

    def _beside(self, address: str, path: str, base: str) -> str | None:
        """Return the path of the file that ``address`` on the page at ``path`` names, if it is there."""
        whole = resolve(base, address)
        if whole is None:
            return None
        home = base.rpartition("/")[0] + "/"
        if whole.address.startswith(home):
            here = local_address(path).rpartition("/")[0] + "/"
            local = local_path(here + whole.address[len(home) :])
        else:
            local = local_path(whole.address)
        return self._bundle.find(local) if local else None

    def read_frames(self) -> None:
        """Read frames that lie in folders beside their framesets, where browsers save them."""
        known: set[str] = set()
        waiting = [path for paths in self.framesets.values() for path in paths]
        while waiting:
            path = waiting.pop(0)
            *folders, name = path.split("/")
            if path in known or not any(map(is_companion, folders)) or not is_page(name):
                continue
            known.add(path)
            found = self._bundle.find(path)
            if found:
                before = self.count
                self.read(self._bundle.file(found))
                waiting += self.framesets.get(before, [])
