"""An app with a bare Wagtail page, which our edit form is compared to."""
