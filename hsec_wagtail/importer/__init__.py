"""From a legacy section to Wagtail pages: read, account for every word, plan, apply, undo."""
