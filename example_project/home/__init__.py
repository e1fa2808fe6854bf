"""The home page of the example site and what surrounds it."""
