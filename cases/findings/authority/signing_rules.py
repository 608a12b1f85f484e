"""Chapter `authorities`: who may sign, and who may by procuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.findings.authority import rule_words
from cases.findings.authority.signing_sets import Option, SetLine, Signer, lines
from cases.findings.names.nameless import names_nobody
from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.code_words import REMARK_CATEGORIES, ROLES, RULE_STATUSES, Word, word
from cases.findings.vocabulary.presence import OTHER_FORM, Kind, Nothing, Presence
from cases.findings.vocabulary.source import NO_SOURCE, Source, source
from cases.findings.vocabulary.wording import Words
from cases.provider.result import wire
from cases.provider.result.scalars import NOT_SINGLE

SIGNATURE, PROCURATION = "signatureRights", "powerOfProcuration"
NAMES: dict[str, Words] = {SIGNATURE: _("Right to sign"), PROCURATION: _("Procuration")}
SUPPLEMENTED = "SUPPLEMENTED"  # the one category that takes nothing back


class Doubt(StrEnum):
    """Why nothing can be concluded from a rule."""

    NOT_STATED = "not_stated"
    NOT_SET = "not_set"
    NO_PROCURATION = "no_procuration"
    NOT_SET_BUT_STATED = "not_set_but_stated"
    NOT_CONCLUSIVE = "not_conclusive"
    STATUS_NOT_STATED = "status_not_stated"
    STATUS_UNKNOWN = "status_unknown"
    NO_SETS = "no_sets"
    PART_NOT_READ = "part_not_read"
    WORDS_DIFFER = "words_differ"

    @property
    def words(self) -> Words:
        """The reason as a reader sees it."""
        return DOUBTS[self]


DOUBTS: dict[Doubt, Words] = {
    Doubt.NOT_STATED: _("The result does not say what holds."),
    Doubt.NOT_SET: _("By the provider’s status word no rule is set."),
    Doubt.NO_PROCURATION: _(
        "No procuration is set (by the provider’s status word): nobody is known to be able to sign by procuration."
    ),
    Doubt.NOT_SET_BUT_STATED: _(
        "By the provider’s status word no rule is set, and yet the result states something of one: see what is there."
    ),
    Doubt.NOT_CONCLUSIVE: _("The provider could not turn the rule into sets of signers it vouches for."),
    Doubt.STATUS_NOT_STATED: _("The result does not say whether the rule is conclusive."),
    Doubt.STATUS_UNKNOWN: _("The result gives the rule a status that this portal does not know."),
    Doubt.NO_SETS: _("The rule is called conclusive, but no valid set of signers is listed."),
    Doubt.PART_NOT_READ: _(
        "The rule is called conclusive, but one of its sets names nobody, or could not all be read."
    ),
    Doubt.WORDS_DIFFER: _(
        "The rule is called conclusive, but its own words and its sets of signers differ in whether one signs alone or "
        "several together."
    ),
}
OF_STATUS: dict[str, Doubt] = {
    wire.RuleStatus.IN_CONCLUSIVE: Doubt.NOT_CONCLUSIVE,
}


@dataclass(frozen=True, slots=True)
class RuleRemark:
    """What the provider adds to a rule."""

    category: Word | None
    comment: str | None

    @property
    def is_reservation(self) -> bool:
        """Does the remark take back something of the rule? One of an unknown category counts as if it did."""
        return self.category is None or self.category.code != SUPPLEMENTED


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; each of `options` is one valid set of signers, None where the provider gave no list.

    `incomplete` are the places in `options` of sets of which a signer could not be read: more must sign than they show.
    """

    status: Word | None
    description: str | None
    options: tuple[Option, ...] | None
    remarks: tuple[RuleRemark, ...]
    unread: int = 0
    incomplete: frozenset[int] = frozenset()
    is_procuration: bool = False

    @property
    def doubt(self) -> Doubt | None:
        """Why a check of signers cannot rest on the options; None if it can."""
        if self.status is None or not self.status.raw:
            return Doubt.STATUS_NOT_STATED
        code = self.status.code
        if code == wire.RuleStatus.NOT_SET:
            return self._not_set
        if code != wire.RuleStatus.CONCLUSIVE:
            return OF_STATUS.get(code, Doubt.STATUS_UNKNOWN)
        if self.unread or any(_names_nobody(signers) for signers in self.options or ()):
            return Doubt.PART_NOT_READ
        if not self.options:
            return Doubt.NO_SETS
        sizes = {len(option) for option in self.options}
        return Doubt.WORDS_DIFFER if rule_words.contradict(self.description or "", sizes) else None

    @property
    def _not_set(self) -> Doubt:
        if self.states_something:
            return Doubt.NOT_SET_BUT_STATED
        return Doubt.NO_PROCURATION if self.is_procuration else Doubt.NOT_SET

    @property
    def states_something(self) -> bool:
        """Does the result state anything of the rule beside its status?"""
        described = self.description or self.description is NOT_SINGLE
        return bool(described or self.options or self.unread or self.remarks)

    @property
    def is_conclusive(self) -> bool:
        """May a check of signers rest on the options? Not if one of them could not be read."""
        return self.doubt is None

    @property
    def lines(self) -> tuple[SetLine, ...]:
        """The valid sets as few readable lines."""
        return lines(self.options or (), self.incomplete)

    @property
    def reservations(self) -> tuple[RuleRemark, ...]:
        """The remarks that take something back of what the rule says."""
        return tuple(remark for remark in self.remarks if remark.is_reservation)


