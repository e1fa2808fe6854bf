"""What a block says about a value that it refuses."""

from typing import Any

from django.core.exceptions import ValidationError


def publish_faults(block: Any, raw: Any) -> Any:
    """Return the error messages by the path of children; {} if the value may be published."""
    return _faults(block.clean, block.to_python(raw))


def draft_faults(block: Any, raw: Any) -> Any:
    """Return the error messages by the path of children; {} if the value may be kept as a draft."""
    return _faults(block.clean_deferred, block.to_python(raw))


def _faults(clean: Any, value: Any) -> Any:
    try:
        clean(value)
    except ValidationError as error:
        return _flatten(error)
    return {}


def _flatten(error: ValidationError) -> Any:
    children = getattr(error, "block_errors", None)
    if children:
        return {name: _flatten(child) for name, child in dict(children).items()}
    return error.messages
