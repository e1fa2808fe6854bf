"""The report of a run as one HTML page, the source beside the result."""
