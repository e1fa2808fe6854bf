"""No list of the admin exports a formula."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from django.urls import reverse

from hsec_wagtail.admin.viewsets import ImportRunIndexView, QuickLinksViewSet
from hsec_wagtail.models import ImportRun
from tests import factories as make

FORMULA = "=1+1"
ADDRESSES = ["quick links", "runs", "items"]


@pytest.fixture
def addresses(section):
    """Return the address of each list, whose texts look like formulas."""
    section.title = FORMULA
    section.save()
    make.quick_links(FORMULA, slug="formula", page=section)
    run = ImportRun.objects.create(status="done", source_name=FORMULA, parent=section)
    run.items.create(
        position=1, object_id="1", key=FORMULA, title=FORMULA, language="en", action="create",
        content_type=section.content_type,
    )  # fmt: skip
    return {
        "quick links": reverse(QuickLinksViewSet().get_url_name("list")),
        "runs": reverse("hsec-import-runs_modeladmin_index"),
        "items": reverse("hsec_runs:items", args=[run.pk]),
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_cell_of_a_csv_file_is_a_formula(client, superuser, addresses, name):
    client.force_login(superuser)

    text = client.get(addresses[name] + "?export=csv").getvalue().decode()

    assert f"'{FORMULA}" in text
    assert not [cell for line in text.splitlines() for cell in line.split(",") if cell == FORMULA]


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_cell_of_a_workbook_is_a_formula(client, superuser, addresses, name):
    client.force_login(superuser)

    content = client.get(addresses[name] + "?export=xlsx").getvalue()

    sheet = load_workbook(BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if FORMULA in str(cell.value)]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_register_without_wagtail_modeladmin_exports_no_formula():
    assert ImportRunIndexView().preprocess_field_value("source_name", FORMULA, "csv") == "'=1+1"
