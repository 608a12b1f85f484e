"""The audit trail. Events are written by workflows.audit only; no rule ever reads them."""

from __future__ import annotations

import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models.audit.subject import EventSubject
from cases.models.casework.case import Case
from cases.models.people.user import User

# Who an event without a person was done by.
PORTAL = "AML portal"


class Verb(models.TextChoices):
    """What happened. The label is the sentence's middle: 'Kari Nordmann *opened the case*'."""

    CASE_CREATED = "CASE_CREATED", _("opened a new case")
    CASE_TAKEN = "CASE_TAKEN", _("took the case")
    CASE_CHANGED = "CASE_CHANGED", _("changed the case")
    CASE_HANDED_OVER = "CASE_HANDED_OVER", _("handed the case over")
    CASE_HANDED_BACK = "CASE_HANDED_BACK", _("handed the case back")
    NUMBER_CORRECTED = "NUMBER_CORRECTED", _("corrected the number of the organisation")
    CASE_WITHDRAWN = "CASE_WITHDRAWN", _("withdrew the case")
    CASE_PAUSED = "CASE_PAUSED", _("let the case wait for information")
    CASE_RESUMED = "CASE_RESUMED", _("went on with the case")
    CASE_REOPENED = "CASE_REOPENED", _("reopened the case")
    RECUSED = "RECUSED", _("was recused from the case")
    CASE_VIEWED = "CASE_VIEWED", _("looked at the case")
    DOCUMENT_VIEWED = "DOCUMENT_VIEWED", _("opened a document")
    SESSION_REQUESTED = "SESSION_REQUESTED", _("ordered results from the provider")
    CREATE_SENT = "CREATE_SENT", _("sent the order to the provider")
    CREATE_REFUSED = "CREATE_REFUSED", _("could not place the order")
    ANSWER_LOST = "CREATE_IN_DOUBT", _("lost the provider's answer to the order")
    SESSION_OPENED = "SESSION_OPENED", _("opened a session at the provider")
    SESSION_ADOPTED = "SESSION_ADOPTED", _("found the session whose answer was lost")
    SESSION_UNKNOWN = "SESSION_UNKNOWN", _("could not learn whether a session was made")
    SESSION_DUPLICATED = "SESSION_DUPLICATED", _("learned of a second session at the provider")
    WEBHOOK_REJECTED = "KNOCK_REJECTED", _("rejected a webhook that named another session")
    FAILURE_ANNOUNCED = (
        "FAILURE_ANNOUNCED",
        _("received a webhook that announces a failure, and goes on looking"),
    )
    SESSION_TROUBLED = "SESSION_TROUBLED", _("met trouble at the provider")
    SESSION_RESUMED = "SESSION_RESUMED", _("set the session going again")
    SESSION_QUARANTINED = "SESSION_QUARANTINED", _("stopped the session")
    SESSION_ENDED = "SESSION_ENDED", _("ended the session")
    ARTEFACT_READY = "ARTEFACT_READY", _("saw a result become ready")
    ARTEFACT_CAPTURED = "ARTEFACT_CAPTURED", _("captured a result")
    ARTEFACT_FAILED = "ARTEFACT_FAILED", _("could not get a result")
    ARTEFACT_EXPIRED = "ARTEFACT_EXPIRED", _("came too late for a result")
    FETCH_FAILED = "FETCH_FAILED", _("could not fetch a result, and will try again")
    IDENTITY_SHARED = "IDENTITY_SHARED", _("found a number that another organisation has too")
    HITS_FOUND = "HITS_FOUND", _("found hits")
    SIGNATURE_CHECKED = "SIGNATURE_CHECKED", _("checked the signature of a document")
    SIGNERS_CHECKED = "SIGNERS_CHECKED", _("checked who signed")
    COMMENTED = "COMMENTED", _("commented")
    REPORT_ORDERED = "REPORT_ASKED", _("ordered a report")
    REPORT_MADE = "REPORT_MADE", _("made a report")
    REPORT_FAILED = "REPORT_FAILED", _("could not make a report")
    SEARCHED = "SEARCHED", _("searched the cases")
    PERSON_ADDED = "PERSON_ADDED", _("added a person")
    PERSON_CHANGED = "PERSON_CHANGED", _("changed somebody's name or e-mail")
    ROLES_CHANGED = "ROLES_CHANGED", _("changed somebody's roles")
    PERSON_ACTIVATED = "PERSON_ACTIVATED", _("activated somebody's account")
    PERSON_DEACTIVATED = "PERSON_DEACTIVATED", _("deactivated somebody's account")
    PASSWORD_SET = "PASSWORD_SET", _("set somebody's password")
    PASSWORD_REMOVED = "PASSWORD_REMOVED", _("removed somebody's password")
    PASSWORD_CHANGED = "PASSWORD_CHANGED", _("changed their own password")
    FIRST_SIGN_IN = "FIRST_SIGN_IN", _("signed in for the first time since their access was changed")
    QUESTIONS_ANSWERED = "QUESTIONS_ANSWERED", _("answered questions of the risk model")
    CLASS_OVERRIDDEN = "CLASS_OVERRIDDEN", _("set the risk class apart from the model")
    OVERRIDE_CONFIRMED = "OVERRIDE_CONFIRMED", _("confirmed how the risk class was set")
    OVERRIDE_SENT_BACK = "OVERRIDE_SENT_BACK", _("sent back how the risk class was set")
    OWNER_CONCLUDED = "OWNER_CONCLUDED", _("concluded on a beneficial owner")
    PARTIES_SEARCHED = "PARTIES_SEARCHED", _("recorded a search of parties")
    REQUIREMENT_SET_MOVED = "REQUIREMENT_SET_MOVED", _("moved the case to another requirement set")
    REQUIREMENT_STATED = "REQUIREMENT_STATED", _("said how a requirement stands")
    ATTACHED = "ATTACHED", _("attached a file")
    HIT_JUDGED = "HIT_JUDGED", _("judged a hit")
    JUDGEMENT_CONFIRMED = "JUDGEMENT_CONFIRMED", _("confirmed how a hit was judged")
    JUDGEMENT_SENT_BACK = "JUDGEMENT_SENT_BACK", _("sent back how a hit was judged")
    HIT_REOPENED = "HIT_REOPENED", _("opened a hit again that was judged")
    DECISION_PROPOSED = "DECISION_PROPOSED", _("proposed a decision")
    DECISION_COUNTERSIGNED = "DECISION_COUNTERSIGNED", _("countersigned a decision")
    DECISION_SENT_BACK = "DECISION_SENT_BACK", _("sent a proposal back")
    DECISION_WITHDRAWN = "DECISION_WITHDRAWN", _("withdrew a proposal")
    DECISION_VOIDED = "DECISION_VOIDED", _("found that what a proposal rests on changed: it is void")
    POLICY_DRAFTED = "POLICY_DRAFTED", _("wrote a draft of policy")
    POLICY_ACTIVATED = "POLICY_ACTIVATED", _("put policy in force")
    POLICY_DISCARDED = "POLICY_DISCARDED", _("discarded a draft of policy")
    DETAIL_ERASED = "DETAIL_ERASED", _("erased the details of an event under the law")
    # Of the stream of suspicion alone.
    SUSPICION_NOTED = "SUSPICION_NOTED", _("wrote a note of suspicion")
    SUSPICION_VIEWED = "SUSPICION_VIEWED", _("looked at the notes of suspicion")


