"""Words, sequences, HTML cleaning and URLs: what every other package stands on. Pure."""
