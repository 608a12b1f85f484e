"""Versions of policy: which is in force, how a draft is written, and how another person puts it in force.

Every step of a person is an event of the portal's own chain, which tells the version and the SHA-256 of its document.
That the portal put its own default in force, where nothing was, the row itself tells: nobody wrote or activated it.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.assessment.policy import hit_reasons, requirement_set, risk_model
from cases.assessment.policy.defaults import default
from cases.assessment.policy.hit_reason_terms import HitReasons
from cases.assessment.policy.problems import PolicyRefused, Problem
from cases.assessment.policy.requirement_terms import RequirementSet
from cases.assessment.policy.risk_terms import RiskModel
from cases.models import (
    AuditChain,
    PolicyKind,
    PolicyState,
    PolicyVersion,
    RequirementStatement,
    User,
    Verb,
)
from cases.models.audit.subject import EventSubject
from cases.models.people.permissions import Perm
from cases.workflows.audit import trail
from cases.workflows.policy import impacts
from cases.workflows.refusal import Refusal

LONGEST_DOCUMENT = 500_000  # characters
READ_AT_MOST = 20  # versions that are kept read
# A database of before the table of a model takes no document of the kind yet.
SINCE: dict[str, type[models.Model]] = {PolicyKind.REQUIREMENT_SET: RequirementStatement}
Document = HitReasons | RequirementSet | RiskModel
READERS: dict[str, Callable[[object], Document]] = {
    PolicyKind.RISK_MODEL: risk_model.read,
    PolicyKind.HIT_REASONS: hit_reasons.read,
    PolicyKind.REQUIREMENT_SET: requirement_set.read,
}
Read = TypeVar("Read", HitReasons, RequirementSet, RiskModel)


class NothingInForce(Exception):
    """No version of a document is in force. `manage.py migrate` puts the defaults in force where there is none."""


class NotAllowed(Refusal):
    """The person may not do this with the version; nothing was done. `words` say why."""


@lru_cache(maxsize=READ_AT_MOST)
def _read(kind: str, sha256: str, document: str) -> Document:
    return READERS[kind](json.loads(document))


def hit_reasons_of(version: PolicyVersion) -> HitReasons:
    """The hit reasons of a version, read."""
    return _of(version, HitReasons)


def risk_model_of(version: PolicyVersion) -> RiskModel:
    """The risk model of a version, read."""
    return _of(version, RiskModel)


def requirement_set_of(version: PolicyVersion) -> RequirementSet:
    """The requirement set of a version, read."""
    return _of(version, RequirementSet)


def _of(version: PolicyVersion, wanted: type[Read]) -> Read:
    found = _read(version.kind, version.sha256, version.document)
    assert isinstance(found, wanted)  # noqa: S101 - the kind decides the reader
    return found


def in_force(kind: PolicyKind) -> PolicyVersion:
    """The version of a document by which cases are judged now. Raises NothingInForce."""
    found = PolicyVersion.objects.in_force(kind)
    if found is None:
        raise NothingInForce(kind)
    return found


def as_text(document: object) -> str:
    """A document as the JSON text that is kept: its own order, two spaces, letters as they are."""
    return json.dumps(document, indent=2, ensure_ascii=False)


def problems_of(kind: str, document: object) -> Sequence[Problem]:
    """Everything for which a document is refused as a draft; none if it can be kept."""
    try:
        READERS[kind](document)
    except PolicyRefused as refused:
        return refused.problems
    return ()


def parsed(text: str) -> object:
    """Read JSON that somebody sent as policy. Raises PolicyRefused if it is none."""
    if len(text) > LONGEST_DOCUMENT:
        too_long = _("The document is longer than %(most)d characters.")
        raise PolicyRefused([Problem("", too_long % {"most": LONGEST_DOCUMENT})])
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        words = _("This is no JSON: look at line %(line)d.") % {"line": getattr(problem, "lineno", 1)}
        raise PolicyRefused([Problem("", words)]) from None
    return document


def _refuse_constant(word: str) -> None:
    raise ValueError(word)


@transaction.atomic
def draft(kind: PolicyKind, document: object, reason: str, author: User) -> PolicyVersion:
    """Keep a document as a new draft; the same one of the same person, for the same reason, is the draft there is.

    Raises PolicyRefused with everything that is wrong with it; NotAllowed.
    """
    _require(author, Perm.EDIT_POLICY)
    READERS[kind](document)
    _lock()
    version = _new(kind, document, reason, author)
    drafts = PolicyVersion.objects.of_kind(kind).filter(state=PolicyState.DRAFT, author=author, reason=reason)
    if same := drafts.filter(sha256=version.sha256).first():
        return same
    version.save()
    _record(version, Verb.POLICY_DRAFTED, author, reason=reason)
    impacts.order(version, author)
    return version


def _new(kind: PolicyKind, document: object, reason: str, author: User | None) -> PolicyVersion:
    newest = PolicyVersion.objects.of_kind(kind).values_list("number", flat=True).first()
    text = as_text(document)
    return PolicyVersion(
        kind=kind,
        number=(newest or 0) + 1,
        document=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reason=reason,
        author=author,
        written_at=timezone.now(),
    )


def _lock() -> None:
    """Let one change of policy follow the other: the portal's chain is locked before versions, by everybody."""
    AuditChain.objects.select_for_update().get(case=None)


