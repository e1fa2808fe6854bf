"""Words, sequences, HTML cleaning and URLs, on which all other packages are built. Pure."""
