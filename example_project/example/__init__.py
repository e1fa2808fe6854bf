"""The example site: a fictional department that hosts an international-policy section."""
