"""What may be concluded, on which ground, and what each conclusion needs."""

from cases.assessment.owners.candidates import ANSWERS, REASONS, SHARED, Answer, Because, Why
from cases.assessment.owners.grounds import CONCLUSIONS, GROUNDS, Conclusion, Ground, lacking

SHARES = Ground.SHARES_OVER_LIMIT


def test_every_code_has_words() -> None:
    assert {*CONCLUSIONS} == {*Conclusion}
    assert {*GROUNDS} == {*Ground}
    assert ({*REASONS}, {*ANSWERS}, {*SHARED}) == ({*Because}, {*Answer}, {*Why})
    assert [str(Conclusion.NOT_ONE.words), str(SHARES.words)] == ["Not one", "Shares over 25 %"]


def test_a_conclusion_that_lacks_nothing_may_stand() -> None:
    assert lacking(Conclusion.BENEFICIAL_OWNER, SHARES, "Shareholder register.") == ()
    assert lacking(Conclusion.NOT_ONE, None, "Holds 13 % alone.") == ()
    assert lacking(Conclusion.SENIOR_MANAGER, None, "Nobody else.", is_search_stated=True) == ()


def test_what_a_conclusion_lacks_is_said() -> None:
    ground, search, why = (
        "Choose the ground.",
        "Describe the search, and state that nothing is suspected.",
        "Write why.",
    )
    no_ground = "A ground belongs to a beneficial owner only."
    cases = [
        (Conclusion.BENEFICIAL_OWNER, None, "words", [ground]),
        (Conclusion.BENEFICIAL_OWNER, SHARES, " ", [why]),
        (Conclusion.NOT_ONE, SHARES, "words", [no_ground]),
        (Conclusion.NOT_ONE, None, "", [why]),
        (Conclusion.SENIOR_MANAGER, None, "words", [search]),
        (Conclusion.SENIOR_MANAGER, SHARES, "", [no_ground, search, why]),
    ]
    wrong = [case for case in cases if [*map(str, lacking(*case[:3]))] != case[3]]
    assert wrong == []
