import pytest

from hsec_wagtail.blocks import BodyBlock, FigureBlock
from tests.blocks.faults import draft_faults, publish_faults


def raw(image, **picture):
    return {
        "image": {"image": image.pk, "decorative": False, "alt_text": "A harbour", **picture},
        "caption": "Port",
    }


def test_image_is_shown_with_its_text_and_caption(image):
    block = FigureBlock()

    html = block.render(block.to_python(raw(image)), {})

    assert 'alt="A harbour"' in html
    assert html.count("9w") == 3
    assert ">Port</figcaption>" in html


def test_decorative_image_has_an_empty_text(image):
    block = FigureBlock()

    html = block.render(block.to_python(raw(image, decorative=True)), {})

    assert 'alt=""' in html


def test_one_image_has_another_text_in_each_place(image):
    block = FigureBlock()

    values = block.bulk_to_python([raw(image, alt_text="One"), raw(image, alt_text="Two")])

    assert 'alt="One"' in block.render(values[0], {})
    assert 'alt="Two"' in block.render(values[1], {})


@pytest.mark.parametrize("number", [3, 30])
def test_queries_do_not_grow_with_the_images(image, number, django_assert_num_queries):
    block = FigureBlock()

    with django_assert_num_queries(2):
        values = block.bulk_to_python([raw(image)] * number)
        for value in values:
            block.render(value, {})


def test_width_is_a_number_in_any_language(image, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    image.renditions.update(width=1600)
    block = FigureBlock()

    html = block.render(block.bulk_to_python([raw(image)])[0], {})

    assert 'width="1600"' in html
    assert "1600w" in html


def test_image_that_is_gone_leaves_the_caption(root_page):
    block = FigureBlock()
    value = block.to_python({"image": {"image": 987654, "alt_text": "x"}, "caption": "Port"})

    html = block.render(value, {})

    assert "Port" in html
    assert "<img" not in html


def test_text_is_needed_to_publish(image):
    faults = publish_faults(FigureBlock(), raw(image, alt_text=""))

    assert list(faults) == ["image"]
    assert list(faults["image"]) == ["alt_text"]
    assert draft_faults(FigureBlock(), raw(image, alt_text="")) == {}


@pytest.mark.parametrize("caption", ["", "Port"])
def test_deleted_image_does_not_block_publishing(root_page, caption):
    block = BodyBlock()
    lost = {"image": {"image": 987654, "decorative": False, "alt_text": "x"}, "caption": caption}

    cleaned = block.clean(block.to_python([{"type": "image", "value": lost, "id": "i1"}]))

    assert [child.value["caption"] for child in cleaned] == [caption] * bool(caption)


def test_api_gives_the_address_and_the_text(image):
    block = FigureBlock()

    assert block.get_api_representation(block.to_python(raw(image))) == {
        "image": {
            "id": image.pk,
            "title": "Harbour",
            "url": image.file.url,
            "width": 90,
            "height": 60,
            "alt": "A harbour",
            "decorative": False,
        },
        "caption": "Port",
    }
