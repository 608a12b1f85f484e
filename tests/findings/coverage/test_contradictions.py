"""Nothing of a result hides another part of it: what came twice, or in another shape, is seen and said."""

import copy
from collections.abc import Iterator
from typing import Any

from cases.findings.as_json.findings import plain
from cases.findings.result import Result
from cases.findings.vocabulary.caution_codes import Level
from cases.provider.result.coverage import Coverage, leaves
from cases.provider.result.parsing import parse_json
from cases.provider.result.variants import Variants
from cases.provider.result.wire import Organization
from tests.findings.documents import every_element
from tests.findings.reading import codes, page, result


def of_text(text: str) -> Result:
    return result(parse_json(text.encode()))


def of_screening(*parts: str) -> Result:
    return of_text("{" + ", ".join(f'"sanction": {part}' for part in parts) + "}")


HIT = '{"status": "SANCTION", "sanctionResults": [{"name": "Olav Prøvesen", "matchIndicator": 480}]}'
CLEAR = '{"status": "NONE", "sanctionResults": [], "metadata": {"sources": ["OFAC"]}}'


def test_a_screening_that_contradicts_itself_is_said_to_and_is_never_clear() -> None:
    table = {
        "two elements": ((HIT, CLEAR), "sanction", 1),
        "the other way round": ((CLEAR, HIT), "sanction", 1),
        "null first": (("null", CLEAR), "sanction", 0),
        "an empty one last": ((CLEAR, "{}"), "sanction", 0),
        "another form": ((CLEAR, '"NONE"'), "sanction", 0),
        "a list of two": ((f"[{HIT}, {CLEAR}]",), "sanction", 1),
        "two statuses": (('{"status": "SANCTION", "status": "NONE"}',), "sanction.status", 0),
        "a list of statuses": (('{"status": ["SANCTION", "NONE"]}',), "sanction.status", 0),
        "null and a status": (('{"status": null, "status": "NONE"}',), "sanction.status", 0),
        "two lists of hits": (
            ('{"status": "NONE", "sanctionResults": [], "sanctionResults": [{"name": "A"}]}',),
            "sanction.sanctionResults",
            1,
        ),
        "one hit, two names": (
            ('{"status": "NONE", "sanctionResults": [{"name": "A", "name": "B"}]}',),
            "sanction.sanctionResults[0].name",
            1,
        ),
        "in an element nobody knows": (
            ('{"status": "NONE", "verdict": "hit", "verdict": "none"}',),
            "sanction.verdict",
            0,
        ),
    }
    for what, (parts, place, hits) in table.items():
        found = of_screening(*parts)
        assert (found.contradictions, found.screening.contradictions) == ((place,), (place,)), what
        assert not found.screening.is_clear, what
        assert len(found.screening.hits) == hits, what
        first = found.warnings[0]
        assert (first.code, first.level, first.rests_on) == (
            "screening_contradictory",
            Level.ALARM,
            place,
        ), what
        assert "screening_word_unknown" not in codes(found), what
        assert "contradicts itself" in page(found, "screening/_screening").text, what


def test_all_versions_stand_in_as_it_came() -> None:
    came = plain(of_screening(HIT, CLEAR))["as_it_came"]
    assert [(item["path"], item["value"]) for item in came] == [
        ("sanction#1.status", "SANCTION"),
        ("sanction#1.sanctionResults[0].name", "Olav Prøvesen"),
        ("sanction#1.sanctionResults[0].matchIndicator", "480"),
        ("sanction#2.status", "NONE"),
        ("sanction#2.sanctionResults", "[]"),
        ("sanction#2.metadata.sources[0]", "OFAC"),
    ]


def test_each_part_of_the_page_says_what_of_it_contradicts_itself() -> None:
    twice = '"a": 1, "a": 2'
    table = {
        "company/_company": f'{{"keyInformation": {{{twice}}}}}',
        "ownership/_ownership": f'{{"ownership": {{{twice}}}}}',
        "authority/_people": f'{{"authorities": {{{twice}}}}}',
        "screening/_screening": f'{{"sanction": {{{twice}}}}}',
        "financials/_financials": f'{{"financials": {{{twice}}}}}',
    }
    for part, text in table.items():
        found = of_text(text)
        pages = [other for other in table if "contradicts itself" in page(found, other).text]
        assert pages == [part]


def test_the_same_twice_is_no_contradiction() -> None:
    found = of_screening(CLEAR, CLEAR)
    assert (found.contradictions, found.screening.is_clear) == ((), True)
    assert (
        of_text('{"officialRoles": {"ceo": {"name": "A"}}, "roles": {"ceo": {"name": "A"}}}').contradictions
        == ()
    )


