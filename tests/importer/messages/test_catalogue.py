"""The catalogue: what the code says is in it, and nothing else; all of it is translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hsec_wagtail.importer import errors, messages
from hsec_wagtail.importer.messages import CATALOGUE
from hsec_wagtail.importer.messages.templates import Counted

APP = Path(messages.__file__).parents[2]
#: What makes a message of a code; ``kind`` and ``error`` are errors that a caller chose.
MAKERS = {"Message", *errors.__all__, "kind", "error"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in the package that makes a message, and where it is."""
    own = {Path(messages.__file__).parent, Path(errors.__file__)}
    for path in sorted(APP.rglob("*.py")):
        if own.isdisjoint({path, *path.parents}):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and makes_message(node):
                    yield f"{path.relative_to(APP)}:{node.lineno}", node


def makes_message(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in MAKERS and bool(call.args)


def code_of(call: ast.Call) -> str:
    """Return the code that stands in ``call``, "" for what it is given as a variable."""
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def is_given(call: ast.Call) -> bool:
    """Tell whether ``call`` is of an error that is given a message."""
    is_error = isinstance(call.func, ast.Name) and call.func.id != "Message"
    return is_error and isinstance(call.args[0], ast.Name | ast.Attribute)


CALLS = list(calls())


def forms(code: str) -> tuple[str, ...]:
    template = CATALOGUE[code]
    return (template.singular, template.plural) if isinstance(template, Counted) else (template,)


def placeholders(code: str) -> set[str]:
    found = {frozenset(PLACEHOLDER.findall(form)) for form in forms(code)}
    assert len(found) == 1, f"{code}: both forms have the same values"
    return set(*found)


def test_messages_are_named_where_they_are_made():
    """A code that is put together could not be looked for."""
    unnamed = [place for place, call in CALLS if not (code_of(call) or is_given(call))]

    assert unnamed == []


def test_every_code_is_in_the_catalogue_with_the_values_of_its_sentence():
    wrong = [
        (place, code)
        for place, call in CALLS
        if (code := code_of(call))
        and (
            code not in CATALOGUE
            or placeholders(code) != {keyword.arg for keyword in call.keywords}
        )
    ]

    assert wrong == []


def test_every_entry_is_used():
    assert set(CATALOGUE) - {code_of(call) for _, call in CALLS} == set()


def test_no_code_is_in_two_modules():
    modules = [
        module
        for module in vars(messages).values()
        if isinstance(module, dict) and module and set(module) < set(CATALOGUE)
    ]

    assert sum(len(module) for module in modules) == len(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_sentences_have_no_other_placeholders(code):
    for form in forms(code):
        assert "%" not in PLACEHOLDER.sub("", form)


@pytest.fixture(scope="module")
def french():
    with (APP / "locale" / "fr" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_entry_is_translated_with_the_same_values(french, code):
    entry = french.get(forms(code)[0])

    assert entry is not None
    assert not entry.fuzzy
    strings = (entry.string,) if isinstance(entry.string, str) else entry.string
    assert [set(PLACEHOLDER.findall(text)) for text in strings] == [placeholders(code)] * len(
        forms(code)
    )
    assert all(strings)
