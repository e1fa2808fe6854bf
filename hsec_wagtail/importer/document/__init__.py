"""The section document, its nodes, and how they map to the fields of pages. Pure."""
