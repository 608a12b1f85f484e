"""Is a signature sound, and everything as it was signed? In the child process alone."""

from dataclasses import dataclass, replace
from typing import Any

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.status import SignatureCoverageLevel

from cases.signatures.changes import pdf_changes
from cases.signatures.changes.pdf_changes import Changes
from cases.signatures.changes.pdf_refusals import NotComparable
from cases.signatures.pdf_signatures import Embedded
from cases.signatures.signature_algorithms import Validator


@dataclass(frozen=True)
class Followers:
    """The verdicts on the signatures that were made after one."""

    verdicts: frozenset[str]

    @property
    def any(self) -> bool:
        return bool(self.verdicts)

    @property
    def all_verified(self) -> bool:
        return self.verdicts <= {"VERIFIED"}

    @property
    def all_may_hold(self) -> bool:
        """Is nothing known against any of the later signatures?"""
        return self.verdicts <= {"VERIFIED", "CANNOT_TELL"}


SOMEBODY = Followers(frozenset({"NOT_TRUSTED"}))


@dataclass(frozen=True)
class Said:
    """The verdict on one signature and its explanation, with rule and page if one was the reason."""

    verdict: str
    explanation: str
    rule: str = ""
    page: int = 0


def integrity(
    status: Any, embedded: Embedded, validator: Validator, followers: Followers
) -> tuple[Said, Changes | None]:
    """Judge whether everything is as it was signed, and give what changed since; None if not compared."""
    problem = _broken(status, embedded, validator)
    if problem:
        return Said("ALTERED", problem), None
    try:
        changes = _changes(status, embedded, followers)
    except NotComparable as refusal:
        return Said("CANNOT_TELL", "not_comparable", refusal.rule), None
    outcome = _allowed(status, embedded, changes, followers)
    if outcome.verdict == "VERIFIED" and changes.doubt:
        outcome = Said("CANNOT_TELL", "may_mislead", changes.doubt, changes.page)
    if outcome.verdict != "ALTERED" and embedded.has_company:
        return Said("CANNOT_TELL", "something_beside"), changes
    if outcome.verdict != "ALTERED" and not status.valid:
        return Said("CANNOT_TELL", "unknown_algorithm"), changes
    return outcome, changes


def _broken(status: Any, embedded: Embedded, validator: Validator) -> str:
    """What makes the signature void whatever came after it; '' if nothing does."""
    unknown = validator.met_unknown and not status.valid
    # Without attributes that are signed there is no digest to compare, but what an unknown algorithm makes of it.
    if not status.intact and not (unknown and embedded.signer_info["signed_attrs"].native is None):
        return "digest_mismatch"
    if not status.valid and not unknown:
        return "bad_signature"
    coverage: SignatureCoverageLevel | None = status.coverage
    return "partly_covered" if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION else ""


def _changes(status: Any, embedded: Embedded, followers: Followers) -> Changes:
    """What was added to the file after a signature. Raises NotComparable."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Changes(ModificationLevel.NONE)
    changes = pdf_changes.since(embedded)
    # Who certified it may let others sign, but not strangers draw over it what passes for a signature.
    # Where they are not trusted themselves nothing is verified anyway, and nobody to be accused.
    may_show = followers.all_may_hold or not bool(status.trusted)
    if changes.rule and embedded.docmdp_level is not None and followers.any and may_show:
        changes = pdf_changes.since(embedded, shown_after_certifying=True)
        if status.trusted and not followers.all_verified:
            return replace(changes, doubt=changes.doubt or "form")
    return changes


def _allowed(status: Any, embedded: Embedded, changes: Changes, followers: Followers) -> Said:
    level, permitted = changes.level, embedded.docmdp_level
    if level == ModificationLevel.NONE:
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return Said("VERIFIED", "verified" if whole else "verified_line_end")
    if level == ModificationLevel.LTA_UPDATES:
        return Said("VERIFIED", "verified_lta")
    if level == ModificationLevel.FORM_FILLING:
        return _filled(permitted, followers)
    if level == ModificationLevel.ANNOTATIONS and permitted == MDPPerm.ANNOTATE:
        return Said("CANNOT_TELL", "annotated_as_permitted", "notes")
    return Said("ALTERED", "added_after" if changes.rule == "tail" else "changed_after", changes.rule)


def _filled(permitted: MDPPerm | None, followers: Followers) -> Said:
    """The verdict if fields were filled in or signed since: later signers stand for it, unless forbidden."""
    if permitted == MDPPerm.NO_CHANGES:
        return Said("ALTERED", "not_permitted")
    if followers.any:
        return Said("VERIFIED", "verified")
    return (
        Said("ALTERED", "filled_after") if permitted is None else Said("CANNOT_TELL", "filled_as_permitted")
    )
