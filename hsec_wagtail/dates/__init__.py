"""Dates of unknown precision: the value (EDTF), finding dates in prose, reading what is entered, saying them in English and in French.

Pure Python: no Django, no database.

>>> [(found.edtf, found.text) for found in find_dates("In April 2004, Canada made a submission (1999-2000).")]
[('2004-04', 'April 2004'), ('1999/2000', '1999-2000')]
>>> say("1999/2000", language="fr")
'de 1999 à 2000'
"""

from .edtf import EDTF, DateError, Edge, Point, Precision
from .entry import LONGEST_ENTRY, DateEntry, read_entry
from .faults import Fault, Reason
from .find import FoundDate, find_dates
from .labels import usual_labels
from .order import DayOrder, day_order, open_order_spans, shown_orders
from .say import month_name, say

__all__ = [
    "EDTF",
    "LONGEST_ENTRY",
    "DateEntry",
    "DateError",
    "DayOrder",
    "Edge",
    "Fault",
    "FoundDate",
    "Point",
    "Precision",
    "Reason",
    "day_order",
    "find_dates",
    "month_name",
    "open_order_spans",
    "read_entry",
    "say",
    "shown_orders",
    "usual_labels",
]
