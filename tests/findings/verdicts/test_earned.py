"""What is named in another way, or stands where nobody reads, earns no verdict."""

from typing import Any

import pytest

from cases.findings.vocabulary.code_words import Word, is_ofac_list, is_pep_list
from cases.provider.result.placeholders import is_placeholder
from tests.findings.reading import codes, result
from tests.findings.verdicts.test_verdicts import changed, good, judged, states

OWNER = {"name": "Ingrid Solvang", "dateOfBirth": "1968-11-02"}
NOBODY = (
    "No beneficial owner",
    "Ingen reelle rettighetshavere",
    "Finnes ikke",
    "Ubekendt",
    "To be confirmed",
    "Невідомо",
    "Bilinmiyor",
    "Nieznany",
    "Onbekend",
    "Brak danych",
    "Άγνωστος",
)
COLLECTIVE = (
    "Øvrige aksjonærer",
    "Other shareholders",
    "Egne aksjer",
    "Diverse eiere",
    "Övriga aktieägare",
    "Muut osakkaat",
    "Andre aktionærer",
    "Egna aktier",
)
VACANT = ("Vakant", "Styreleder", "Chairman of the board", "Toimitusjohtaja", "Ledig")


def test_words_for_nobody_and_for_many_name_nobody(subtests: pytest.Subtests) -> None:
    for name in [*NOBODY, *COLLECTIVE, *VACANT]:
        with subtests.test(name=name):
            assert is_placeholder(name)
            owners = judged(changed("ownership.beneficials", [{**OWNER, "name": name}]))
            assert states(owners)["owners"] == "points_to_check"
            signer = {"status": "CONCLUSIVE", "options": [{"required": [{**OWNER, "name": name}]}]}
            assert (
                states(judged(changed("authorities.signatureRights", signer)))["authority"]
                == "points_to_check"
            )
            found = changed("ownership.beneficials", [{**OWNER, "name": name}])
            hit = {
                "name": name.upper(),
                "birthDate": OWNER["dateOfBirth"],
                "source": "EU_GLOBAL",
                "matchIndicator": 300,
            }
            found["sanction"] |= {"status": "SANCTION", "sanctionResults": [hit]}
            assert "likely_hit" not in codes(result(found))


@pytest.mark.parametrize("name", COLLECTIVE)
def test_the_shares_of_many_together_explain_nothing(name: str) -> None:
    holders = [{**OWNER, "percentage": 60, "type": "PERSON"}, {"name": name, "percentage": 40, "type": None}]
    found = result(changed("ownership.shareholders", holders))
    assert found.ownership.unexplained == 40
    assert {"owner_without_name", "unexplained_quarter"} <= {*codes(found)}


@pytest.mark.parametrize(
    "name", ["Andre Berg", "Ledig Larsen", "Ingen Holm", "Director Films AS", "Styret AS"]
)
def test_a_name_that_only_holds_such_a_word_is_one(name: str) -> None:
    assert not is_placeholder(name)


@pytest.mark.parametrize(
    ("name", "is_pep"),
    [
        ("PEP_AC", True),
        ("pep", True),
        ("PEPPER", False),
        ("PEP_NOT_SEARCHED", False),
        ("NO_PEP", False),
        ("PEP_FAILED", False),
    ],
)
def test_a_list_is_known_by_its_words_and_none_that_was_not_searched(name: str, is_pep: bool) -> None:
    assert is_pep_list(Word(name)) is is_pep
    assert is_ofac_list(Word(name.upper().replace("PEP", "OFAC", 1))) is is_pep


@pytest.mark.parametrize(
    ("place", "value", "is_clear"),
    [
        ("pep", {"status": "HIT", "results": [{"name": "A"}]}, False),
        ("isPep", True, False),
        ("pepResults", [{"name": "A"}], False),
        ("screeningResults", [{"name": "A"}], False),
        ("watchlists", "HIT", False),
        ("sanction.metadata.failedSources", ["OFAC"], False),
        ("sanction.metadata.remarks", "partial", False),
        ("pep", False, True),
        ("pep", {}, True),
        ("peppol", {"id": 1}, True),
        ("sanction.metadata.failedSources", [], True),
        ("products", {"id": 1}, True),
    ],
)
def test_what_may_be_a_screening_and_is_not_read_clears_nobody(
    place: str, value: Any, is_clear: bool
) -> None:
    found = result(changed(place, value))
    assert found.screening.is_clear is is_clear
    assert ("screening_not_all_read" in codes(found)) is not is_clear