# The code of the caution that a doubt gives; what is not here is not conclusive.
CODES: dict[Doubt, str] = {
    Doubt.NOT_STATED: "authority_not_stated",
    Doubt.NOT_SET: "authority_not_set",
    Doubt.WORDS_DIFFER: "authority_words_differ",
}


SHORT: dict[str, Words] = {
    "authority_not_stated": _("not stated"),
    "authority_not_set": _("no rule set"),
    "authority_not_conclusive": _("not conclusive"),
    "authority_words_differ": _("words and sets of signers differ"),
}


@dataclass(frozen=True, slots=True)
class Authorities:
    """Signature right and procuration; one that is None says why in its `nothing`, or is 'not stated'."""

    nothing: Nothing | None
    signature: Rule | None = None
    procuration: Rule | None = None
    signature_nothing: Nothing | None = None
    procuration_nothing: Nothing | None = None
    source: Source = NO_SOURCE

    @property
    def lists_sets(self) -> bool:
        """Is there a set of signers that somebody could be in?"""
        return any(rule.options for rule in (self.signature, self.procuration) if rule)

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """Why a rule cannot be relied upon. That nobody holds procuration is ordinary, and no caution."""
        return () if self.nothing else tuple(self._cautions())

    def _cautions(self) -> Iterator[Caution]:
        yield from _doubted(SIGNATURE, self.signature)
        rule = self.procuration
        if rule is not None and rule.doubt is not Doubt.NO_PROCURATION:
            yield from _doubted(PROCURATION, rule)


def read(read: wire.Authorities | None, presence: Presence) -> Authorities:
    """Read the chapter `authorities`."""
    nothing = presence.nothing_at("authorities")
    if read is None:
        return Authorities(nothing)
    signature_nothing = _nothing_at("authorities.signatureRights", presence)
    procuration_nothing = _nothing_at("authorities.powerOfProcuration", presence)
    return Authorities(
        nothing=nothing,
        signature=None if signature_nothing else _rule(read.signature_rights),
        procuration=None if procuration_nothing else _rule(read.power_of_procuration, is_procuration=True),
        signature_nothing=signature_nothing,
        procuration_nothing=procuration_nothing,
        source=source(read.metadata),
    )


def _nothing_at(place: str, presence: Presence) -> Nothing | None:
    """Say why one of the two rules is not there; a rule that is left out, or null, is merely 'not stated'."""
    found = presence.nothing_at(place)
    if found is None or found.kind is Kind.NOTHING_FOUND or found.reason == OTHER_FORM:
        return found
    return None


def _rule(read: wire.SignatureRule | None, *, is_procuration: bool = False) -> Rule | None:
    if read is None:
        return None
    came = [option for option in read.options or () if option]
    sets = [option.required for option in came]
    incomplete = frozenset(place for place, option in enumerate(came) if not _is_all_read(option))
    return Rule(
        status=word(RULE_STATUSES, read.status),
        description=read.description,
        options=None if read.options is None else tuple(_signers(required) for required in sets),
        remarks=tuple(
            RuleRemark(word(REMARK_CATEGORIES, remark.category), remark.comment)
            for remark in read.remarks or ()
            if remark
        ),
        unread=len(read.options or ()) - len(sets) + len(incomplete),
        incomplete=incomplete,
        is_procuration=is_procuration,
    )


def _is_all_read(option: wire.SigningOption) -> bool:
    """Is every signer of a set read, and nothing unread that may say how many, who else or on which condition?"""
    if option.required is None or None in option.required:
        return False
    return all(value is False or value in (None, "", [], {}) for value in option.extras.values())


def _doubted(which: str, rule: Rule | None) -> Iterator[Caution]:
    doubt = rule.doubt if rule else Doubt.NOT_STATED
    place = f"authorities.{which}"
    if doubt:
        code = CODES.get(doubt, "authority_not_conclusive")
        text = _("%(rule)s: %(why)s") % {"rule": NAMES[which], "why": doubt.words}
        yield Caution(code, text, place, _("%(rule)s: %(why)s") % {"rule": NAMES[which], "why": SHORT[code]})
    elif rule and rule.reservations:
        words = _("%(rule)s: the provider adds a reservation; read it before you rest on the rule.")
        yield Caution("authority_reservation", words % {"rule": NAMES[which]}, place)


def _signers(required: list[wire.Signatory | None] | None) -> Option:
    return tuple(
        Signer(signatory.name, signatory.date_of_birth, word(ROLES, signatory.role))
        for signatory in required or ()
        if signatory
    )


def _names_nobody(signers: Option) -> bool:
    return not signers or any(names_nobody(signer.name) for signer in signers)
