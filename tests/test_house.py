"""How large modules and functions of the package may be, and how they are named and described."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).resolve().parents[1] / "hsec_wagtail"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
#: Names that say nothing of what a module is about.
EMPTY_NAMES = {"common", "helpers", "utils"}
#: Packages in which a class or a type has a name that no other has.
UNIQUELY_NAMED = ("importer", "dates")
#: Begins the comment above a longer function that says why it is.
REASON = "# long: "


def modules() -> Iterator[Path]:
    """Yield the modules of the package except migrations, which are written once."""
    yield from (path for path in sorted(APP.rglob("*.py")) if "migrations" not in path.parts)


def functions(source: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """Yield the functions of ``source``, each with the line above it or above its decorators."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            yield node, lines[first - 2].strip() if first > 1 else ""


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of ``function`` without its docstring, which may be as long as it has to be."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return whole
    docstring = function.body[0]
    return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def type_names(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the classes and of the type aliases of a module, which alone are in CamelCase."""
    yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        yield from (name for name in names if name.lstrip("_")[:1].isupper() and not name.isupper())


def docstrings(tree: ast.Module) -> Iterator[str]:
    """Yield the docstrings of a module and of all that it defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def test_no_module_is_longer_than_one_can_take_in():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {
        path.relative_to(APP).as_posix(): lines
        for path, lines in lengths.items()
        if lines > LONGEST_MODULE
    } == {}


def test_no_function_is_longer_than_a_screen_without_a_reason():
    long = {
        f"{path.relative_to(APP).as_posix()}: {function.name}": length(function)
        for path in modules()
        for function, above in functions(path.read_text(encoding="utf-8"))
        if length(function) > LONGEST_FUNCTION and not above.startswith(REASON)
    }

    assert long == {}


def test_no_two_types_of_the_importer_and_the_dates_share_a_name():
    found: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        place = path.relative_to(APP)
        if place.parts[0] in UNIQUELY_NAMED:
            for name in type_names(ast.parse(path.read_text(encoding="utf-8"))):
                found[name.lstrip("_")].append(place.as_posix())

    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_no_module_has_a_name_that_says_nothing():
    names = {path: path.parent.name if path.stem == "__init__" else path.stem for path in modules()}

    assert [path for path, name in names.items() if name.strip("_") in EMPTY_NAMES] == []


def test_docstrings_say_what_a_thing_is_or_does():
    found = {
        path.relative_to(APP).as_posix(): text.splitlines()[0]
        for path in modules()
        for text in docstrings(ast.parse(path.read_text(encoding="utf-8")))
        if text.split()[:1] == ["What"]
    }

    assert found == {}
