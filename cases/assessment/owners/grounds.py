"""What people may conclude of a candidate, on which ground, and what a conclusion needs."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Words


class Conclusion(StrEnum):
    """What a person concludes of a candidate."""

    BENEFICIAL_OWNER = "BENEFICIAL_OWNER"
    NOT_ONE = "NOT_ONE"
    SENIOR_MANAGER = "SENIOR_MANAGER"

    @property
    def words(self) -> Words:
        """The conclusion as people say it."""
        return CONCLUSIONS[self]

    @property
    def needs_ground(self) -> bool:
        """Must a ground be given?"""
        return self is Conclusion.BENEFICIAL_OWNER

    @property
    def needs_statement(self) -> bool:
        """Must the search be described, and be stated that nothing is suspected (R12)?"""
        return self is Conclusion.SENIOR_MANAGER


class Ground(StrEnum):
    """Why somebody is a beneficial owner."""

    SHARES_OVER_LIMIT = "SHARES_OVER_LIMIT"
    SHARES_THROUGH_ANOTHER = "SHARES_THROUGH_ANOTHER"
    VOTES_OVER_LIMIT = "VOTES_OVER_LIMIT"
    APPOINTS_MAJORITY = "APPOINTS_MAJORITY"
    TOGETHER_WITH_FAMILY = "TOGETHER_WITH_FAMILY"
    AGREEMENT_OR_OTHER = "AGREEMENT_OR_OTHER"
    FOUNDATION_BOARD_OR_CHIEF = "FOUNDATION_BOARD_OR_CHIEF"

    @property
    def words(self) -> Words:
        """The ground as people say it."""
        return GROUNDS[self]


CONCLUSIONS: dict[Conclusion, Words] = {
    Conclusion.BENEFICIAL_OWNER: _("Beneficial owner"),
    Conclusion.NOT_ONE: _("Not one"),
    Conclusion.SENIOR_MANAGER: _("Senior manager"),
}
GROUNDS: dict[Ground, Words] = {
    Ground.SHARES_OVER_LIMIT: _("Shares over 25 %"),
    Ground.SHARES_THROUGH_ANOTHER: _("Shares through another firm"),
    Ground.VOTES_OVER_LIMIT: _("Votes over 25 %"),
    Ground.APPOINTS_MAJORITY: _("Appoints the majority of the board"),
    Ground.TOGETHER_WITH_FAMILY: _("Together with close family"),
    Ground.AGREEMENT_OR_OTHER: _("Agreement or other control"),
    Ground.FOUNDATION_BOARD_OR_CHIEF: _("Foundation: board or chief executive"),
}


def lacking(
    conclusion: Conclusion, ground: Ground | None, words: str, *, is_search_stated: bool = False
) -> tuple[Words, ...]:
    """Say what a conclusion lacks, or has too much; nothing if it may stand.

    `is_search_stated`: the search is described, and it is stated that nothing is suspected (R12).
    """
    found: list[Words] = []
    if conclusion.needs_ground and ground is None:
        found.append(_("Choose the ground."))
    if ground is not None and not conclusion.needs_ground:
        found.append(_("A ground belongs to a beneficial owner only."))
    if conclusion.needs_statement and not is_search_stated:
        found.append(_("Describe the search, and state that nothing is suspected."))
    if not words.strip():
        found.append(_("Write why."))
    return tuple(found)