@pytest.mark.parametrize("form", ["STIFTELSE", "enskild firma", "JULKINEN_OSAKEYHTIO", "PARTNERSELSKAB"])
def test_nordic_legal_forms_are_known(form: str) -> None:
    assert "unknown_form" not in codes(result(changed("keyInformation.organizationType", form)))


def test_the_ordinary_result_keeps_its_verdicts() -> None:
    found = states(judged(good()))
    assert [found[topic] for topic in ("identity", "owners", "authority")] == ["in_order"] * 3


PAL = {"name": "Pål Dahl", "dateOfBirth": "1979-02-17", "type": "PERSON"}
OTHER = {**OWNER, "dateOfBirth": "1970-01-02"}


def owned(beneficials: list[dict[str, Any]], *holders: dict[str, Any]) -> dict[str, Any]:
    found = changed("ownership.beneficials", beneficials)
    found["ownership"]["shareholders"] = [*holders]
    return found


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (owned([OWNER], {**PAL, "percentage": 100}), "owner_not_beneficial"),
        (owned([OWNER], {**OWNER, "percentage": 75}, {**PAL, "percentage": 25}), "owner_not_beneficial"),
        (owned([OWNER], {**OTHER, "type": "PERSON", "percentage": 100}), "owner_not_beneficial"),
        (
            owned([{"name": "Nordlys AS", "organizationNumber": "312433060"}], {**OWNER, "percentage": 100}),
            "beneficial_is_organisation",
        ),
        (owned([{"name": "Zeta Trust Ltd"}], {**OWNER, "percentage": 100}), "beneficial_is_organisation"),
        (
            owned(
                [{**OWNER, "percentageControl": 10}],
                {**OWNER, "percentage": 60, "type": "PERSON"},
                {"name": "B AS", "organizationNumber": "317220731", "percentage": 40, "type": "ORGANIZATION"},
            ),
            "control_differs",
        ),
        (
            owned(
                [{**OWNER, "percentageControl": 60, "reason": "DIRECT_OWNERSHIP"}],
                {
                    "name": "B AS",
                    "organizationNumber": "317220731",
                    "percentage": 100,
                    "type": "ORGANIZATION",
                },
            ),
            "control_differs",
        ),
    ],
)
def test_owners_are_in_order_only_where_the_two_lists_fit(document: dict[str, Any], code: str) -> None:
    assert code in codes(result(document))
    assert states(judged(document))["owners"] == "points_to_check"


@pytest.mark.parametrize(
    "document",
    [
        owned([OWNER], {**OWNER, "percentage": 76}, {**PAL, "percentage": 24}),
        owned([OWNER], {**OWNER, "name": "Solvang, Ingrid", "type": "PERSON", "percentage": 100}),
        owned([{**OWNER, "percentageControl": 100}], {**OWNER, "type": "PERSON", "percentage": 100}),
    ],
)
def test_owners_that_fit_are_in_order(document: dict[str, Any]) -> None:
    assert states(judged(document))["owners"] == "in_order"


def signing(*options: dict[str, Any]) -> dict[str, Any]:
    return changed("authorities.signatureRights", {"status": "CONCLUSIVE", "options": [*options]})


def died() -> dict[str, Any]:
    return changed("ownership.beneficials", [{**OWNER, "otherInformation": {"deceased": True}}])


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (signing({"required": [PAL]}), "signer_not_in_roles"),
        (signing({"required": [OTHER]}), "signer_born_otherwise"),
        (signing({"required": [OWNER, OWNER]}), "signer_twice"),
        (signing({"required": [{"name": "Ingrid Solvang"}, {"name": "Ingrid Solvang"}]}), "signer_twice"),
        (signing({"required": [{"name": "Ingrid Solvang"}]}), "signer_not_identified"),
        (signing({"required": [{**OWNER, "dateOfBirth": "1968"}]}), "signer_not_identified"),
        (signing({"required": [{**OWNER, "role": "CEO"}]}), "signer_role_differs"),
        (signing({"required": [{**OWNER, "role": "SOMETHING_NEW"}]}), "signer_role_differs"),
        (died(), "signer_deceased"),
        *(
            (signing({"required": [OWNER], name: value}), "authority_not_conclusive")
            for name, value in (
                ("numberRequired", 2),
                ("optional", [PAL]),
                ("minimum", 2),
                ("condition", "Up to NOK 1"),
            )
        ),
    ],
)
def test_authority_is_in_order_only_by_signers_that_are_known_and_rules_that_are_read(
    document: dict[str, Any], code: str
) -> None:
    assert code in codes(result(document))
    assert states(judged(document))["authority"] == "points_to_check"


