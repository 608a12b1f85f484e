import pytest
from django.template import Context, Template

from cases.web.paging import Portions

ROWS = list(range(250))


def test_a_short_list_is_whole() -> None:
    part = Portions({}).of(ROWS[:100], "owners")
    assert part.is_whole
    assert (part.first, part.last, part.previous, part.next) == (1, 100, "", "")


def test_a_long_list_is_walked_from_portion_to_portion() -> None:
    first = Portions({}).of(ROWS, "owners")
    assert (first.items, first.previous, first.next) == (ROWS[:100], "", "?owners=2#owners")
    last = Portions({"owners": "3"}).of(ROWS, "owners")
    assert (last.items, last.first, last.last, last.next) == (ROWS[200:], 201, 250, "")
    assert last.previous == "?owners=2#owners"


def test_the_way_back_to_the_first_keeps_the_rest_of_the_address() -> None:
    part = Portions({"session": "2", "owners": "2"}).of(ROWS, "owners")
    assert part.previous == "?session=2#owners"
    assert part.next == "?session=2&owners=3#owners"


@pytest.mark.parametrize("page_word", ["0", "-1", "x", "", "²", "999999999999", "1e3"])
def test_a_number_that_is_none_gives_the_first(page_word: str) -> None:
    assert Portions({"owners": page_word}).of(ROWS, "owners").first == 1


def test_a_number_too_high_gives_the_last() -> None:
    assert Portions({"owners": "99"}).of(ROWS, "owners").first == 201


def test_an_empty_list_has_one_empty_portion() -> None:
    part = Portions({"owners": "7"}).of([], "owners")
    assert (part.items, part.first, part.last, part.is_whole) == ([], 0, 0, True)


def test_a_row_is_found_in_its_portion() -> None:
    portions = Portions({"owners": "2"})
    assert portions.address_of(150, "owners", "row-7") == "#row-7"
    assert portions.address_of(250, "owners", "row-8") == "?owners=3#row-8"
    assert portions.address_of(3, "owners", "row-9") == "?#row-9"


def test_without_portions_all_rows_are_shown_or_as_many_as_paper_takes() -> None:
    shown = Template(
        "{% load portions %}{% portion rows 'owners' as part %}{{ part.items|length }} {{ part.total }}"
    )
    assert shown.render(Context({"rows": ROWS})) == "250 250"
    assert shown.render(Context({"rows": ROWS, "most_rows": 40})) == "40 250"
    assert shown.render(Context({"rows": ROWS, "portions": Portions({"owners": "3"})})) == "50 250"
