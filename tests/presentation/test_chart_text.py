"""What of a text fits into a line of the chart."""

import pytest

from cases.presentation.charts.chart_text import ELLIPSIS, LONGEST, cut, width, wrapped


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut("NORDLYS HOLDING AS", 13, 200) == "NORDLYS HOLDING AS"


@pytest.mark.parametrize(
    "text", ["NORDLYS KRAFTINVESTERINGER", "株式会社さくらホールディングス", "W" * 9999, "å" * 99]
)
@pytest.mark.parametrize("room", [20.0, 60.0, 120.0])
def test_a_cut_text_fits_and_ends_in_an_ellipsis(text: str, room: float) -> None:
    found = cut(text, 13, room)
    assert width(found, 13) <= room
    assert found.endswith(ELLIPSIS)


def test_a_cut_leaves_no_half_of_a_letter() -> None:
    assert cut("e\u0301" * 50, 13, 40).removesuffix(ELLIPSIS)[-1] in "e\u0301"
    assert "\u200d" + ELLIPSIS not in cut("👩\u200d👧" * 50, 13, 40)


def test_words_break_at_spaces_and_never_at_those_that_hold_together() -> None:
    assert wrapped("Person · born 2\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}1968", 12, 95) == (
        "Person · born",
        "2\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}1968",
    )


def test_a_line_does_not_end_in_the_dot_between_two_facts() -> None:
    assert wrapped("Organisation · 312", 12, 95) == ("Organisation", "312")


@pytest.mark.parametrize("most", [1, 2, 3])
def test_there_are_no_more_lines_than_wanted(most: int) -> None:
    assert len(wrapped("word " * 400, 12, 100, most)) == most


def test_only_the_beginning_of_an_endless_text_is_looked_at() -> None:
    assert len("".join(wrapped("a" * 10**6, 12, 10**9))) <= LONGEST + 1


def test_accents_are_as_wide_as_their_letters_and_marks_take_no_room() -> None:
    assert width("é", 10) == width("e", 10) == width("e\u0301", 10)