def test_a_contradiction_elsewhere_is_said_and_leaves_the_screening_alone() -> None:
    found = of_text(f'{{"keyInformation": {{"name": "A", "name": "B"}}, "sanction": {CLEAR}}}')
    assert (found.contradictions, found.screening.is_clear) == (("keyInformation.name",), True)
    assert {
        (warning.code, warning.level)
        for warning in found.warnings
        if warning.rests_on == "keyInformation.name"
    } == {("contradictory", Level.CHECK)}
    assert not found.company.name
    assert {leaf.text for leaf in found.remainder} == {"A", "B"}


def test_an_old_name_that_says_otherwise_than_the_present_one_is_a_contradiction() -> None:
    table = {
        '{"roles": {"ceo": {"name": "Anne"}}, "officialRoles": {"ceo": {"name": "Berit"}}}': "roles",
        '{"ownership": {"beneficials": {"name": "Anne"}, "beneficial": {"name": "Berit"}}}': "ownership.beneficials",
        '{"keyInformation": {"leiNumber": "Anne", "lei": "Berit"}}': "keyInformation.leiNumber",
    }
    for text, place in table.items():
        found = of_text(text)
        assert found.contradictions == (place,), text
        assert all(name in page(found).text for name in ("Anne", "Berit")), text


def test_a_list_under_two_names_is_read_under_both_and_everybody_in_either_is_a_candidate() -> None:
    anne = {"name": "Anne Prøve", "dateOfBirth": "1970-02-03"}
    berit = {"name": "Berit Prøve", "dateOfBirth": "1971-02-03"}
    cleo = {"name": "Cleo Prøve", "dateOfBirth": "1972-02-03"}
    chair, member = {**berit, "role": "CHAIRMAN"}, {**cleo, "role": "BOARD_MEMBER"}
    anne_wordier = {**anne, "reasonPhrase": "owns all of it"}
    beneficials = {
        "two lists": {"beneficials": [anne, berit], "beneficial": [berit, cleo]},
        "the other order": {"beneficial": [anne, berit], "beneficials": [anne_wordier, cleo]},
        "a list and an object": {"beneficials": [anne, berit], "beneficial": cleo},
        "an object and a list": {"beneficials": anne, "beneficial": [berit, cleo]},
        "three names": {"beneficials": [anne], "beneficial": berit, "Beneficials": [cleo]},
        "one name repeated": {"beneficials": Variants([[anne], {}]), "beneficial": [berit, cleo]},
    }
    roles = {
        "by role": {"roles": {"ceo": anne}, "officialRoles": {"ceo": [berit], "chairman": cleo}},
        "listed": {"roles": [{**anne, "role": "CEO"}], "officialRoles": [chair, member]},
        "by role and listed": {"roles": {"ceo": anne}, "officialRoles": [chair, member]},
        "listed and by role": {"roles": chair, "officialRoles": {"ceo": [anne, cleo]}},
        "repeated": {"roles": Variants([{"ceo": anne}, [chair, member]])},
    }
    documents = {
        **{("ownership.beneficials", what): {"ownership": item} for what, item in beneficials.items()},
        **{("roles", what): item for what, item in roles.items()},
    }
    hits = {"sanctionResults": [{"name": entry["name"]} for entry in (anne, berit, cleo)]}
    for (place, what), document in documents.items():
        found = result({**document, "sanction": hits})
        holders = found.roles.holders if place == "roles" else found.ownership.parties
        assert {holder.name for holder in holders} == {"Anne Prøve", "Berit Prøve", "Cleo Prøve"}, what
        assert len(holders) == 3, what
        assert found.contradictions == (place,), what
        beside = [item["compared"]["party"] for item in plain(found)["hits"]]
        assert sorted(beside) == ["Anne Prøve", "Berit Prøve", "Cleo Prøve"], what


def test_holders_by_role_among_listed_ones_are_no_holder_without_a_name() -> None:
    ceo, chair = {"ceo": {"name": "Anne"}}, {"name": "Berit", "role": "CHAIRMAN"}
    found = result({"roles": [ceo, chair, None]})
    assert {holder.name: holder.places for holder in found.roles.holders} == {
        "Anne": ("roles.ceo[0]",),
        "Berit": ("roles[1]",),
    }
    assert "role_without_name" not in codes(found)


def test_of_single_values_under_two_names_the_one_that_says_something_is_read() -> None:
    for empty in ("", " ", None, {}, []):
        for names in (("lei", "leiNumber"), ("leiNumber", "lei")):
            found = result({"keyInformation": dict(zip(names, (empty, "5493"), strict=True))})
            assert (found.company.lei, found.contradictions) == ("5493", ()), (empty, names)
    assert not result({"keyInformation": {"lei": "5493", "leiNumber": "5494"}}).company.lei


