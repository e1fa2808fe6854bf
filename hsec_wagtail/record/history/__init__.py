"""The public history of pages: as lists, differences, and pages as they stood on a day."""
