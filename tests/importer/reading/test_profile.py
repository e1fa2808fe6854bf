"""Reader profiles: what they hold, and which page they know."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.errors import ProfileError
from hsec_wagtail.importer.reading.files.packaged import (
    find_profile,
    load_profiles,
    packaged_profiles,
)
from hsec_wagtail.importer.reading.profile import Profile, load_profile, recognise
from hsec_wagtail.importer.reading.readers import read

PROFILE = """
format: hsec-profile/1
name: oldhaven
recognise: [Ministry of Oldhaven]
"""


def profile(name: str, *labels: str) -> Profile:
    return Profile(name=name, recognise=list(labels))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a: [", "p.yaml: not YAML: while parsing a flow node", id="not yaml"),
        pytest.param(
            "- a", 'p.yaml: not a reader profile: expected "format: hsec-profile/1".', id="not a profile"
        ),
        pytest.param(PROFILE + "colour: red", "p.yaml: colour: Extra inputs are not permitted", id="unknown"),
        pytest.param(
            PROFILE + "navigation: {first: Home}", "p.yaml: navigation.last: Field required", id="path"
        ),
        pytest.param(PROFILE + "language: foo bar", "p.yaml: language: String should match", id="language"),
        pytest.param(
            "format: hsec-profile/1\nname: x\nrecognise: []",
            "p.yaml: recognise: List should have at least 1 item",
            id="nothing to recognise",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_a_profile_is_named(text, message):
    with pytest.raises(ProfileError) as refused:
        load_profile(text, name="p.yaml")

    assert str(refused.value).startswith(message)


def test_a_page_is_known_by_all_labels_and_by_the_most_particular_profile():
    profiles = [profile("one", "A"), profile("two", "A", "B"), profile("three", "A", "B", "C")]

    found = recognise(profiles, frozenset({"a", "b", "d"}))

    assert found is profiles[1]


def test_a_page_may_be_known_by_none():
    assert recognise([profile("one", "A")], frozenset({"b"})) is None


def test_the_packaged_profiles_are_profiles():
    assert [profile.name for profile in packaged_profiles()] == ["dfait-human-security"]


def test_a_profile_is_found_by_name_and_by_path(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(PROFILE, encoding="utf-8")

    assert find_profile("dfait-human-security", packaged_profiles()).language == "en"
    assert find_profile(str(path), ()).name == "oldhaven"


def test_profiles_of_a_site_recognise_its_pages_and_are_known_by_name(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    profiles = load_profiles([path])
    page = "\n\n".join([*profiles[0].recognise, "Peace abroad", "The port works for peace."])

    by_itself = read(page.encode(), name="page.txt", profiles=profiles)
    by_name = read(page.encode(), name="page.txt", profile="oldhaven", profiles=profiles)

    assert [reading.record(0).profile for reading in (by_itself, by_name)] == ["oldhaven"] * 2


def test_a_profile_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ProfileError) as refused:
        find_profile("nowhere", packaged_profiles())

    assert str(refused.value) == (
        "There is no profile 'nowhere'. Give the path of one, or one of: dfait-human-security."
    )


def test_a_profile_that_cannot_be_read_is_refused(tmp_path):
    path = tmp_path / "mine.yaml"

    with pytest.raises(ProfileError) as refused:
        find_profile(str(path), ())

    assert str(refused.value) == (
        f"{path}: cannot be read as a profile: [Errno 2] No such file or directory: '{path}'. Correct the"
        " file, or name another profile."
    )


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        pytest.param(
            "dfait-human-security",
            "page.txt: the profile 'dfait-human-security' matches nothing here: no navigation from 'Our Offices'"
            " to 'About the Department'.",
            id="navigation",
        ),
        pytest.param(
            profile("oldhaven", "Ministry of Oldhaven"),
            "page.txt: the profile 'oldhaven' matches nothing here: none of its labels stands on a line.",
            id="labels",
        ),
    ],
)
def test_a_profile_that_matches_nothing_is_refused(profile, message):
    with pytest.raises(ProfileError) as refused:
        read(b"Peace\n\nWords of peace.", name="page.txt", profile=profile)

    assert str(refused.value) == (
        f"{message} Leave --profile out to read by general rules, or correct the profile."
    )


def test_a_recognised_profile_that_does_not_fit_gives_way_to_general_rules():
    labels = "\n\n".join(packaged_profiles()[0].recognise)

    reading = read(f"{labels}\n\nPeace\n\nWords of peace.".encode(), name="page.txt")

    assert reading.profile == ""
    assert reading.document.page.title == "Peace"


def test_a_profile_may_be_given_by_its_path(tmp_path):
    path = tmp_path / "oldhaven.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    data = b"Ministry of Oldhaven\n\nPeace\n\nWords of peace."

    reading = read(data, name="page.txt", profile=path)

    assert reading.profile == "oldhaven"
