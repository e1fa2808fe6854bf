"""The initiatives that a reader asked for as files and feeds: one table of formats, all of the same rows as the list.

``table`` names the formats and answers for them; ``items`` reads the rows, and a module for each kind writes them.
"""
