"""What rows of My work say of people's steps: what was sent back, whom to ask, what is to be shown."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.findings.vocabulary.wording import Words
from cases.models import Case, Decision, Hit, Judgement, JudgementVerdict, Screening, SecondState
from cases.models.casework.case_states import CaseState
from cases.models.urgency import WorkOf, judgements_sent_back
from cases.web.case_page.tab_names import Tab

ANSWER, SHOW = gettext_lazy("Answer"), gettext_lazy("Show it")


@dataclass(frozen=True)
class Reminder:
    """What is said in words, and the tab of the case where it is done; `label`: of the button that leads there."""

    words: str
    tab: Tab
    label: Words


def follow_ups(cases: Iterable[int], today: datetime.date) -> dict[int, tuple[str, ...]]:
    """Whom to ask today, by the key of the case: hits judged ‘cannot tell yet’ until a day that has come."""
    later = Judgement.objects.filter(hit=OuterRef("hit"), number__gt=OuterRef("number"))
    # The hits of the screening that is read were all seen in one capture last.
    seen_later = Hit.objects.filter(
        case=OuterRef("hit__case"), last_seen__captured_at__gt=OuterRef("hit__last_seen__captured_at")
    )
    found = Judgement.objects.filter(
        ~Exists(later),
        ~Exists(seen_later),
        hit__case__in=list(cases),
        hit__case__screening=Screening.HITS,
        verdict=JudgementVerdict.CANNOT_TELL,
        wake_up__lte=today,
    )
    found_of: dict[int, list[str]] = defaultdict(list)
    for case, who, name in found.order_by("wake_up", "pk").values_list("hit__case", "contacted", "hit__name"):
        found_of[case].append(who or name)
    return {case: tuple(dict.fromkeys(names)) for case, names in found_of.items()}


def sent_back(cases: Iterable[int], work: WorkOf) -> dict[int, Reminder]:
    """What a second person said when they sent back what this person proposed or judged, by the key of the case."""
    keys = list(cases)
    found = {}
    judgements = judgements_sent_back().filter(by=work.user, hit__case__in=keys)
    for row in judgements.select_related("second_by", "hit").order_by("second_at"):
        found[row.hit.case_id] = _sent_back(row, Tab.SCREENING)
    proposals = Decision.objects.filter(
        case__in=keys, by=work.user, second_state=SecondState.SENT_BACK, case__state=CaseState.SENT_BACK
    )
    for proposal in proposals.select_related("second_by").order_by("number"):
        found[proposal.case_id] = _sent_back(proposal, Tab.DECISION)
    return found


def _sent_back(row: Judgement | Decision, tab: Tab) -> Reminder:
    name = row.second_by.name if row.second_by else ""
    words = _("%(name)s: “%(words)s”") % {"name": name, "words": row.second_words}
    return Reminder(words, tab, ANSWER)


def conditions(cases: Iterable[Case]) -> dict[int, Reminder]:
    """The condition of each decided case that is due first, by the key of the case."""
    due = {case.pk: case.condition_due for case in cases}
    made = Decision.objects.filter(case__in=due, second_state=SecondState.CONFIRMED).order_by("number")
    found = {}
    for row in made:
        day = due[row.case_id]
        words = [one["words"] for one in row.conditions if day and one["due"] == day.isoformat()]
        text = _("Condition of the approval: %(words)s") % {"words": "; ".join(words)}
        found[row.case_id] = Reminder(text, Tab.REQUIREMENTS, SHOW)
    return found
