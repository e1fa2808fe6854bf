"""How much an import reads; every refusal names the setting that says so."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bounds"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one import, as the settings of the same names have them.

    ``source_bytes`` is for one source, ``files`` and ``total_bytes`` are for all of them together, and for
    all that an archive holds; ``expansion`` is how many times its own size an archive may hold.
    """

    source_bytes: int = 20_000_000
    files: int = 20_000
    total_bytes: int = 1_000_000_000
    expansion: int = 100
