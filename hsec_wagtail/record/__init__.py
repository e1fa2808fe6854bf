"""The public record: what the published pages of a section say, as rows that can be listed, counted and handed out.

``rows`` derives the rows of pages from their bodies, ``keeping`` writes, makes afresh and checks them, ``signals``
keeps them true whatever happens to a page.
"""
