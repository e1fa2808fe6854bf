"""How large a module and a function of the package may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).resolve().parents[1] / "hsec_wagtail"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
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
