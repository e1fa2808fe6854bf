"""A section of the site to a section document."""
