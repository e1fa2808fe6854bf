"""Registers and views of the app in Wagtail's admin."""
