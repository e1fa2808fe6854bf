"""Migrations of the bare page."""
