"""The list of cases."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.findings.names.collation import sort_key
from cases.findings.verdicts.signs import Sign, signs
from cases.findings.vocabulary.sections import SCREENING
from cases.models import AmlSession, Case, PolicyKind, PolicyVersion, User
from cases.models.capture import capture_groups as stands
from cases.models.people.permissions import Perm
from cases.presentation import kept_risk
from cases.presentation.capture_status_words import capture_tag
from cases.presentation.screening_note import of_screening
from cases.web.access import SignedInRequest
from cases.web.case_list import matches, searches
from cases.web.case_list.case_list import PAGE_SIZE, SORTS, USUAL_SORT, CaseList, plain
from cases.web.case_list.found import Found
from cases.web.sign_in import typed

COLUMNS = {
    "reference": gettext_lazy("Reference"),
    "organisation": gettext_lazy("Organisation"),
    "status": gettext_lazy("Status"),
    "capture": gettext_lazy("Capture"),
    "verdicts": gettext_lazy("Verdicts"),
    "risk": gettext_lazy("Risk"),
    "screening": gettext_lazy("Screening"),
    "owners": gettext_lazy("Beneficial owners"),
    "assignee": gettext_lazy("Assigned to"),
    "due": gettext_lazy("Due"),
    "updated": gettext_lazy("Updated"),
}
NUMBERS = ("owners", "due", "updated")
# What a column's two orders put at the top, upwards and downwards.
ORDERS = {
    "reference": (gettext_lazy("oldest first"), gettext_lazy("newest first")),
    "organisation": (gettext_lazy("A to Å"), gettext_lazy("Å to A")),
    "status": (gettext_lazy("new first"), gettext_lazy("new last")),
    "risk": (gettext_lazy("gravest first"), gettext_lazy("least grave first")),
    "screening": (gettext_lazy("least grave first"), gettext_lazy("gravest first")),
    "owners": (gettext_lazy("fewest first"), gettext_lazy("most first")),
    "assignee": (gettext_lazy("A to Å"), gettext_lazy("Å to A")),
    "due": (gettext_lazy("earliest first"), gettext_lazy("latest first")),
    "updated": (gettext_lazy("earliest first"), gettext_lazy("latest first")),
}
# Columns of which a first click shows the largest at the top.
LARGEST_FIRST = ("updated", "owners", "screening")


@dataclass(frozen=True)
class Column:
    """One heading: how the list is sorted by it now ('' if by another), where a click on it leads, both in words."""

    label: str | Promise
    is_number: bool = False
    sorted: str = ""
    order: str | Promise = ""
    url: str = ""
    next_order: str | Promise = ""


@permission_required(Perm.VIEW_CASE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: SignedInRequest) -> HttpResponse:
    """Show the cases that the address asks for. A search comes by POST and leaves only a word in the address."""
    people = _people_with_cases(request.user)
    sent = typed.sent_or_recalled(request, typed.SEARCH)
    if sent is not None:
        text = plain(sent.get(typed.WORDS, ""))
        case_list = CaseList.asked_for(sent, text, request.user, people)
        return redirect(_address(case_list.query, searches.remember(request.session, text) if text else ""))
    text, word = _searched_for(request)
    case_list = CaseList.asked_for(request.GET, text, request.user, people)
    return render(request, "case_list/case_list.html", _page(request, case_list, word))


def _searched_for(request: SignedInRequest) -> tuple[str, str]:
    """The text that is searched for and the word that stands for it, or two empty ones."""
    text = plain(request.GET.get("q", ""))
    if text:
        return text, searches.remember(request.session, text)
    word = request.GET.get("find", "")
    found = searches.recall(request.session, word)
    if word and found is None:
        messages.warning(
            request,
            _("That search was made in another sign-in. Type it again; names are not kept in addresses."),
        )
    return (found, word) if found else ("", "")


def _page(request: SignedInRequest, case_list: CaseList, word: str) -> dict[str, object]:
    keys = case_list.keys()
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    if isinstance(keys, Found):
        searches.record(request, word, case_list.text, keys)
    found = case_list.rows(page.object_list)
    why = matches.why(found, case_list.search)
    sessions = stands.newest_sessions(found)
    now = timezone.now()
    today = timezone.localdate(now)
    model = PolicyVersion.objects.key_in_force(PolicyKind.RISK_MODEL)
    return {
        "nav": "cases",
        "case_list": case_list,
        "page_obj": page,
        "rows": [
            (
                case,
                capture_tag(case, sessions.get(case.pk), now),
                _signs(case, sessions.get(case.pk), today),
                why.get(case.pk, ()),
                of_screening(case, sessions.get(case.pk)),
                kept_risk.of_case(case, model, now),
            )
            for case in found
        ],
        "columns": list(_columns(case_list, word)),
        "chips": list(_chips(case_list, word)),
        "there_are_cases": bool(found) or Case.objects.exists(),
        "today": today,
    }


def _signs(case: Case, session: AmlSession | None, today: datetime.date) -> tuple[Sign, ...]:
    is_ordered = session is not None and SCREENING in session.expands
    return signs(case.verdicts, case.certificate_from, today, is_screening_ordered=is_ordered)


def _people_with_cases(user: User) -> list[User]:
    has_cases = Exists(Case.objects.filter(assignee=OuterRef("pk")))
    found = User.objects.filter(has_cases).exclude(pk=user.pk)
    return sorted(found, key=lambda person: (sort_key(person.name), person.pk))


def _address(query: QueryDict, word: str = "") -> str:
    query = query.copy()
    if word:
        query["find"] = word
    return reverse("cases") + (f"?{query.urlencode()}" if query else "")


def _without(query: QueryDict, name: str) -> QueryDict:
    query = query.copy()
    query.pop(name, None)
    return query


def _chips(case_list: CaseList, word: str) -> Iterator[dict[str, str]]:
    if case_list.text:
        yield {"label": _("“%(text)s”") % {"text": case_list.text}, "url": _address(case_list.query)}
    for filter_ in case_list.chosen():
        label = f"{filter_.label}: {filter_.chosen_label}"
        yield {"label": label, "url": _address(_without(case_list.query, filter_.name), word)}


def _columns(case_list: CaseList, word: str) -> Iterator[Column]:
    by, downwards = case_list.sort.removeprefix("-"), case_list.sort.startswith("-")
    for name, label in COLUMNS.items():
        if name not in SORTS:
            yield Column(label)
            continue
        turned = not downwards if name == by else name in LARGEST_FIRST
        sort = f"-{name}" if turned else name
        query = _without(case_list.query, "sort")
        if sort != USUAL_SORT:
            query["sort"] = sort
        is_by = name == by
        yield Column(
            label,
            name in NUMBERS,
            sorted=("descending" if downwards else "ascending") if is_by else "",
            order=ORDERS[name][downwards] if is_by else "",
            url=_address(query, word),
            next_order=ORDERS[name][turned],
        )