class NeverChanged(Exception):
    """An attempt to change or remove what is kept for ever."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **_: Any) -> NoReturn:
        raise NeverChanged("audit events are never changed")

    def delete(self) -> NoReturn:
        raise NeverChanged("audit events are never removed")


class AuditEventQuerySet(AppendOnlyQuerySet):
    def of_case(self, case: Case) -> AuditEventQuerySet:
        return self.filter(chain__case=case)

    def of_portal(self) -> AuditEventQuerySet:
        """The events that belong to no case."""
        return self.filter(chain__case=None)

    def about(self, person: User) -> AuditEventQuerySet:
        """The events of what a person did, and of what was done to them."""
        return self.filter(models.Q(actor=person) | models.Q(subject=str(EventSubject.person(person.pk))))

    def with_verbs(self, *verbs: Verb) -> AuditEventQuerySet:
        return self.filter(verb__in=verbs)

    def newest_first(self) -> AuditEventQuerySet:
        """The latest event first, each with its detail loaded."""
        return self.select_related("detail").order_by("-sequence")


class AuditEventManager(models.Manager.from_queryset(AuditEventQuerySet)):  # type: ignore[misc]
    """The events that readers of cases may meet: none of suspicion, whatever is asked for."""

    def get_queryset(self) -> AuditEventQuerySet:
        found: AuditEventQuerySet = super().get_queryset().filter(chain__suspicion_of=None)
        return found


class SuspicionEventManager(models.Manager.from_queryset(AuditEventQuerySet)):  # type: ignore[misc]
    """The events of suspicion. Whoever asks for them has seen to it that the reader is entitled."""

    def get_queryset(self) -> AuditEventQuerySet:
        found: AuditEventQuerySet = super().get_queryset().exclude(chain__suspicion_of=None)
        return found


class AuditDetailQuerySet(AppendOnlyQuerySet):
    def erase(self, at: datetime.datetime) -> int:
        """Empty the details not erased yet; give how many. The database wants the event that tells of it before."""
        return models.QuerySet.update(self.filter(erased_at=None), body="", salt="", erased_at=at)


class AuditChainManager(models.Manager):
    """The chains of cases and the portal's own; those of suspicion are in `streams`."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(suspicion_of=None)


