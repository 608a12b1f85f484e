"""A result with more than is taken up says so, and reassures of nothing that was left out."""

import time

from cases.findings.as_json import json_text
from cases.findings.as_json.findings import plain
from cases.findings.result import Result
from cases.findings.vocabulary.caution_codes import Level
from cases.findings.vocabulary.presence import Kind
from cases.provider.result.bounds import EVERYTHING_AFTER, MOST_IN_ALL, MOST_OF_A_CHAPTER, MOST_OF_A_LIST
from cases.provider.result.parsing import parse_json
from tests.findings.reading import page, result

CLEAR = '"sanction": {"status": "NONE", "sanctionResults": []}'
# More than a chapter may hold, in lists that are short enough.
MANY = ",".join([f"[{'1,' * 999}1]"] * (MOST_OF_A_CHAPTER // 1000 + 1))


def of_text(text: str) -> Result:
    return result(parse_json(text.encode()))


def test_a_chapter_that_is_not_whole_is_warned_of_and_the_others_are_read() -> None:
    found = of_text(f'{{"ownership": {{"subsidiaries": [{MANY}], "beneficials": []}}, {CLEAR}}}')
    assert ([*found.cut], found.screening.is_clear) == (["ownership"], True)
    first = plain(found)["warnings"][0]
    assert (first["code"], first["level"], first["rests_on"]) == (
        "result_too_large",
        Level.ALARM,
        "ownership",
    )
    assert str(MOST_OF_A_CHAPTER) in first["text"]
    nothing = found.nothing["ownership.beneficials"]
    assert (nothing.kind, "more than can be taken up" in str(nothing.words)) == (Kind.FAILED, True)
    assert found.nothing["roles"].reason != nothing.reason


def test_nine_megabytes_of_small_elements_are_read_within_seconds_and_told_in_few_words() -> None:
    wrong = []
    for place, unit in (
        ("sanction", "{}"),
        ("sanction", "[]"),
        ("sanction", '{"name":"a"}'),
        ("ownership", '{"name":"a"}'),
        ("x", "{}"),
    ):
        lists = {"sanction": "sanctionResults", "ownership": "shareholders"}
        times = 9_000_000 // (len(unit) + 1)
        text = f'{{"{place}": {{"{lists.get(place, "y")}": [{",".join([unit] * times)}]}}}}'
        began = time.process_time()
        found = of_text(text)
        text_ = json_text.write(plain(found))
        took = time.process_time() - began
        (words,) = (str(warning.text) for warning in found.warnings if warning.code == "result_too_large")
        if (
            took > 30
            or len(text_) > 8_000_000
            or f"{times - MOST_OF_A_LIST} more of the same are not shown" not in words
        ):
            wrong.append((place, unit, took, len(text_), words))
    assert wrong == []


def test_a_screening_that_is_not_whole_is_never_clear() -> None:
    assert not of_text(f'{{"sanction": {{"status": "NONE", "x": [{MANY}]}}}}').screening.is_clear
    assert not of_text(f'{{"x": [{MANY}], "y": [{MANY}], "z": 1, {CLEAR}}}').screening.is_clear


def test_chapters_behind_the_last_one_taken_up_are_not_said_to_be_lacking() -> None:
    found = of_text(f'{{{CLEAR}, "x": [{MANY}], "y": [{MANY}], "z": 1, "roles": {{}}}}')
    assert ([*found.cut], found.screening.is_clear) == (["x", "y", EVERYTHING_AFTER], False)
    assert "more than can be taken up" in str(found.nothing["roles"].words)
    assert any(str(MOST_IN_ALL) in str(warning.text) for warning in found.warnings)


def test_the_page_does_not_list_what_nobody_could_read() -> None:
    seen = page(of_text(f'{{"x": [{MANY}]}}'), "_remainder")
    assert len(seen.html) < 1_000_000
    assert "The first 2000 are shown" in seen.text
