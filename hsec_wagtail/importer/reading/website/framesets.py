"""Framesets: pages composed of other pages, one of which holds the text while others are menus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.website.index import Index
from hsec_wagtail.importer.text.urls import local_address, local_path, resolve

__all__ = ["frames_in", "settle_frames"]

_FRAMESET = re.compile(rb"<frameset[\s>]", re.IGNORECASE)
_FRAME = re.compile(rb"<frame\s[^<>]*>", re.IGNORECASE)
_SRC = re.compile(rb"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
#: Words of running text that a banner or a menu may have.
_MOST_WORDS = 25


def frames_in(data: bytes, *, path: str) -> list[str]:
    """Return the paths of the frames of the page ``data`` at ``path``; none if it is no frameset."""
    if not _FRAMESET.search(data):
        return []
    return list(dict.fromkeys(_paths(data, path)))


def _paths(data: bytes, path: str) -> Iterator[str]:
    for frame in _FRAME.finditer(data):
        if src := _SRC.search(frame[0]):
            value = next(part for part in src.groups() if part is not None)
            target = resolve(local_address(path), unescape(value.decode("utf-8", "replace")))
            if target and (local := local_path(target.address)):
                yield local


def settle_frames(index: Index, framesets: Mapping[int, Sequence[str]]) -> list[Message]:
    """Note the roles of the frames of each of ``framesets`` (paths by its number); return warnings.

    The frame with the most running text stands for the frameset and has its address; the others are
    menus, if links are in them, or banners. A frameset none of whose frames is there stays a page.
    """
    warnings: list[Message] = []
    pending = dict(framesets)
    stands_for: dict[int, int] = {}
    while pending:
        # Framesets in framesets: the inner ones first.
        inner = (
            n for n, paths in pending.items() if not _numbers(index, paths).keys() & pending.keys()
        )
        number = next(inner, next(iter(pending)))
        paths = pending.pop(number)
        found = _numbers(index, paths)
        missing = [path for path in paths if path not in found.values()]
        if missing:
            path = _path(index, number)
            warnings.append(Message("frames-missing", path=path, frames=missing))
        frames = {stands_for.get(frame, frame) for frame in found} - {number}
        if frames:
            stands_for[number] = _settle(index, number, sorted(frames))
    return warnings


def _numbers(index: Index, paths: Sequence[str]) -> dict[int, str]:
    rows = (index.spool.one("SELECT number, path FROM file WHERE path = ?", path) for path in paths)
    return {row[0]: row[1] for row in rows if row}


def _path(index: Index, number: int) -> str:
    return str((index.spool.one("SELECT path FROM file WHERE number = ?", number) or ("",))[0])


def _settle(index: Index, number: int, frames: Sequence[int]) -> int:
    one, run = index.spool.one, index.spool.run
    prose = {n: (one("SELECT prose FROM file WHERE number = ?", n) or (0,))[0] for n in frames}
    # Of frames without text the last one: menus and banners come before.
    main = max(frames, key=lambda n: (prose[n], n))
    for frame in frames:
        if frame != main and prose[frame] <= _MOST_WORDS:
            links = one("SELECT 1 FROM link WHERE number = ? LIMIT 1", frame)
            run("UPDATE file SET role = ? WHERE number = ?", "menu" if links else "banner", frame)
    run("UPDATE file SET role = 'frameset' WHERE number = ?", number)
    run(
        "UPDATE file SET (folder, depth, rank) = (SELECT folder, depth, rank FROM file WHERE number = ?)"
        " WHERE number = ?",
        number, main,
    )  # fmt: skip
    run("UPDATE address SET number = ? WHERE number = ?", main, number)
    return main