@pytest.mark.parametrize(
    "option",
    [
        {"required": [{**OWNER, "role": "CHAIRMAN_OF_THE_BOARD"}]},
        {"required": [{**OWNER, "role": "BOARD_MEMBER"}]},
        {"required": [{**OWNER, "name": "SOLVANG Ingrid"}]},
        {"required": [OWNER], "optional": []},
        {"required": [OWNER], "condition": None},
    ],
)
def test_signers_that_are_known_are_in_order(option: dict[str, Any]) -> None:
    assert states(judged(signing(option)))["authority"] == "in_order"


PAIR = [OWNER, PAL]
THIRD = {"name": "Tora Vik", "dateOfBirth": "1983-05-30"}
BOTH = "Styrets leder alene, eller to styremedlemmer i fellesskap."
IN_WORDS: list[tuple[str, list[list[dict[str, Any]]], bool]] = [
    # Several are asked for, and a set holds one.
    ("To styremedlemmer i fellesskap.", [[OWNER]], True),
    ("To styremedlemmer i fellesskap.", [PAIR, [OWNER]], True),
    ("Firman tecknas av två ledamöter i förening", [[OWNER]], True),
    ("FIRMAN TECKNAS TILLSAMMANS", [[OWNER]], True),
    ("Kaksi hallituksen jäsentä yhdessä", [[OWNER]], True),
    ("Kaksi hallituksen ja\u0308senta\u0308 yhdessa\u0308", [[OWNER]], True),
    ("Two board members jointly", [[OWNER]], True),
    ("To direktører i forening", [[OWNER]], True),
    ("Daglig leder kan ikke tegne alene", [[OWNER]], True),
    ("Firman får inte tecknas av ledamot ensam", [[OWNER]], True),
    ("To styremedlemmer i  fellesskap.", [[OWNER]], True),
    ("To styremedlemmer i\u00a0fellesskap.", [[OWNER]], True),
    ("Styrets leder alene\n To styremedlemmer i\tfellesskap", [[OWNER]], False),
    ("Styrets leder\nTo styremedlemmer i fellesskap", [[OWNER], PAIR], False),
    # One suffices, and every set holds several.
    ("Styremedlemmene hver for seg", [PAIR], True),
    ("Bestyrelsens medlemmer hver for sig", [PAIR], True),
    ("Firman tecknas var för sig", [PAIR], True),
    ("Toimitusjohtaja yksin", [PAIR], True),
    ("The chair alone", [PAIR], True),
    # They fit, or it is not told which word belongs to which set.
    ("To styremedlemmer i fellesskap.", [PAIR], False),
    ("Styrets leder alene", [[OWNER]], False),
    ("Styrets leder alene", [[OWNER], PAIR], False),
    (BOTH, [[OWNER]], False),
    (BOTH, [[OWNER], PAIR], False),
    ("Styrets leder, eller to styremedlemmer i fellesskap", [[OWNER], PAIR], False),
    ("Styrets leder eller to styremedlemmer i fellesskap", [[OWNER]], True),
    # So many are asked for, and no set holds so many.
    ("Tre styremedlemmer i fellesskap.", [PAIR], True),
    ("Tre styremedlemmer i fellesskap.", [[*PAIR, THIRD]], False),
    ("Firman tecknas av tre ledamöter i förening", [PAIR], True),
    ("Styrelsen, tre tillsammans", [PAIR], True),
    ("Two directors jointly", [[*PAIR, THIRD]], True),
    ("Two directors jointly", [[*PAIR, THIRD], PAIR], False),
    ("Three directors are to sign jointly", [PAIR], True),
    ("Tre direktører i forening", [PAIR], True),
    ("Kolme hallituksen jäsentä yhdessä", [PAIR], True),
    ("Firman tecknas i förening av tre ledamöter", [PAIR], True),
    ("At least two directors jointly", [[*PAIR, THIRD]], False),
    ("Minst tre styremedlemmer sammen", [PAIR], True),
    ("The board is to sign jointly", [[*PAIR, THIRD]], False),
    # Somebody stands beside them, there are several ways, or of how many.
    ("Styrets leder og to styremedlemmer i fellesskap", [[*PAIR, THIRD]], False),
    ("To styremedlemmer i fellesskap eller tre prokurister sammen", [[*PAIR, THIRD]], False),
    ("Two of the three directors jointly", [PAIR], False),
    ("Styret i fellesskap, § 6", [PAIR], False),
    ("Etter § 3 tegner styret i fellesskap", [PAIR], False),
    ("Styret har 3 medlemmer. De tegner i fellesskap.", [PAIR], False),
    # Unknown wording.
    ("Styret", [[OWNER]], False),
    ("Signature", [PAIR], False),
    ("Standalone signatures", [PAIR], False),
    ("", [[OWNER]], False),
]


