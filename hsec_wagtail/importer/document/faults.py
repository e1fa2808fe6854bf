"""Faults that pydantic found in a document, as they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hsec_wagtail.importer.messages import Message

__all__ = ["words_of"]


def words_of(fault: Mapping[str, Any]) -> Message | str:
    """Return the message of a validator of ours, or what pydantic says itself."""
    error = fault.get("ctx", {}).get("error")
    told = error.args[0] if isinstance(error, ValueError) and error.args else None
    return told if isinstance(told, Message) else str(fault["msg"])
