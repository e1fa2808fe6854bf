"""Citations as files, each escaped as its format asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from hsec_wagtail.record.cite.citation import Citation

__all__ = ["FORMATS", "Format", "as_bibtex", "as_csl_json", "as_ris"]

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
#: Of an address all but these stays as it is: they would end the field.
_SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~"


def as_bibtex(cited: Citation) -> str:
    """Return the citation as an entry of BibTeX."""
    fields = [
        # The second braces keep capitals, and an organisation from being taken for a person.
        ("title", f"{{{_tex(cited.title)}}}"),
        ("author", f"{{{_tex(cited.author)}}}" if cited.author else ""),
        ("howpublished", _tex(cited.container)),
        ("year", str(cited.version.year) if cited.version else ""),
        ("date", cited.version.isoformat() if cited.version else ""),
        ("url", quote(cited.url, safe=_SAFE_IN_URL)),
        ("urldate", cited.accessed.isoformat()),
        ("language", _tex(cited.language)),
        ("note", _tex(_note(cited))),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    return f"@misc{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def as_ris(cited: Citation) -> str:
    """Return the citation as a record of RIS, whose lines end as those of Windows."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(cited))


def _ris(cited: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", cited.key
    yield "TI", cited.title
    if cited.author:
        yield "AU", cited.author
        yield "PB", cited.author
    if cited.container:
        yield "T2", cited.container
    if cited.version:
        yield "PY", str(cited.version.year)
        yield "DA", f"{cited.version:%Y/%m/%d}"
    yield "UR", cited.url
    yield "Y2", f"{cited.accessed:%Y/%m/%d}"
    yield "LA", cited.language
    if note := _note(cited):
        yield "N1", note
    yield "ER", ""


def as_csl_json(cited: Citation) -> str:
    """Return the citation as CSL-JSON, an array of one item."""
    item: dict[str, object] = {
        "id": cited.key,
        "type": "webpage",
        "title": cited.title,
        "container-title": cited.container,
        "author": [{"literal": cited.author}] if cited.author else None,
        "publisher": cited.author,
        "issued": _csl(cited.version) if cited.version else None,
        "version": cited.version.isoformat() if cited.version else None,
        "accessed": _csl(cited.accessed),
        "URL": cited.url,
        "language": cited.language,
        "note": _note(cited),
    }
    known = {name: value for name, value in item.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    Attributes:
        label: Its name.
        media_type: As it is sent.
        ending: Of the file.
        write: Makes the file.
    """

    label: str
    media_type: str
    ending: str
    write: Callable[[Citation], str]


#: Those that are offered, by the part of their address.
FORMATS = {
    "bibtex": Format("BibTeX", "application/x-bibtex", "bib", as_bibtex),
    "ris": Format("RIS", "application/x-research-info-systems", "ris", as_ris),
    "csl-json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", as_csl_json),
}


def _tex(text: str) -> str:
    return text.translate(_BIBTEX)


def _csl(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _note(cited: Citation) -> str:
    """Return where an imported page comes from, in the language of the text."""
    capture, french = cited.capture, cited.language.lower().startswith("fr")
    if capture is None or not capture.url:
        return ""
    note = f"{'Copie de' if french else 'Copy of'} {capture.url}"
    if capture.captured:
        said = "archivée le" if french else "captured"
        note += f", {said} {capture.captured.isoformat()}"
    return note
