"""The names that our models give to models of others."""

from typing import Any

from django.apps import apps


def test_no_reverse_name_can_be_that_of_a_site_s_own_model():
    given = {
        (model.__name__, name)
        for model, name in foreign_relations()
        if name and not name.endswith("+")
    }

    # Wagtail's own mixin names that one, after the model.
    assert {entry for entry in given if not entry[1].startswith("hsec_")} == {
        ("QuickLinksSnippet", "locked_quicklinkssnippets")
    }


def foreign_relations() -> list[tuple[Any, str | None]]:
    """Return our models with the names that models of other apps know them by."""
    fields: list[Any] = [
        field
        for model in apps.get_app_config("hsec_wagtail").get_models()
        for field in model._meta.local_fields
        if field.is_relation
    ]
    return [
        (field.model, field.remote_field.get_accessor_name())
        for field in fields
        if field.related_model._meta.app_label != "hsec_wagtail"
    ]
