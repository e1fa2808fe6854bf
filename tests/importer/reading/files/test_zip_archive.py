"""ZIP archives as sources: read as folders are, and refused where they are not safe."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.reading.files.bundle import Bounds, Bundle, open_bundle


def pack(path: Path, entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an archive of ``entries`` and return its path."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def opened(path: Path, **bounds: int) -> Bundle:
    return open_bundle([path], bounds=Bounds(**bounds))


def read_all(path: Path, **bounds: int) -> list[bytes]:
    with opened(path, **bounds) as bundle:
        return [file.data for file in bundle]


def refusal(path: Path, **bounds: int) -> str:
    """Return what is said when ``path`` is refused, without its own name."""
    with pytest.raises(SourceError) as refused:
        read_all(path, **bounds)
    return str(refused.value).replace(str(path), "ZIP")


def test_pages_are_read_in_the_order_of_a_folder(tmp_path):
    path = pack(
        tmp_path / "s.zip", {"b/x.html": b"3", "z.html": b"2", "B.css": b"", "a.html": b"1"}
    )

    with opened(path) as bundle:
        read = [(file.name, file.path, file.data) for file in bundle]

    assert read == [
        (f"{path}/a.html", "a.html", b"1"),
        (f"{path}/z.html", "z.html", b"2"),
        (f"{path}/b/x.html", "b/x.html", b"3"),
    ]


def test_documents_in_an_archive_are_sources_each_for_itself(tmp_path):
    with opened(pack(tmp_path / "s.zip", {"fr.yaml": b"x", "en.yaml": b"x"})) as bundle:
        assert ([file.path for file in bundle], bundle.is_site) == (["en.yaml", "fr.yaml"], False)


def test_images_are_found_and_read_whatever_the_case(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.html": b"x", "a_files/Logo.gif": b"GIF"})

    with opened(path) as bundle:
        found = bundle.find("A_FILES/logo.gif")
        assert (found, bundle.file(found or "").data) == ("a_files/Logo.gif", b"GIF")
        assert bundle.find("../a.html") is None


def test_no_more_of_an_entry_is_read_than_shows_that_it_is_too_much(tmp_path):
    with opened(pack(tmp_path / "s.zip", {"a.html": b"x" * 100}), source_bytes=10) as bundle:
        (file,) = bundle

        assert len(file.data) == 11


def test_nothing_is_written_to_disk(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.html": b"x", "b/c.html": b"x"})

    with opened(path) as bundle:
        assert [file.data for file in bundle] == [b"x", b"x"]

    assert list(tmp_path.rglob("*")) == [path]


@pytest.mark.parametrize(
    ("flags", "raw", "name"),
    [
        pytest.param(0x800, "é.html".encode(), "é.html", id="UTF-8, and it says so"),
        pytest.param(0, "é.html".encode(), "é.html", id="UTF-8, and it does not say so"),
        pytest.param(0, "é.html".encode("cp437"), "é.html", id="code page of DOS"),
    ],
)
def test_names_are_read_in_any_of_their_encodings(tmp_path, flags, raw, name):
    path = pack(tmp_path / "s.zip", {"#" * len(raw): b"x"}, method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes().replace(b"#" * len(raw), raw))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", flags)
    path.write_bytes(data)

    with opened(path) as bundle:
        assert [(file.path, file.data) for file in bundle] == [(name, b"x")]


def test_windows_separators_are_separators(tmp_path):
    with opened(pack(tmp_path / "s.zip", {"forums\\un.html": b"x"})) as bundle:
        assert [(file.path, file.data) for file in bundle] == [("forums/un.html", b"x")]


@pytest.mark.parametrize(
    "name",
    [
        "../a.html", "b/../../a.html", "/a.html", "C:/a.html", "c:a.html", "..\\a.html", "\\a.html",
        "\\\\host\\share\\a.html", "..",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    path = pack(tmp_path / "s.zip", {"ok.html": b"x", name: b"x"})

    assert refusal(path) == (
        f"ZIP: '{name}' leads out of the archive. Nothing of it was read; do not trust it."
    )


def test_a_symbolic_link_is_refused(tmp_path):
    path = tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("a.html")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    assert refusal(path) == "ZIP: 'a.html' is a symbolic link. Pack the file that it leads to."


def test_an_encrypted_entry_is_refused(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.html": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    assert refusal(path) == "ZIP: 'a.html' is encrypted. Unpack it and import the folder."


def test_an_archive_in_the_archive_is_refused(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.html", "x")

    assert refusal(pack(tmp_path / "s.zip", {"a.html": b"x", "b.ZIP": inner.getvalue()})) == (
        "ZIP: 'b.ZIP' is an archive itself, which is not opened. Take it out, or import it alone."
    )


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_name_that_comes_twice_is_refused(tmp_path):
    path = tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", "good")
        archive.writestr("a.html", "evil")

    assert refusal(path) == "ZIP: 'a.html' is in it twice. Pack it again."


def test_a_damaged_entry_is_refused_when_it_is_read(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.html": b"peace"}, method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"peace", b"peacf"))

    assert refusal(path) == (
        "ZIP/a.html: cannot be read from the archive: Bad CRC-32 for file 'a.html'. Pack it again."
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and nothing more", b"<html>no archive</html>"])
def test_what_is_no_archive_is_refused(tmp_path, data):
    path = tmp_path / "s.zip"
    path.write_bytes(data)

    assert refusal(path) == (
        "ZIP: not a ZIP archive that can be read: File is not a zip file. Pack it again."
    )


@pytest.mark.parametrize("cut", range(5, 200, 13))
def test_a_cut_archive_is_refused(tmp_path, cut):
    path = pack(tmp_path / "s.zip", {"a.html": b"peace" * 20, "b.html": b"x"})
    path.write_bytes(path.read_bytes()[:-cut])

    assert refusal(path).startswith("ZIP: not a ZIP archive that can be read: ")


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.html": bytes(15_000_000)})

    assert refusal(path) == (
        "ZIP: it would unpack to 15000000 bytes, more than 100 times its size. Unpack it and import the"
        " folder if it is sound, or raise HSEC_MAX_EXPANSION."
    )


def test_the_expansion_that_is_allowed_is_a_setting(tmp_path):
    with opened(pack(tmp_path / "s.zip", {"a.html": bytes(15_000_000)}), expansion=2000) as bundle:
        assert len(bundle) == 1


def test_an_entry_that_holds_more_than_it_says_is_refused(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.html": b"peace" * 1000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<L", 10)
    path.write_bytes(data)

    assert "Bad CRC-32" in refusal(path)


@pytest.mark.parametrize(
    ("bounds", "setting"),
    [
        pytest.param({"files": 2}, "HSEC_MAX_FILES", id="files"),
        pytest.param({"total_bytes": 25}, "HSEC_MAX_TOTAL_BYTES", id="bytes"),
    ],
)
def test_too_much_is_refused_with_the_setting_that_says_so(tmp_path, bounds, setting):
    path = pack(tmp_path / "s.zip", dict.fromkeys(["a.html", "b.gif", "c.css"], b"x" * 10))

    assert refusal(path, **bounds).endswith(f"Import parts of it, or raise {setting}.")


def test_a_directory_of_too_many_entries_is_refused_before_it_is_read(tmp_path):
    path = pack(tmp_path / "s.zip", {f"{n}.html": b"" for n in range(1000)})

    assert refusal(path, files=10).startswith(
        "ZIP: its directory has 53890 bytes, more than 10 files need."
    )


def test_an_archive_is_closed_when_it_is_refused(tmp_path):
    path = pack(tmp_path / "s.zip", {"a.css": b"x"})

    # An open file would be a warning, and warnings are errors here.
    assert refusal(path).startswith("ZIP: neither pages nor section documents in it")