def test_an_empty_present_name_does_not_hide_what_came_under_the_old_one() -> None:
    for empty in ("[]", "null"):
        found = of_text(f'{{"ownership": {{"beneficials": {empty}, "beneficial": [{{"name": "A"}}]}}}}')
        assert [beneficial.name for beneficial in found.ownership.beneficials] == ["A"], empty
        assert "ownership.beneficials" not in found.nothing, empty
    assert of_text('{"roles": {}, "officialRoles": {"ceo": {"name": "A"}}}').roles.holders[0].name == "A"


def test_a_hit_in_another_shape_is_not_overlooked() -> None:
    table = {
        '{"name": "A"}': (1, 0),
        '[[{"name": "A"}]]': (1, 0),
        '{"first": {"name": "A"}}': (1, 0),
        '"A"': (0, 1),
        "7": (0, 1),
        "false": (0, 1),
        '""': (0, 1),
        "[null]": (0, 1),
        '["A", null]': (0, 2),
        "[[]]": (0, 1),
    }
    for came, (hits, unread) in table.items():
        found = of_screening(f'{{"status": "NONE", "sanctionResults": {came}}}')
        assert (len(found.screening.hits), found.screening.unread) == (hits, unread), came
        assert not found.screening.is_clear, came
    for came in ("{}", "[]", "null"):
        assert of_screening(f'{{"status": "NONE", "sanctionResults": {came}}}').screening.is_clear, came


def test_a_role_inside_a_beneficial_owner_is_seen_in_every_shape() -> None:
    for came in ('["CEO"]', '"CEO"', '[{"role": "CEO"}]', '{"role": "CEO"}', '[null, {"role": "CEO"}, 3]'):
        found = of_text(f'{{"ownership": {{"beneficials": [{{"name": "A", "roles": {came}}}]}}}}')
        roles = [role.raw for role in found.ownership.beneficials[0].roles]
        assert "CEO" in roles, came
    odd = of_text('{"ownership": {"beneficials": [{"name": "A", "roles": {"ceo": {"name": "B"}}}]}}')
    assert ("ownership.beneficials[0].roles[0].ceo.name", "B") in {
        (leaf.path, leaf.text) for leaf in odd.remainder
    }


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield where lists and objects stand in a document, leaving out what nobody declared."""
    for name, below in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(below, dict | list) and not str(name).startswith("unknown"):
            yield (*path, name)
            yield from places(below, (*path, name))


WHOLE = every_element()
EVERY_PLACE = [*places(WHOLE)]


def at(path: tuple[str | int, ...]) -> Any:
    node: Any = WHOLE
    for name in path:
        node = node[name]
    return node


def with_value(path: tuple[str | int, ...], value: Any, node: Any = WHOLE) -> Any:
    """The whole result with another value at one place."""
    if not path:
        return value
    changed = copy.copy(node)
    changed[path[0]] = with_value(path[1:], value, node[path[0]])
    return changed


def test_an_object_in_a_list_of_its_own_says_the_same() -> None:
    usual = Organization.read(WHOLE)
    for path in EVERY_PLACE:
        if isinstance(at(path), dict):
            document = with_value(path, [at(path)])
            found = Organization.read(document)
            assert (found == usual, [*Coverage(document, found).contradictions]) == (True, []), path


def test_an_object_in_place_of_a_list_says_the_same_as_a_list_of_one() -> None:
    for path in EVERY_PLACE:
        value = at(path)
        if isinstance(value, list) and isinstance(value[0], dict):
            alone = with_value(path, value[0])
            found = Organization.read(alone)
            assert found == Organization.read(with_value(path, value[:1])), path
            assert [*Coverage(alone, found).contradictions] == [], path


def test_every_version_of_every_element_is_seen() -> None:
    others: list[Any] = [None, {}, [], "text", {"name": "Another"}, [{"name": "Another"}]]
    named = [path for path in EVERY_PLACE if isinstance(path[-1], str)]
    for turn, path in enumerate(named):
        for other in (others[turn % len(others)], others[(turn // 2) % len(others)]):
            document = with_value(path, Variants([at(path), other]))
            read = Organization.read(document)
            place = "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in path)[1:]
            assert place in [*Coverage(document, read).contradictions], path
            shown = {(where, str(leaf)) for where, leaf in Coverage(document, read).left_over}
            for version, value in (("#1", at(path)), ("#2", other)):
                came = {(where, str(leaf)) for where, leaf in leaves(value, place + version)}
                assert came <= shown, (path, other)
