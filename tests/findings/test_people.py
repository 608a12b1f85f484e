"""Roles, and who may sign."""

from tests.findings.reading import of, page, result


def test_everybody_has_one_row_with_all_their_roles() -> None:
    rows = {each.name: [str(role.text) for role in each.roles] for each in of("no_full").roles.holders}
    assert rows["Jonas Eikeland"] == ["Chief executive", "Contact person"]
    assert rows["Silje Moen"] == ["Employees’ representative"]
    assert len(rows) == len(of("no_full").roles.holders) == 8


def test_the_old_list_of_roles_is_read() -> None:
    assert [each.name for each in of("fi").roles.holders] == ["Aarne Koskela"]


def test_old_and_general_list_meet_in_one_row_with_every_spelling() -> None:
    eva = of("no_general_roles").roles.holders[0]
    assert [role.raw for role in eva.roles] == ["ceo", "boardMembers", "LIABLE_PARTNER"]
    assert (eva.name, eva.other_names) == ("Eva Lund", ("EVA LUND",))


def test_people_of_one_name_are_not_made_one() -> None:
    rows = [each for each in of("no_general_roles").roles.holders if each.name == "Eva Lund"]
    assert [str(each.born.day) if each.born else None for each in rows] == ["1980-01-02", "1991-09-09", None]


def test_an_organisation_is_recognised_by_its_number_however_written() -> None:
    row = next(each for each in of("no_general_roles").roles.holders if each.name == "BRYGGEN INVEST AS")
    assert [role.raw for role in row.roles] == ["GUARDIAN_OF_TOMORROW", "JOINT_OWNER"]


def test_a_role_nobody_has_heard_of_is_shown_as_it_came() -> None:
    found = of("no_odd")
    assert [(each.name, [role.raw for role in each.roles]) for each in found.roles.holders][-1] == (
        "Kari Ny",
        ["unheardOf"],
    )
    assert "unheardOf" in page(found, "_people").text


def test_owners_among_them_are_marked_with_their_share() -> None:
    rows = {each.name: each for each in of("no_full").roles.holders}
    assert (rows["Ingrid Solvang"].is_owner, rows["Ingrid Solvang"].share) == (True, 25)
    assert rows["Ingrid Solvang"].is_beneficial
    assert not rows["Per Haugland"].is_owner


def test_roles_named_without_a_holder_are_listed() -> None:
    assert [role.raw for role in of("no_full").roles.vacant] == [
        "deputyChairman",
        "proprietor",
        "representativeForeignEntity",
        "trustee",
    ]


def test_a_role_whose_holder_cannot_be_read_is_not_called_vacant() -> None:
    found = result({"roles": {"ceo": "Eva", "chairman": [None]}})
    assert found.roles.vacant == ()


def test_each_valid_set_of_signers_is_a_sentence() -> None:
    text = page(of("no_full"), "_people").text
    assert "Ingrid Solvang (Chair of the board, born 2 Nov 1968) alone" in text
    assert (
        "Per Haugland (Board member, born 12 Apr 1975) and"
        " Maja Lindqvist (Board member, born 23 Sep 1981) together" in text
    )


def test_a_rule_that_is_not_conclusive_says_so_with_its_remarks() -> None:
    found = of("no_full").authorities
    assert found.procuration is not None
    assert not found.procuration.is_conclusive
    text = page(of("no_full"), "_people").text
    assert "Not conclusive: read the rule" in text
    assert "The data is incomplete: The rule refers to a decision that is not registered." in text


def test_null_options_are_not_stated_and_empty_ones_are_none_listed() -> None:
    assert "Valid sets of signers Not stated" in page(of("se"), "_people").text
    assert "Valid sets of signers None listed" in page(of("no_full"), "_people").text


def test_a_rule_with_a_signer_that_cannot_be_read_is_never_conclusive() -> None:
    options = [{"required": [{"name": "Eva Lund"}, None]}]
    rule = {"signatureRights": {"status": "CONCLUSIVE", "options": options}}
    found = result({"authorities": rule}).authorities.signature
    assert found is not None
    assert (found.unread, found.is_conclusive) == (1, False)
