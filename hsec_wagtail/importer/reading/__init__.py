"""Bytes to a section document, with every word of the source accounted for. Pure."""
