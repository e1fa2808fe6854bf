"""Why a text is no date, so that it can be said in any language."""

from dataclasses import dataclass
from enum import Enum

__all__ = ["Fault", "Reason"]


class Fault(Enum):
    """A kind of reason."""

    #: There is nothing to read.
    EMPTY = "empty"
    #: It is too long for a date.
    LONG = "long"
    #: It is written as no date is.
    FORM = "form"
    #: It holds a date, and words that are none.
    REST = "rest"
    #: It holds more than one date.
    SEVERAL = "several"
    #: It means one date or another.
    EITHER = "either"
    #: It has a day or a month, and no year.
    NO_YEAR = "no year"
    #: The year has two digits.
    SHORT_YEAR = "short year"
    #: There is no such year.
    YEAR = "year"
    #: There is no such month.
    MONTH = "month"
    #: The month has no such day.
    DAY = "day"
    #: The day of the week is another one.
    WEEKDAY = "weekday"
    #: The end is before the start.
    BACKWARDS = "backwards"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text is no date.

    Attributes:
        words: Those of the text that it is about.
        year: That of a month that has no such day, if one was given.
        month: The number that is no month, or the month that has no such day.
        days: How many days that month has; the most that it ever has where no year was given.
    """

    fault: Fault
    words: str = ""
    year: int | None = None
    month: int | None = None
    days: int = 0
