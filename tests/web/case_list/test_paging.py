import pytest
from django.template import Context, Template

from cases.presentation.paging import Paging

ROWS = list(range(250))


def test_a_short_list_is_whole() -> None:
    part = Paging({}).list_page(ROWS[:100], "owners")
    assert part.is_whole
    assert (part.first, part.last, part.previous, part.next) == (1, 100, "", "")


def test_a_long_list_is_walked_from_portion_to_portion() -> None:
    first = Paging({}).list_page(ROWS, "owners")
    assert (first.items, first.previous, first.next) == (ROWS[:100], "", "?owners=2#owners")
    last = Paging({"owners": "3"}).list_page(ROWS, "owners")
    assert (last.items, last.first, last.last, last.next) == (ROWS[200:], 201, 250, "")
    assert last.previous == "?owners=2#owners"


def test_the_way_back_to_the_first_keeps_the_rest_of_the_address() -> None:
    part = Paging({"session": "2", "owners": "2"}).list_page(ROWS, "owners")
    assert part.previous == "?session=2#owners"
    assert part.next == "?session=2&owners=3#owners"


@pytest.mark.parametrize("page_word", ["0", "-1", "x", "", "²", "999999999999", "1e3"])
def test_a_number_that_is_none_gives_the_first(page_word: str) -> None:
    assert Paging({"owners": page_word}).list_page(ROWS, "owners").first == 1


def test_a_number_too_high_gives_the_last() -> None:
    assert Paging({"owners": "99"}).list_page(ROWS, "owners").first == 201


def test_an_empty_list_has_one_empty_portion() -> None:
    part = Paging({"owners": "7"}).list_page([], "owners")
    assert (part.items, part.first, part.last, part.is_whole) == ([], 0, 0, True)


def test_a_row_is_found_in_its_portion() -> None:
    paging = Paging({"owners": "2"})
    assert paging.address_of(150, "owners", "row-7") == "#row-7"
    assert paging.address_of(250, "owners", "row-8") == "?owners=3#row-8"
    assert paging.address_of(3, "owners", "row-9") == "?#row-9"


def test_without_portions_all_rows_are_shown_or_as_many_as_paper_takes() -> None:
    shown = Template(
        "{% load paging %}{% list_page rows 'owners' as part %}{{ part.items|length }} {{ part.total }}"
    )
    assert shown.render(Context({"rows": ROWS})) == "250 250"
    assert shown.render(Context({"rows": ROWS, "most_rows": 40})) == "40 250"
    assert shown.render(Context({"rows": ROWS, "paging": Paging({"owners": "3"})})) == "50 250"
