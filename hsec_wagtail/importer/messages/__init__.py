"""Messages for people: kept as a code with its values, said in the language of who reads them.

The catalogue has a module for each subject. Nothing here knows Django: the app hands over its translation
when it is ready, see :func:`translate_with`; until then, and without the app, messages are English.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from hsec_wagtail.importer.messages.document import DOCUMENT
from hsec_wagtail.importer.messages.exporting import EXPORTING
from hsec_wagtail.importer.messages.files import FILES
from hsec_wagtail.importer.messages.left_out import LEFT_OUT
from hsec_wagtail.importer.messages.links import LINKS
from hsec_wagtail.importer.messages.planning import PLANNING
from hsec_wagtail.importer.messages.reading import READING
from hsec_wagtail.importer.messages.runs import RUNS
from hsec_wagtail.importer.messages.templates import Catalogue, Counted
from hsec_wagtail.importer.messages.website import WEBSITE
from hsec_wagtail.importer.messages.writing import WRITING

__all__ = ["CATALOGUE", "Message", "Value", "loaded", "said", "stored", "translate_with"]

CATALOGUE: Catalogue = {
    **DOCUMENT,
    **EXPORTING,
    **FILES,
    **LEFT_OUT,
    **LINKS,
    **PLANNING,
    **READING,
    **RUNS,
    **WEBSITE,
    **WRITING,
}

#: Texts of a list are separated by commas, messages of a list stand on lines of their own.
Value: TypeAlias = "str | int | Message | Sequence[str | Message]"


class _Translation(NamedTuple):
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


_ENGLISH = _Translation(str, lambda singular, plural, number: singular if number == 1 else plural)
_translation = _ENGLISH


def translate_with(
    gettext: Callable[[str], str] = _ENGLISH.gettext,
    ngettext: Callable[[str, str, int], str] = _ENGLISH.ngettext,
) -> None:
    """Say all messages through ``gettext`` and ``ngettext`` from now on; by default in English."""
    global _translation
    _translation = _Translation(gettext, ngettext)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Message:
    """Something that a person is told; ``str()`` says it in the reader's language.

    A code that the catalogue does not have, such as a text from elsewhere, is said as it is.

    Args:
        code: Names the sentence in the catalogue.
        values: What stands for the placeholders of the sentence.
    """

    code: str
    values: Mapping[str, Value]

    def __init__(self, code: str, /, **values: Value) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", {name: _frozen(one) for name, one in values.items()})

    def __hash__(self) -> int:
        return hash((self.code, *sorted(self.values.items())))

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"Message({self.code!r}{values})"

    def __str__(self) -> str:
        template = CATALOGUE.get(self.code)
        if template is None:
            return self._as_it_is()
        try:
            if isinstance(template, Counted):
                number = int(str(self.values[template.number]))
                sentence = _translation.ngettext(template.singular, template.plural, number)
            else:
                sentence = _translation.gettext(template)
            return sentence % {name: _shown(value) for name, value in self.values.items()}
        except KeyError:
            # Kept by a version whose sentence had other values.
            return self._as_it_is()

    def _as_it_is(self) -> str:
        values = ", ".join(f"{name}: {_shown(value)}" for name, value in self.values.items())
        return f"{self.code} ({values})" if values else self.code

    def as_json(self) -> dict[str, Any]:
        """Return the message as it is stored."""
        return {"code": self.code, "values": stored(self.values)}

    @classmethod
    def from_json(cls, data: Any) -> Message:
        """Return the message that is stored as ``data``; anything else is a text, said as it is."""
        found = loaded(data)
        return found if isinstance(found, cls) else cls(str(found))


def stored(value: Any) -> Any:
    """Return ``value`` as JSON data, with the messages in it as they are stored."""
    return _each(value, Message.as_json)


def loaded(data: Any) -> Any:
    """Return JSON ``data`` with the messages that are stored in it."""
    return _each(data, lambda message: message)


def said(data: Any) -> Any:
    """Return ``data`` with the messages in it, or stored in it, said in the reader's language."""
    return _each(data, str)


def _each(value: Any, form: Callable[[Message], Any]) -> Any:
    """Return ``value`` with ``form`` of every message in its lists and dictionaries."""
    if isinstance(value, Message):
        return form(value)
    if isinstance(value, list | tuple):
        return [_each(one, form) for one in value]
    if not isinstance(value, Mapping):
        return value
    if value.keys() == {"code", "values"}:
        return form(Message(value["code"], **loaded(value["values"])))
    return {name: _each(one, form) for name, one in value.items()}


def _frozen(value: Value) -> Value:
    return value if isinstance(value, str | int | Message) else tuple(value)


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return _visible(value)
    if isinstance(value, int | Message):
        return str(value)
    between = "\n" if any(isinstance(one, Message) for one in value) else ", "
    return between.join(_shown(one) for one in value)


def _visible(text: str) -> str:
    """Return ``text`` with its control characters spelled out: those of a source reach no terminal."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() or unicodedata.category(one) == "Zs" else repr(one)[1:-1]
        for one in text
    )
