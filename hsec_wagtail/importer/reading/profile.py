"""Reader profiles: the habits of the pages of one legacy site.

A profile states a site's habits (what is navigation, what heads a group of quick links, how a link
shows in a capture), so that it serves every page of that site. It never lists one page's lines.
The format is YAML; the packaged ones lie in ``fixtures/profiles/``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hsec_wagtail.importer.document.names import LANGUAGE
from hsec_wagtail.importer.errors import ProfileError
from hsec_wagtail.importer.text.outside_data import fault_of, parse_yaml
from hsec_wagtail.importer.text.words import normalise

__all__ = [
    "PROFILE_FORMAT",
    "Navigation",
    "Profile",
    "knows",
    "knows_some",
    "load_profile",
    "recognise",
]

PROFILE_FORMAT: Final = "hsec-profile/1"


class _Habit(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Navigation(_Habit):
    """The site's navigation in a capture: the lines from one label to another."""

    first: str = Field(min_length=1, description="Label of the first line.")
    last: str = Field(min_length=1, description="Label of the last line.")
    slug: str = Field("site-navigation", pattern=r"^[\w-]+$", max_length=100)
    heading: str = Field("", max_length=255)


class Profile(_Habit):
    """Habits of one site."""

    format: Literal["hsec-profile/1"] = PROFILE_FORMAT
    name: str = Field(pattern=r"^[\w-]+$", max_length=100)
    title: str = ""
    language: str = Field("", pattern=rf"^({LANGUAGE})?$")
    recognise: list[str] = Field(
        min_length=1, description="Labels that all stand, each on a line, in a page of the site."
    )
    masthead: list[str] = Field(
        [], description="Labels above the navigation; '…*' for a beginning."
    )
    navigation: Navigation | None = None
    trail: bool = Field(
        False,
        description="The labels that follow the navigation are the breadcrumb, up to a blank line, a line"
        " set as a heading, or the last label above the text: that is the title.",
    )
    link_prefix: str = Field(
        "",
        description="What a lone line begins with when it was a link; without letters and digits it is"
        " left out of the label.",
    )
    actions: list[str] = Field([], description="Ends of sentences that introduce actions.")
    announced: list[str] = Field([], description="What stands in place of a page still to come.")
    quick_links: list[str] = Field([], description="Labels that head groups of quick links.")
    footer: list[str] = Field([], description="Labels below the content; '…*' for a beginning.")


def load_profile(text: str, *, name: str) -> Profile:
    """Return the profile that the YAML ``text`` describes.

    Raises:
        ProfileError: Not YAML, or not a profile; the text names the path inside it.
    """
    try:
        data = parse_yaml(text)
    except yaml.YAMLError as error:
        raise ProfileError("profile-not-yaml", name=name, fault=_one_line(error)) from error
    except RecursionError as error:
        raise ProfileError("profile-nested-too-deep", name=name) from error
    except ValueError as error:
        raise ProfileError("profile-not-yaml", name=name, fault=fault_of(error)) from error
    if not isinstance(data, dict) or data.get("format") != PROFILE_FORMAT:
        raise ProfileError("profile-of-no-format", name=name, format=PROFILE_FORMAT)
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in fault["loc"])
        raise ProfileError("profile-invalid", name=name, path=path, fault=fault["msg"]) from error


def recognise(profiles: Iterable[Profile], labels: frozenset[str]) -> Profile | None:
    """Return the profile that knows the page whose normalised lines are ``labels``.

    Of several, the one that recognises by most labels: it is the most particular.
    """
    known = [profile for profile in profiles if knows(profile, labels)]
    return max(known, key=lambda profile: len(profile.recognise), default=None)


def knows(profile: Profile, labels: frozenset[str]) -> bool:
    """Tell whether all the profile's labels are among ``labels`` (normalised)."""
    return all(normalise(label) in labels for label in profile.recognise)


def knows_some(profile: Profile, labels: frozenset[str]) -> bool:
    """Tell whether any label of the profile is among ``labels`` (normalised)."""
    known = [*profile.recognise, *profile.masthead, *profile.quick_links, *profile.footer]
    return any(normalise(label) in labels for label in known)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
