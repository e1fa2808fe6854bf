"""The steps of an import to the site."""
