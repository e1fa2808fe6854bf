"""A document and a snapshot of the site to the steps of an import. Pure."""