def unfilled(version: PolicyVersion) -> Sequence[Problem]:
    """What a draft still lacks before a person may put it in force."""
    read = _read(version.kind, version.sha256, version.document)
    return read.unfilled if isinstance(read, RiskModel) else ()


@transaction.atomic
def activate(version: PolicyVersion, actor: User) -> PolicyVersion:
    """Put a draft in force in place of the version before. Raises PolicyRefused if it lacks something.

    Raises NotAllowed where the person may not, or what it would do was never worked out.
    """
    _lock()
    version = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    _require(actor, Perm.ACTIVATE_POLICY)
    if not version.is_draft:
        raise NotAllowed(_("This version is no draft any more."))
    if version.author_id == actor.pk:
        raise NotAllowed(_("You wrote this draft: another person must put it in force."))
    if lacking := unfilled(version):
        raise PolicyRefused(lacking)
    if unseen := impacts.why_not_seen(version):
        raise NotAllowed(unseen)
    _put_in_force(version, actor)
    return version


@transaction.atomic
def order_impact(version: PolicyVersion, actor: User) -> None:
    """Have it worked out anew what a draft would do to the open cases. Raises NotAllowed."""
    _lock()
    version = PolicyVersion.objects.get(pk=version.pk)
    _require(actor, Perm.EDIT_POLICY)
    if not version.is_draft:
        raise NotAllowed(_("This version is no draft any more."))
    impacts.order(version, actor)


@transaction.atomic
def discard(version: PolicyVersion, actor: User) -> PolicyVersion:
    """Give up a draft. Raises NotAllowed."""
    _lock()
    version = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    _require(actor, Perm.EDIT_POLICY)
    if not version.is_draft:
        raise NotAllowed(_("This version is no draft any more."))
    version.move_to(PolicyState.DISCARDED)
    version.save(update_fields=["state"])
    _record(version, Verb.POLICY_DISCARDED, actor)
    return version


@transaction.atomic
def install_defaults(**_signal: object) -> list[PolicyVersion]:
    """Put the portal's own proposals in force where nothing is. Runs after every migrate, also to an older state."""
    tables = connection.introspection.table_names()
    if PolicyVersion._meta.db_table not in tables:
        return []
    kinds = [kind for kind in PolicyKind if SINCE.get(kind, PolicyVersion)._meta.db_table in tables]
    missing = [kind for kind in kinds if not PolicyVersion.objects.filter(kind=kind).exists()]
    made = []
    for kind in missing:
        version = _new(kind, default(kind), "", None)
        version.save()
        _put_in_force(version, None)
        made.append(version)
    return made


def _put_in_force(version: PolicyVersion, actor: User | None) -> None:
    now = timezone.now()
    before = PolicyVersion.objects.in_force(version.kind)
    if before is not None:
        before.move_to(PolicyState.RETIRED)
        before.retired_at = now
        before.save(update_fields=["state", "retired_at"])
    version.move_to(PolicyState.ACTIVE)
    version.activated_by, version.activated_at = actor, now
    version.save(update_fields=["state", "activated_by", "activated_at"])
    if actor is not None:
        _record(version, Verb.POLICY_ACTIVATED, actor)


def _record(version: PolicyVersion, verb: Verb, actor: User, reason: str = "") -> None:
    trail.record(
        None,
        verb,
        actor=actor,
        subject=EventSubject.policy(version.pk),
        rests_on=version.sha256,
        detail={
            "policy": version.kind,
            "version": version.number,
            **({"policy_reason": reason} if reason else {}),
        },
    )


def _require(actor: User, permission: Perm) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(_("Your role does not allow this."))
