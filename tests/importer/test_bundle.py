"""What a SOURCE on the command line names."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hsec_wagtail.importer.bundle import SourceFile, open_source
from hsec_wagtail.importer.errors import SourceError


def test_a_file_is_read(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"Peace")

    assert open_source(path) == [SourceFile(str(path), b"Peace")]


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Peace")))

    assert open_source("-") == [SourceFile("standard input", b"Peace")]


def test_a_folder_is_its_documents_in_order_of_name(tmp_path):
    for name in ("fr.yaml", "en.json", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")

    assert [Path(file.name).name for file in open_source(tmp_path)] == ["en.json", "fr.yaml"]


def test_packaged_content_is_named_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    names = [file.name for file in open_source("human-security")]

    assert names == ["human-security/en.yaml", "human-security/fr.yaml"]


def test_no_more_is_read_than_shows_that_it_is_too_much(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"a" * 100)

    (file,) = open_source(path, max_bytes=10)

    assert len(file.data) == 11


def test_a_file_that_is_not_there_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path / "gone.txt")

    assert str(refused.value) == (
        f"{tmp_path / 'gone.txt'}: no such file. Give the path of a file, - for standard input,"
        " or the name of packaged content (human-security)."
    )


def test_a_folder_without_documents_is_refused(tmp_path):
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path)

    assert str(refused.value) == (
        f"{tmp_path}: a folder without section documents (.json, .yaml, .yml). Name the files to import."
    )


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "page.txt"
    path.write_bytes(b"Peace")

    def deny(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)

    with pytest.raises(SourceError) as refused:
        open_source(path)

    assert str(refused.value) == f"{path}: cannot be read: Permission denied."


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(SourceError) as refused:
        open_source("n" * 300)

    assert str(refused.value) == f"{'n' * 300}: cannot be read: File name too long."
