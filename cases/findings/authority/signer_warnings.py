"""Whether the people a rule asks for are those that the rest of the result names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.findings.authority.roles import Roles
from cases.findings.authority.signing_rules import NAMES, PROCURATION, SIGNATURE, Authorities, Rule
from cases.findings.authority.signing_sets import Option, Signer, signer_mentions
from cases.findings.identity.same_party import in_any_order
from cases.findings.identity.same_person import People, full_days
from cases.findings.names.nameless import names_nobody
from cases.findings.ownership.ownership import Ownership
from cases.findings.vocabulary.caution import Caution, about
from cases.findings.vocabulary.code_words import ROLES, Word
from cases.findings.vocabulary.presence import came_empty
from cases.provider.result.scalars import Day

# Who sits on the board is a member of it.
BOARD = tuple(ROLES[code] for code in ("CHAIRMAN", "DEPUTYCHAIRMAN", "EMPLOYEES_REPRESENTATIVE"))


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody whom the roles or the owners name."""

    names: tuple[str, ...]
    births: tuple[Day, ...]
    is_deceased: bool
    roles: tuple[Word, ...] = ()


def cautions(authorities: Authorities, roles: Roles, ownership: Ownership) -> Iterator[Caution]:
    """Hold each signer against everybody with a role and every owner."""
    known = People((somebody, somebody.names, somebody.births) for somebody in _known(roles, ownership))
    for which, rule in ((SIGNATURE, authorities.signature), (PROCURATION, authorities.procuration)):
        place = f"authorities.{which}"
        for signer in _signers(rule):
            # Who holds procuration need not have a role.
            asks_for_role = which == SIGNATURE and (bool(roles.holders) or came_empty(roles.nothing))
            yield from _of_signer(signer, known, place, asks_for_role=asks_for_role)
        if any(map(_names_one_twice, (rule.options if rule else None) or ())):
            text = _("%(rule)s: one set of signers names the same person twice.") % {"rule": NAMES[which]}
            yield Caution("signer_twice", text, place)


def _known(roles: Roles, ownership: Ownership) -> Iterator[_Known]:
    for held in roles.holders:
        called = tuple(name for name in (held.name, *held.other_names) if name)
        yield _Known(
            called,
            held.births,
            held.is_deceased,
            held.roles,
        )
    for party in ownership.parties:
        if party.is_owner:
            yield _Known(party.names, party.births, party.is_deceased)


def _signers(rule: Rule | None) -> Iterator[Signer]:
    """Yield each signer once, with the role that the last set gives."""
    for same in signer_mentions((rule.options if rule else None) or ()):
        if not names_nobody(same[-1].signer.name):
            yield same[-1].signer


def _of_signer(
    signer: Signer, known: People[_Known], place: str, *, asks_for_role: bool
) -> Iterator[Caution]:
    called, born = [signer.name or ""], [signer.born] if signer.born else []
    same = [*known.may_be(called, born)]
    if any(other.is_deceased for other in same):
        yield Caution("signer_deceased", about(signer.name, _("A signer is registered as deceased.")), place)
    if not full_days(born):
        text = _("A signer is known by name alone: no whole date of birth is stated.")
        yield Caution("signer_not_identified", about(signer.name, text), place)
    if same:
        held = [role for other in same for role in other.roles]
        yield from _of_role(signer, held, place, asks_for_role=asks_for_role)
        return
    if known.is_anybody_called(called):
        text = _("A signer has the name of somebody with a role or a share, and another date of birth.")
        yield Caution("signer_born_otherwise", about(signer.name, text), place)
    elif asks_for_role:
        text = _("A signer is neither among the roles nor among the owners.")
        yield Caution("signer_not_in_roles", about(signer.name, text), place)


def _of_role(signer: Signer, held: Sequence[Word], place: str, *, asks_for_role: bool) -> Iterator[Caution]:
    """Compare a signer's role in the rule with the roles that the same person holds."""
    if signer.role is None:
        return
    if not held:
        if asks_for_role:
            text = _("A signer’s role in the rule, %(role)s, is not in the list of roles.")
            words = text % {"role": signer.role.text}
            yield Caution("signer_role_differs", about(signer.name, words), place)
        return
    roles = {str(word.text) for word in held}
    if not roles.isdisjoint(map(str, BOARD)):
        roles.add(str(ROLES["BOARD_MEMBER"]))
    if str(signer.role.text) not in roles:
        text = _("A signer’s role in the rule, %(role)s, differs from the list of roles: %(held)s.")
        values = {"role": signer.role.text, "held": ", ".join(str(word.text) for word in held)}
        yield Caution("signer_role_differs", about(signer.name, text % values), place)


def _names_one_twice(option: Option) -> bool:
    named = Counter(
        (
            in_any_order(signer.name or ""),
            min(full_days([signer.born]), default=None) if signer.born else None,
        )
        for signer in option
        if not names_nobody(signer.name)
    )
    return any(times > 1 for times in named.values())
