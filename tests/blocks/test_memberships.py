import pytest

from hsec_wagtail.blocks.memberships import find_repeated


def member(name="", country="", role="member", since="", until=""):
    return {"name": name, "country": country, "role": role, "since": since, "until": until}


@pytest.mark.parametrize(
    "members",
    [
        pytest.param([member("Norway"), member(" norway ")], id="same name"),
        pytest.param([member("Norway", "NO"), member("Norvège", "no")], id="same country"),
        pytest.param([member("Norway", "NO"), member("Norway")], id="one without a country"),
        pytest.param(
            [member("Norway"), member("Norway", since="1999", until="2004")], id="always and then"
        ),
        pytest.param(
            [member("Norway", since="1990"), member("Norway", until="2004")], id="open ends"
        ),
        pytest.param(
            [
                member("Norway", since="1990", until="2000-05"),
                member("Norway", since="2000-03-01"),
            ],
            id="for some weeks",
        ),
    ],
)
def test_a_member_who_stands_there_at_the_same_time_is_repeated(members):
    assert find_repeated(members) == {1: 0}


@pytest.mark.parametrize(
    "members",
    [
        pytest.param([member("Norway"), member("Sweden")], id="others"),
        pytest.param([member("Congo", "CG"), member("Congo", "CD")], id="two of one name"),
        pytest.param([member("Norway"), member("Norway", role="observer")], id="in two roles"),
        pytest.param([member(), member()], id="not named yet"),
        pytest.param(
            [member("Norway", until="1966"), member("Norway", since="1970")], id="came back"
        ),
        pytest.param(
            [member("Norway", since="1970"), member("Norway", until="1966")], id="in either order"
        ),
        pytest.param(
            [member("Norway", until="1966"), member("Norway", since="1966")],
            id="came back within the year",
        ),
        pytest.param(
            [member("Norway", until="soon"), member("Norway", since="1966")], id="cannot be read"
        ),
    ],
)
def test_others_and_those_who_came_back_are_not(members):
    assert find_repeated(members) == {}


def test_each_is_said_to_repeat_the_first():
    members = [member("A"), member("B"), member("A"), member("B"), member("A")]

    assert find_repeated(members) == {2: 0, 3: 1, 4: 0}