@pytest.mark.parametrize("rule", ["signatureRights", "powerOfProcuration"])
def test_a_rule_whose_words_contradict_its_sets_is_a_point_to_check_and_answers_nothing(rule: str) -> None:
    for words, sets, differ in IN_WORDS:
        options = [{"required": [*element]} for element in sets]
        stated = {"status": "CONCLUSIVE", "description": words, "options": options}
        found = result(changed(f"authorities.{rule}", stated))
        assert ("authority_words_differ" in codes(found)) is differ, words
        read = found.authorities.signature if rule == "signatureRights" else found.authorities.procuration
        assert read is not None
        assert read.is_conclusive is not differ, words
        if differ:
            assert states(judged(changed(f"authorities.{rule}", stated)))["authority"] == "points_to_check"


KIRSTI = {"name": "Kirsti Vangen", "dateOfBirth": "1970-01-02"}
HIT = {"name": "Kirsti Vangen", "birthDate": "1970-01-02", "source": "EU_GLOBAL", "matchIndicator": 300}


def screened(place: str, value: Any) -> dict[str, Any]:
    found = changed(place, value)
    found["sanction"] |= {"status": "SANCTION", "sanctionResults": [HIT]}
    return found


def by_name(found: dict[str, Any]) -> tuple[str | None, str]:
    comparison = result(found).screening.hits[0].comparison
    assert comparison is not None
    return comparison.party.name if comparison.party else None, str(comparison.name.verdict)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("ownership.beneficial", [KIRSTI]),
        ("ownership.Beneficials", [KIRSTI]),
        ("officialRoles", {"boardMembers": [KIRSTI]}),
        ("Roles", {"boardMembers": [KIRSTI]}),
        ("roles.boardMembers", ["Kirsti Vangen"]),
        ("roles.boardMembers", [{"person": KIRSTI}]),
        ("roles.chairman", {**OWNER, "Name": "Kirsti Vangen"}),
        ("keyInformation.Name", "Kirsti Vangen AS"),
        ("ownership.shareholders", [{"percentage": 100, "type": "PERSON"}]),
    ],
)
def test_nobody_is_different_by_name_from_those_who_were_not_read(place: str, value: Any) -> None:
    party, name = by_name(screened(place, value))
    assert party in {"Kirsti Vangen", "Kirsti Vangen AS"} or (party, name) == (None, "unknown")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("address.visitingAddress.City", "Bergen"),
        ("keyInformation.StatusCodes", ["ODD"]),
        ("ownership.indicators.levels", {"odd": 1}),
    ],
)
def test_what_names_nobody_leaves_a_hit_that_is_near_to_nobody_different(place: str, value: Any) -> None:
    assert by_name(screened(place, value)) == (None, "different")


def firm(name: str, number: str, share: int) -> dict[str, Any]:
    return {"name": name, "organizationNumber": number, "percentage": share, "type": "ORGANIZATION"}


@pytest.mark.parametrize("number", ["4455667", "HRB 1234", "A-778812", "317220731"])
def test_two_names_of_one_number_are_told(number: str) -> None:
    found = result(
        owned([OWNER], firm("Zeta Shipping Ltd", number, 60), firm("Omega Mining Inc", number, 40))
    )
    (caution,) = [warning for warning in found.warnings if warning.code == "one_number_two_names"]
    assert "Zeta Shipping Ltd" in str(caution.text)
    assert "Omega Mining Inc" in str(caution.text)
    assert any(entry.names == ("Zeta Shipping Ltd", "Omega Mining Inc") for entry in found.owners)


@pytest.mark.parametrize("name", ["ZETA SHIPPING LIMITED", "Zeta Shipping", "Zeta  Shipping AS", "Ukjent"])
def test_spellings_of_one_name_are_not(name: str) -> None:
    found = owned([OWNER], firm("Zeta Shipping Ltd", "317220731", 60), firm(name, "317220731", 40))
    assert "one_number_two_names" not in codes(result(found))
