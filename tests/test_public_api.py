"""What a site may import, as docs/reference/python-api.md lists it."""

import doctest
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from django.apps import apps

import hsec_wagtail.dates
import hsec_wagtail.importer.reading
from hsec_wagtail import importer

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
PAGE = (REFERENCE / "python-api.md").read_text(encoding="utf-8")
# Architecture explains the modules themselves.
DOCS = sorted(
    {ROOT / "README.md", *ROOT.glob("docs/**/*.md")} - {*ROOT.glob("docs/**/architecture.md")}
)
SIGNATURES = dict(re.findall(r"^### `(\w+)(\(.*\))`$", PAGE, flags=re.MULTILINE))
MODULES = re.findall(r"^\| `(hsec_wagtail[\w.]*)` \|", PAGE, flags=re.MULTILINE)

FUNCTIONS = {
    **{name: getattr(importer, name) for name in importer.__all__ if name.islower()},
    "find_dates": hsec_wagtail.dates.find_dates,
    "read": hsec_wagtail.importer.reading.read,
}


def section(heading: str) -> str:
    """Return the text below ``heading``, up to the next one."""
    return re.split(r"^#+ ", PAGE.partition(f" {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below ``heading``."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def signature(function: Callable[..., Any]) -> str:
    """Return the signature of ``function`` without its types."""
    given = inspect.signature(function)
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in given.parameters.values()]
    return str(inspect.Signature(bare))


def failures(text: str, name: str, names: dict[str, Any] | None = None) -> str:
    """Run the examples in ``text``, of which there must be some, and return what went wrong."""
    said: list[str] = []
    test = doctest.DocTestParser().get_doctest(text, dict(names or {}), name, name, 0)
    assert test.examples
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return "".join(said)


def test_every_function_is_documented():
    assert SIGNATURES.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_documented_signatures_are_those_of_the_code(name):
    assert SIGNATURES[name] == signature(FUNCTIONS[name])


def test_documented_options_of_reading_are_those_of_the_code():
    documented = {name: default for name, default, _ in rows("`ReadOptions`")}

    assert documented == defaults(importer.ReadOptions)


def test_documented_options_of_an_import_are_those_of_the_code():
    documented = {name: default for name, default, _ in rows("`ImportOptions`")}

    assert documented == {
        name: default
        for name, default in defaults(importer.ImportOptions).items()
        if name not in defaults(importer.ReadOptions)
    }


def defaults(kind: type[importer.ReadOptions]) -> dict[str, str]:
    """Return the options of ``kind`` and their defaults as the page writes them."""
    found = {field.name: field.default for field in fields(kind)}
    assert MISSING not in found.values()
    return {
        f"`{name}`": f"`{default}`"
        if isinstance(default, importer.OnConflict)
        else f"`{default!r}`"
        for name, default in found.items()
    }


def test_documented_errors_are_those_of_the_code():
    errors = {name for name in importer.__all__ if name.endswith("Error")}

    assert {name for name, _ in rows("Errors")} == {f"`{name}`" for name in errors}


@pytest.mark.parametrize("name", [name for name in importer.__all__ if name.endswith("Error")])
def test_every_error_is_one_of_the_importer(name):
    assert issubclass(getattr(importer, name), importer.ImportContentError)


def test_every_exported_name_is_on_the_page():
    assert [name for name in importer.__all__ if not re.search(rf"`{name}\b", PAGE)] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_public_module_has_all_that_it_exports(module):
    public = importlib.import_module(module)

    assert public.__all__
    assert [name for name in public.__all__ if not hasattr(public, name)] == []


def test_the_importer_lists_what_it_imports_late():
    assert set(importer.__all__) <= set(dir(importer))


def test_a_name_that_the_importer_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'imprt'"):
        _ = importer.imprt  # type: ignore[attr-defined]


def test_the_importer_and_its_readers_are_importable_without_django():
    code = (
        "import sys, hsec_wagtail.importer, hsec_wagtail.importer.reading, hsec_wagtail.dates;"
        "sys.exit('django' in sys.modules or 'wagtail' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603

    assert done.returncode == 0


@pytest.mark.parametrize("page", ["python-api.md", "dates.md"])
def test_the_examples_of_the_reference_are_true(home, page):
    text = (REFERENCE / page).read_text(encoding="utf-8")
    examples = "\n".join(
        re.findall(r"^```python\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    )

    assert failures(examples, page) == ""


@pytest.mark.parametrize(
    "module",
    [importer, hsec_wagtail.importer.reading, hsec_wagtail.dates],
    ids=lambda m: m.__name__,
)
def test_the_examples_of_a_public_module_are_true(home, module):
    names = {name: getattr(module, name) for name in module.__all__}

    assert failures(module.__doc__, module.__name__, names) == ""


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_docs_name_only_what_is_public(path):
    text = path.read_text(encoding="utf-8")

    assert [name for name in named_in(text) if not is_public(name)] == []


def test_hints_of_the_system_checks_name_only_what_is_public():
    lines = (ROOT / "hsec_wagtail" / "checks.py").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(("from ", "import ")))

    assert [name for name in named_in(text) if not is_public(name)] == []


def named_in(text: str) -> Iterator[str]:
    """Yield the modules of ours that ``text`` names, and the names that it imports from them."""
    yield from re.findall(r"\bhsec_wagtail(?:\.\w+)+", text)
    for module, names in re.findall(r"from (hsec_wagtail[\w.]*) import ([\w, ]+)", text):
        yield from (f"{module}.{name}" for name in names.split(", "))


def is_public(name: str) -> bool:
    """Tell whether ``name`` is that of a public module, of what one exports, or of a model."""
    module, _, last = name.rpartition(".")
    if name in MODULES:
        return True
    if module in MODULES:
        return last in importlib.import_module(module).__all__
    return module == "hsec_wagtail" and last.lower() in apps.all_models["hsec_wagtail"]