class SuspicionStreamManager(models.Manager):
    """The chains of suspicion, which only those entitled may meet."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().exclude(suspicion_of=None)


class AuditChain(models.Model):
    """The head of one case's chain, of the portal's own, or of what was suspected in a case.

    Its row is the lock under which the next event is made. `sealed`: the salted hash of the newest note of suspicion
    of this case, until the next event of the chain carries it in its detail.
    """

    # None: the one chain of what belongs to no case, whose row a migration makes; or one of suspicion.
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="audit_chain")
    suspicion_of = models.OneToOneField(Case, models.PROTECT, null=True, related_name="suspicion_stream")
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    sealed = models.CharField(max_length=64, blank=True)

    objects = AuditChainManager()
    streams = SuspicionStreamManager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Coalesce("case", 0),
                condition=models.Q(case=None, suspicion_of=None),
                name="one_chain_of_the_portal",
            ),
            models.CheckConstraint(
                condition=models.Q(case=None) | models.Q(suspicion_of=None), name="chain_of_one_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(sealed="") | models.Q(case__isnull=False), name="chain_sealed_of_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about_case or 'portal'}: {self.length}"

    @property
    def about_case(self) -> int | None:
        """The case that its events are about, as their hashes name it; None in the portal's own."""
        return self.case_id or self.suspicion_of_id


class AuditEvent(models.Model):
    """One thing that happened, chained to the one before. Holds no personal data; that is in its detail."""

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField(_("time"))
    # Of Verb: held by the writer and by a test, not by the table, which is the largest.
    verb = models.CharField(_("what happened"), max_length=30)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=60)
    # The capture it rests on: the artefact's SHA-256, or ''.
    rests_on = models.CharField(max_length=64, blank=True)
    detail_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AuditEventManager()
    of_suspicion = SuspicionEventManager()

    class Meta:
        verbose_name = _("event")
        default_permissions = ()
        permissions = [("view_portal_events", "Can see what belongs to no case: people and searches")]
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="event_once_in_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise NeverChanged("audit events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("audit events are never removed")


class AuditDetail(models.Model):
    """An event's detail: who, and from what to what. Hashed into the chain with a salt, so the law may erase it."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="detail")
    salt = models.CharField(max_length=32)
    # Canonical JSON: {"actor": name, "was": …, "now": …, and what else belongs to the verb}
    body = models.TextField()
    erased_at = models.DateTimeField(null=True)

    objects = AuditDetailQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"detail of {self.event_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise NeverChanged("the detail of an event is never changed, only erased")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("the detail of an event is never removed, only erased")
