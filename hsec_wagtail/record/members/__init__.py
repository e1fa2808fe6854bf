"""The members of a section's forums: who, in which role, since when, and whether on a given day."""
