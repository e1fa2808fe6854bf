"""The record of each import, and its later uses: report, verify, undo."""
