"""Roles, and who may sign."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from lxml import html

from cases.findings.as_json.findings import plain
from cases.findings.authority.powers import Power
from cases.findings.authority.roles import RoleHolder
from cases.findings.authority.signing_rules import Doubt
from cases.presentation.paging import Paging
from tests.findings.reading import Page, of, one_spaced, page, result
from tests.findings.rules import rule_of, signer, signing


def test_everybody_has_one_row_with_all_their_roles() -> None:
    rows = {holder.name: [str(role.text) for role in holder.roles] for holder in of("no_full").roles.holders}
    assert rows["Jonas Eikeland"] == ["Chief executive", "Contact person"]
    assert rows["Silje Moen"] == ["Employees’ representative"]
    assert len(rows) == len(of("no_full").roles.holders) == 8


def test_the_old_list_of_roles_is_read() -> None:
    assert [holder.name for holder in of("fi").roles.holders] == ["Aarne Koskela"]


def test_old_and_general_list_meet_in_one_row_with_every_spelling() -> None:
    eva = of("no_general_roles").roles.holders[0]
    assert [role.raw for role in eva.roles] == ["ceo", "boardMembers", "LIABLE_PARTNER"]
    assert (eva.name, eva.other_names) == ("Eva Lund", ("EVA LUND",))


def test_people_of_one_name_are_not_made_one() -> None:
    rows = [holder for holder in of("no_general_roles").roles.holders if holder.name == "Eva Lund"]
    assert [str(row.born.day) if row.born else None for row in rows] == ["1980-01-02", "1991-09-09", None]


def test_an_organisation_is_recognised_by_its_number_however_written() -> None:
    row = next(
        holder for holder in of("no_general_roles").roles.holders if holder.name == "BRYGGEN INVEST AS"
    )
    assert [role.raw for role in row.roles] == ["GUARDIAN_OF_TOMORROW", "JOINT_OWNER"]


def test_a_role_nobody_has_heard_of_is_shown_as_it_came() -> None:
    found = of("no_odd")
    assert [(holder.name, [role.raw for role in holder.roles]) for holder in found.roles.holders][-1] == (
        "Kari Ny",
        ["unheardOf"],
    )
    assert "unheardOf" in page(found, "authority/_people").text


def test_owners_among_them_are_marked_with_their_share() -> None:
    rows = {holder.name: holder for holder in of("no_full").roles.holders}
    assert (rows["Ingrid Solvang"].is_owner, rows["Ingrid Solvang"].share) == (True, 25)
    assert rows["Ingrid Solvang"].is_beneficial
    assert not rows["Per Haugland"].is_owner


def test_a_role_that_came_in_two_words_is_told_once() -> None:
    eva = {"name": "Eva Lund", "dateOfBirth": "1980-01-02"}
    others = [
        {**eva, "role": "CHAIRMAN_OF_THE_BOARD"},
        {**eva, "dateOfBirth": "1980-01-02T00:00:00", "role": "LIABLE_PARTNER"},
    ]
    found = result({"roles": {"chairman": eva, "boardMembers": [eva], "others": others}})
    assert [role.raw for role in found.roles.holders[0].roles][-2:] == [
        "CHAIRMAN_OF_THE_BOARD",
        "LIABLE_PARTNER",
    ]
    assert (
        "Chair of the board, Board member, Liable partner 2 Jan 1980" in page(found, "authority/_people").text
    )
    [role_] = plain(found)["roles"]
    assert role_["role_names"] == ["Chair of the board", "Board member", "Liable partner"]


def test_a_word_of_a_register_is_told_once() -> None:
    who = {"statusCodes": ["BANKRUPT", "IN_BANKRUPTCY", "ACTIVE", "ACTIVE"], "memberOfRegistries": ["X", "X"]}
    text = page(result({"keyInformation": who}), "company/_company").text
    assert "Status Bankrupt Active Registered" in text
    assert "Registers X Activity" in text


def test_roles_named_without_a_holder_are_listed() -> None:
    assert [role.raw for role in of("no_full").roles.vacant] == [
        "deputyChairman",
    ]


def test_a_role_whose_holder_cannot_be_read_is_not_called_vacant() -> None:
    found = result({"roles": {"ceo": "Eva", "chairman": [None]}})
    assert found.roles.vacant == ()


def test_who_is_in_no_set_is_told_from_where_there_is_no_set() -> None:
    assert "no set of signers is listed" in page(of("se"), "authority/_people").text
    assert "in no set that is listed" not in page(of("se"), "authority/_people").text
    assert "in no set that is listed" in page(of("no_full"), "authority/_people").text


def test_each_valid_set_of_signers_is_a_sentence() -> None:
    text = page(of("no_full"), "authority/_people").text
    assert "Ingrid Solvang (Chair of the board, born 2 Nov 1968) alone" in text
    assert (
        "Per Haugland (Board member, born 12 Apr 1975) and"
        " Maja Lindqvist (Board member, born 23 Sep 1981) together" in text
    )


def test_a_rule_that_is_not_conclusive_says_so_with_its_remarks() -> None:
    found = of("no_full").authorities
    assert found.procuration is not None
    assert not found.procuration.is_conclusive
    text = page(of("no_full"), "authority/_people").text
    assert "Not conclusive The provider could not turn the rule into sets" in text
    assert "The data is incomplete: The rule refers to a decision that is not registered." in text


def test_null_options_are_not_stated_and_empty_ones_are_none_listed() -> None:
    assert "Sets the provider lists Not stated" in page(of("se"), "authority/_people").text
    assert "Sets the provider lists None listed" in page(of("no_full"), "authority/_people").text


def test_a_rule_with_a_signer_that_cannot_be_read_is_never_conclusive() -> None:
    options = [{"required": [{"name": "Eva Lund"}, None]}]
    rule = {"signatureRights": {"status": "CONCLUSIVE", "options": options}}
    found = result({"authorities": rule}).authorities.signature
    assert found is not None
    assert (found.unread, found.is_conclusive) == (1, False)


# --- Conclusive or not, and in which words ---


@pytest.mark.parametrize(
    ("rule", "doubt"),
    [
        (rule_of([signer("Eva")]), None),
        (rule_of([signer("Eva")], status="conclusive"), None),
        (rule_of([signer("Eva")], status="IN_CONCLUSIVE"), Doubt.NOT_CONCLUSIVE),
        (rule_of(status="NOT_SET"), Doubt.NOT_SET),
        ({"status": "NOT_SET", "options": None, "remarks": [], "description": ""}, Doubt.NOT_SET),
        (rule_of(status="NOT_SET", description="Styret i fellesskap."), Doubt.NOT_SET_BUT_STATED),
        (rule_of(status="not_set", description=["odd"]), Doubt.NOT_SET_BUT_STATED),
        (rule_of([signer("Eva")], status="NOT_SET"), Doubt.NOT_SET_BUT_STATED),
        (rule_of([None], status="NOT_SET"), Doubt.NOT_SET_BUT_STATED),
        (rule_of(status="NOT_SET", remarks=[{"category": "INCOMPLETE_DATA"}]), Doubt.NOT_SET_BUT_STATED),
        (rule_of([signer("Eva")], status=None), Doubt.STATUS_NOT_STATED),
        (rule_of([signer("Eva")], status={"odd": 1}), Doubt.STATUS_NOT_STATED),
        (rule_of([signer("Eva")], status="TOMORROW"), Doubt.STATUS_UNKNOWN),
        (rule_of(), Doubt.NO_SETS),
        ({"status": "CONCLUSIVE", "options": None}, Doubt.NO_SETS),
        (rule_of([signer("Eva")], []), Doubt.PART_NOT_READ),
        (rule_of([signer("Eva")], None), Doubt.PART_NOT_READ),
        (rule_of([signer("Eva"), "Ola"]), Doubt.PART_NOT_READ),
        (rule_of([signer("Eva"), {"role": "CEO"}]), Doubt.PART_NOT_READ),
        (rule_of([signer("Eva"), {"name": ["Ola"]}]), Doubt.PART_NOT_READ),
    ],
)
def test_a_rule_is_conclusive_only_if_all_of_it_is_there(rule: dict[str, Any], doubt: Doubt | None) -> None:
    found = signing(rule).authorities.signature
    assert found is not None
    assert found.doubt == doubt
    text = page(signing(rule), "authority/_people").text
    assert ("Each set of signers below suffices." in text) is (doubt is None)
    assert doubt is None or str(doubt.words) in text
    assert ("No rule set" in text) is (doubt is Doubt.NOT_SET)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, "Signature right Not stated"),
        ({}, "Signature right Searched, nothing found"),
        ("Eva alone", "Signature right Failed: came in a form that cannot be read"),
    ],
)
def test_a_rule_that_is_not_there_says_why(rule: Any, words: str) -> None:
    both = {"signatureRights": rule, "powerOfProcuration": {"status": "NOT_SET"}}
    assert words in page(result({"authorities": both}), "authority/_people").text


def test_a_set_with_somebody_unread_in_it_is_never_said_to_suffice() -> None:
    text = page(signing(rule_of([signer("Eva Lund"), None])), "authority/_people").text
    assert "Eva Lund and somebody the result names in a form that cannot be read" in text
    assert "Eva Lund alone" not in text


# --- Sets drawn together ---

A, B, C = (signer(name, "1980-01-0" + digit) for name, digit in (("Eva", "1"), ("Ola", "2"), ("Kim", "3")))


@pytest.mark.parametrize(
    ("sets", "lines"),
    [
        ([[A]], ["Eva alone"]),
        ([[A], [B], [C]], ["Eva, Ola or Kim, each alone"]),
        ([[A], [B, C]], ["Eva alone", "Ola and Kim together"]),
        ([[A, B], [B, C]], ["Eva and Ola together", "Ola and Kim together"]),
        ([[A, B], [A, C], [C, B]], ["Any 2 of Eva, Ola or Kim, together"]),
        ([[A, B, C]], ["Eva, Ola and Kim together"]),
        ([[A], [B], [A, B]], ["Eva or Ola, each alone", "Eva and Ola together"]),
        ([[A], [A]], ["Eva alone"]),
        ([[]], ["a set without signers"]),
    ],
)
def test_sets_are_drawn_together_only_where_that_says_the_same(sets: Any, lines: list[str]) -> None:
    found = html.fromstring(
        render_to_string("findings/authority/_people.html", {"result": signing(rule_of(*sets))})
    )
    lines_ = [one_spaced(line.text_content()) for line in found.xpath("//ol[@id='signature-sets']/li")]
    assert [re.sub(r" \(born [^)]*\)", "", line) for line in lines_] == lines


def test_a_rule_of_hundreds_of_sets_is_shown_a_portion_at_a_time() -> None:
    names = [signer(f"Signer {number}") for number in range(250)]
    many = signing(rule_of(*([names[n], names[n + 1]] for n in range(249))))
    text = Page(
        render_to_string("findings/authority/_people.html", {"result": many, "paging": Paging({})})
    ).text
    assert "1–100 of 249" in text
    assert "Signer 99 and Signer 100 together" in text
    assert "Signer 100 and Signer 101 together" not in text


# --- What one row tells of somebody ---


def test_who_may_sign_is_told_in_their_row() -> None:
    rows = {holder.name: (holder.signature, holder.procuration) for holder in of("no_full").roles.holders}
    assert rows["Ingrid Solvang"] == (Power.ALONE, None)
    assert rows["Per Haugland"] == rows["Maja Lindqvist"] == (Power.TOGETHER, None)
    assert rows["Jonas Eikeland"] == (None, None)
    assert (
        "Per Haugland Board member 12 Apr 1975 together with others"
        in page(of("no_full"), "authority/_people").text
    )


@pytest.mark.parametrize(
    ("born", "asked", "power"),
    [
        ("1980-01-02", "1980-01-02", Power.ALONE),
        ("1980-01-02T00:00:00", "1980-01-02", Power.ALONE),
        ("1980-01-02", "1991-09-09", None),
        ("1980-01-02", None, Power.NAMESAKE),
        (None, "1980-01-02", Power.NAMESAKE),
        (None, None, Power.NAMESAKE),
    ],
)
def test_a_name_alone_makes_nobody_a_signer(born: str | None, asked: str | None, power: Power | None) -> None:
    rule = rule_of([signer("EVA  LUND", asked)])
    found = signing(rule, roles={"ceo": {"name": "Eva Lund", "dateOfBirth": born}})
    assert found.roles.holders[0].signature == power


def test_a_rule_that_is_not_conclusive_gives_nobody_a_power() -> None:
    rule = rule_of([signer("Eva Lund", "1980-01-02")], status="IN_CONCLUSIVE")
    found = signing(rule, roles={"ceo": {"name": "Eva Lund", "dateOfBirth": "1980-01-02"}})
    assert found.roles.holders[0].signature == Power.NAMED


def test_an_owner_who_is_deceased_is_said_to_be_in_the_list_of_roles() -> None:
    eva = {"name": "Eva Lund", "dateOfBirth": "1930-01-02"}
    gone = {**eva, "otherInformation": {"deceased": True, "deceasedDate": "2025-05-06"}}
    found = result({"roles": {"chairman": eva}, "ownership": {"beneficials": [gone]}})
    assert found.roles.holders[0].is_deceased
    assert "Eva Lund deceased 6 May 2025" in page(found, "authority/_people").text


EVA = {"name": "Eva Lund", "dateOfBirth": "1980-01-02"}


def holding(role: dict[str, Any], shareholders: Any = (), beneficials: Any = ()) -> RoleHolder:
    """The row of somebody who may be an owner too."""
    ownership = {"shareholders": [*shareholders], "beneficials": [*beneficials]}
    return result({"roles": {"ceo": role}, "ownership": ownership}).roles.holders[0]


def test_an_owner_listed_with_a_number_is_the_holder_of_a_role_without_one() -> None:
    found = holding(EVA, [{**EVA, "organizationNumber": "7077", "percentage": 60}])
    assert (found.is_owner, found.share) == (True, 60)


def test_a_share_is_the_sum_that_the_owners_show() -> None:
    assert holding(EVA, [{**EVA, "percentage": 10}, {**EVA, "percentage": 30}]).share == 40


def test_a_holder_is_deceased_by_whichever_entry_says_so() -> None:
    gone = {**EVA, "otherInformation": {"deceased": True, "deceasedDate": "2025-05-06"}}
    found = holding(EVA, beneficials=[{**EVA, "reason": "DIRECT_OWNERSHIP"}, gone])
    assert found.is_deceased
    assert found.deceased_on is not None


@pytest.mark.parametrize(
    "owners",
    [
        [{**EVA, "organizationNumber": "1001"}, {**EVA, "organizationNumber": "1002"}],
        [{"name": "Eva Lund"}],
        [{**EVA, "dateOfBirth": "1991-09-09"}],
    ],
)
def test_a_holder_is_no_owner_who_cannot_be_told_to_be_the_same(owners: list[dict[str, Any]]) -> None:
    found = holding(EVA, [{**owner, "percentage": 10} for owner in owners])
    assert (found.is_owner, found.share) == (False, None)


def test_a_number_of_another_is_not_overruled_by_name_and_birth() -> None:
    role = {**EVA, "organizationNumber": "7088"}
    assert not holding(role, [{**EVA, "organizationNumber": "7077", "percentage": 60}]).is_owner


def test_roles_of_one_with_a_number_here_and_a_birth_there_are_one_row() -> None:
    number = {"organizationNumber": "7077"}
    found = result({"roles": {"ceo": number, "chairman": EVA, "deputyChairman": {**EVA, **number}}})
    assert [len(holder.roles) for holder in found.roles.holders] == [3]


ESTATE = {"organizationType": "BANKRUPT_ESTATE", "country": "NO"}


@pytest.mark.parametrize("holder", [{}, [], [{}], None])
def test_an_empty_node_in_the_place_of_a_holder_is_a_vacant_role(holder: Any) -> None:
    found = result({"keyInformation": ESTATE, "roles": {"trustee": holder, "ceo": {"name": "Eva"}}})
    assert [role.raw for role in found.roles.vacant] == ["trustee"]
    assert [holder.name for holder in found.roles.holders] == ["Eva"]
    assert "Nobody is named as: Trustee." in page(found, "authority/_people").text


NAMED_WITHOUT_ANYBODY = {
    **dict.fromkeys(("ceo", "chairman", "deputyChairman", "proprietor", "contactPerson", "companySecretary")),
    "boardMembers": [],
    "deputyBoardMembers": [],
    "trustee": [],
    "representativeForeignEntity": {},
    "keeperOfKeys": [],
    "others": [],
}
MANAGED = ["ceo", "chairman", "deputyChairman", "boardMembers", "deputyBoardMembers"]


def test_only_roles_that_the_form_of_organisation_has_are_vacant() -> None:
    wanted: dict[tuple[str | None, str | None], list[str]] = {
        ("NO", "LIMITED_COMPANY"): MANAGED,
        ("NOR", "limited_company"): MANAGED,
        ("NO", "SOLE_PROPRIETORSHIP"): ["proprietor"],
        ("NO", "BANKRUPT_ESTATE"): ["trustee"],
        ("NO", "NORWEGIAN_REGISTERED_FOREIGN_BUSINESS"): [*MANAGED, "representativeForeignEntity"],
        ("NO", "ASSOCIATION_CLUB_ORGANIZATION"): [*MANAGED, "contactPerson"],
        ("NO", "MUNICIPALITY"): ["ceo", "contactPerson"],
        ("NO", "FORM_OF_TOMORROW"): [],
        ("NO", None): [],
        (None, "LIMITED_COMPANY"): [],
        ("SE", "AKTIEBOLAG"): MANAGED,
        ("SE", "HANDELSBOLAG"): [],
        ("SE", "LIMITED_COMPANY"): [],
        ("FI", "OSAKEYHTIO"): MANAGED,
        ("DK", "ANPARTSSELSKAB"): MANAGED,
        ("DE", "LIMITED_COMPANY"): [],
    }
    for (country, form), vacant in wanted.items():
        who = {"country": country, "organizationType": form}
        found = result({"keyInformation": who, "roles": NAMED_WITHOUT_ANYBODY})
        assert {role.raw for role in found.roles.vacant} == set(vacant), (country, form)
        assert ("Nobody is named as" in page(found, "authority/_people").text) is bool(vacant)


def test_a_holder_with_unheard_of_fields_alone_is_not_called_vacant() -> None:
    assert result({"roles": {"trustee": {"fromTomorrow": 1}}}).roles.vacant == ()


def test_an_owner_leads_to_where_owners_are_read_where_there_is_such_a_place() -> None:
    shown = {"result": of("no_full"), "ownership_address": "/there/"}
    assert ("a", {"href": "/there/"}) in Page(render_to_string("findings/authority/_people.html", shown)).tags
    assert "a" not in {tag for tag, attrs in page(of("no_full"), "authority/_people").tags if "href" in attrs}


def test_a_cell_about_signing_says_why_there_is_nothing_to_say() -> None:
    somebody = {"roles": {"ceo": {"name": "Kari"}}}
    assert (
        "May sign Kari Chief executive Not stated Failed: not delivered by the provider"
        in page(
            result({**somebody, "ownership": {"shareholders": [], "beneficials": []}}), "authority/_people"
        ).text
    )
    rule = {"signatureRights": {"status": "CONCLUSIVE", "options": [{"required": [{"name": "Eva"}]}]}}
    assert (
        "in no set that is listed"
        in page(result({**somebody, "authorities": rule}), "authority/_people").text
    )
