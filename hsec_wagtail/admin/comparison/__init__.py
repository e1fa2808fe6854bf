"""The comparison of two revisions in the history of a page or of quick links."""
