"""Chapter `authorities`: who may sign, and who may by procuration."""

from dataclasses import dataclass

from cases.findings.presence import Nothing, Presence
from cases.findings.source import NO_SOURCE, Source, source
from cases.findings.words import REMARK_CATEGORIES, ROLES, RULE_STATUSES, Word, word
from cases.provider import wire
from cases.provider.scalars import Day


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody a rule asks for."""

    name: str | None
    born: Day | None
    role: Word | None


@dataclass(frozen=True, slots=True)
class RuleRemark:
    """What the provider adds to a rule."""

    category: Word | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; each of `options` is one valid set of signers, None where the provider gave no list."""

    status: Word | None
    description: str | None
    options: tuple[tuple[Signer, ...], ...] | None
    remarks: tuple[RuleRemark, ...]
    unread: int = 0

    @property
    def is_conclusive(self) -> bool:
        """May a check of signers rest on the options? Not if one of them could not be read."""
        said = self.status is not None and self.status.raw.upper() == wire.RuleStatus.CONCLUSIVE
        return said and bool(self.options) and not self.unread


@dataclass(frozen=True, slots=True)
class Authorities:
    """Signature right and procuration; None is 'not stated'."""

    nothing: Nothing | None
    signature: Rule | None = None
    procuration: Rule | None = None
    source: Source = NO_SOURCE


def read(read: wire.Authorities | None, presence: Presence) -> Authorities:
    """Read the chapter `authorities`."""
    nothing = presence.nothing_at("authorities")
    if read is None:
        return Authorities(nothing)
    return Authorities(
        nothing=nothing,
        signature=_rule(read.signature_rights),
        procuration=_rule(read.power_of_procuration),
        source=source(read.metadata),
    )


def _rule(read: wire.SignatureRule | None) -> Rule | None:
    if read is None:
        return None
    sets = [option.required for option in read.options or () if option]
    return Rule(
        status=word(RULE_STATUSES, read.status),
        description=read.description,
        options=None if read.options is None else tuple(_signers(required) for required in sets),
        remarks=tuple(
            RuleRemark(word(REMARK_CATEGORIES, remark.category), remark.comment)
            for remark in read.remarks or ()
            if remark
        ),
        unread=len(read.options or ())
        - len(sets)
        + sum(required is None or None in required for required in sets),
    )


def _signers(required: list[wire.Signatory | None] | None) -> tuple[Signer, ...]:
    return tuple(
        Signer(each.name, each.date_of_birth, word(ROLES, each.role)) for each in required or () if each
    )
