"""Dates of unknown precision: the value (EDTF), finding dates in prose, saying them in English and in French.

Pure Python: no Django, no database.

>>> [(found.edtf, found.text) for found in find_dates("In April 2004, Canada made a submission (1999-2000).")]
[('2004-04', 'April 2004'), ('1999/2000', '1999-2000')]
>>> say("1999/2000", language="fr")
'de 1999 à 2000'
"""

from .edtf import EDTF, DateError, Edge, Point, Precision
from .find import FoundDate, find_dates
from .order import DayOrder, day_order, open_order_spans, shown_orders
from .say import say

__all__ = [
    "EDTF",
    "DateError",
    "DayOrder",
    "Edge",
    "FoundDate",
    "Point",
    "Precision",
    "day_order",
    "find_dates",
    "open_order_spans",
    "say",
    "shown_orders",
]
