import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.people.domain import (
    HandleMalformed,
    HandleReserved,
    TooYoung,
    check_age,
    check_handle,
    device,
    skeleton,
    suggest_handle,
)


@pytest.mark.parametrize("handle", ["abc", "marie.dupont", "a-b_c", "X" * 30, "4ever"])
def test_check_handle_takes_ordinary_names(handle):
    assert check_handle(handle) == handle


@pytest.mark.parametrize("handle", ["", "ab", "x" * 31, ".abc", "abc-", "élise", "a b c", "a/b", "аdele", "abc\n"])
def test_check_handle_refuses_malformed(handle):
    with pytest.raises(HandleMalformed):
        check_handle(handle)


@pytest.mark.parametrize("handle", ["Adm1n", "4dmin", "rnoderator", "m0derat0r", "St4ff", "a-d-m-i-n", "0wner"])
def test_check_handle_refuses_names_of_the_team(handle):
    with pytest.raises(HandleReserved):
        check_handle(handle)


@pytest.mark.parametrize("handle", ["olga", "0lga", "o1ga", "O.L.G.A"])
def test_check_handle_refuses_look_alikes_of_a_colleague(handle):
    with pytest.raises(HandleReserved):
        check_handle(handle, {skeleton("olga")})


def test_skeleton_sees_through_other_alphabets():
    assert skeleton("Ольга") != skeleton("olga")
    assert skeleton("аdmin") == skeleton("admin")  # Cyrillic а
    assert skeleton("οwner") == skeleton("owner")  # Greek ο


@given(st.text(max_size=80))
def test_suggest_handle_is_always_wellformed(name):
    handle = suggest_handle(name)
    try:
        assert check_handle(handle) == handle
    except HandleReserved:
        assert 3 <= len(handle) <= 30


@pytest.mark.parametrize(("year", "fits"), [(2011, True), (2012, False), (1950, True)])
def test_check_age(year, fits):
    if fits:
        check_age(year, 2026, 15)
    else:
        with pytest.raises(TooYoung):
            check_age(year, 2026, 15)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8", "curl/8"),
        ("", "?"),
    ],
)
def test_device_is_told_in_two_words(says, told):
    assert device(says) == told
