"""The cases in which something waits for a person as the second one, on My work."""

from dataclasses import dataclass

from django.db.models import Exists, F, OrderBy, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case, Decision, Judgement, RiskOverride, SecondState, User
from cases.models.people.permissions import Perm
from cases.web.case_page.screening.hit_lines import Shown
from cases.web.case_page.screening.judging_area import SHOWN
from cases.web.case_page.tab_names import Tab

MOST_SHOWN = 20


@dataclass(frozen=True)
class ToConfirm:
    """One case, what waits in it, and where it is confirmed."""

    case: Case
    words: str
    address: str
    label: str | Promise
    is_decision: bool = False


def to_confirm(user: User) -> list[ToConfirm]:
    """What waits for this person: decisions, risk classes, hits, the gravest case first; MOST_SHOWN and one more."""
    return [*_decisions(user), *_classes(user), *_hits(user)][: MOST_SHOWN + 1]


def decisions_to_countersign(user: User) -> QuerySet[Decision]:
    """The proposals of others for which this person can be the second, the gravest class first."""
    waiting = Decision.objects.filter(second_state=SecondState.AWAITED, ending="").exclude(by=user)
    waiting = waiting.exclude(case__recusals__person=user)
    if not user.has_perm(Perm.COUNTERSIGN_DECISION):
        return waiting.none()
    if not user.has_perm(Perm.ACT_AS_SUPERIOR):
        waiting = waiting.filter(superior_because="")
    found = waiting.select_related("case__organisation", "by")
    return found.order_by(*_by_class("case__"), "pk")


def _by_class(leads: str = "") -> list[OrderBy]:
    """The graver class first, and of one class what is due first; `leads` is the way to the case."""
    return [F(f"{leads}risk_rank").asc(nulls_last=True), F(f"{leads}due").asc(nulls_last=True)]


def _decisions(user: User) -> list[ToConfirm]:
    """The decisions that others propose."""
    return [
        ToConfirm(
            row.case,
            _("%(name)s proposes: %(outcome)s") % {"name": row.by.name, "outcome": row.get_outcome_display()},
            reverse("case_tab", args=[row.case.reference, Tab.DECISION]),
            _("Countersign"),
            is_decision=True,
        )
        for row in decisions_to_countersign(user)[: MOST_SHOWN + 1]
    ]


def _classes(user: User) -> list[ToConfirm]:
    """The risk classes that others set; one that was set again since waits for nobody, nor for who is recused."""
    if not user.has_perm(Perm.CONFIRM_OVERRIDE):
        return []
    newer = RiskOverride.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    waiting = RiskOverride.objects.filter(
        ~Exists(newer), second_state=SecondState.AWAITED, case__in=Case.objects.open()
    )
    of_others = waiting.exclude(by=user).exclude(case__recusals__person=user)
    found = of_others.select_related("case__organisation")
    return [
        ToConfirm(
            override.case,
            _("Risk class: %(was)s → %(now)s") % {"was": override.worked_out_words, "now": override.to_words},
            reverse("case_tab", args=[override.case.reference, Tab.RISK]) + "#override",
            _("Confirm"),
        )
        for override in found.order_by(*_by_class("case__"), "pk")[: MOST_SHOWN + 1]
    ]


def _hits(user: User) -> list[ToConfirm]:
    """The cases with hits that others judged, without those that the person is recused from."""
    if not user.has_perm(Perm.CONFIRM_HIT):
        return []
    of_others = Judgement.objects.filter(hit__case=OuterRef("pk"), second_state=SecondState.AWAITED).exclude(
        by=user
    )
    unconfirmed = Case.objects.with_unconfirmed_hits().exclude(recusals__person=user)
    found = unconfirmed.filter(Exists(of_others)).select_related("organisation")
    return [
        ToConfirm(
            case,
            ngettext("%(n)s judged hit waits", "%(n)s judged hits wait", case.unconfirmed_hit_count)
            % {"n": case.unconfirmed_hit_count},
            f"{reverse('case_tab', args=[case.reference, Tab.SCREENING])}?{SHOWN}={Shown.SECOND.value}",
            _("Confirm"),
        )
        for case in found.order_by(*_by_class(), "pk")[: MOST_SHOWN + 1]
    ]
