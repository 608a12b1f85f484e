"""The events that belong to no case: who searched, and who may sign in as what."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.findings.names.collation import sort_key
from cases.models import User
from cases.models.people.permissions import Perm
from cases.presentation import timeline
from cases.presentation.event_kinds import EventKind
from cases.web.access import SignedInRequest
from cases.web.case_page.timeline import timeline_events
from cases.web.listed import Listed

OF_PORTAL = (EventKind.ACCESS, EventKind.SEARCHES, EventKind.POLICY)


@permission_required(Perm.VIEW_PORTAL_EVENTS, raise_exception=True)
@require_GET
def portal_events(request: SignedInRequest) -> HttpResponse:
    """The events, newest first, of a person and of a kind if the address names one that there is."""
    people = sorted(User.objects.all(), key=lambda person: (sort_key(person.name), person.pk))
    person = next((candidate for candidate in people if str(candidate.pk) == request.GET.get("person")), None)
    kind = next((candidate for candidate in OF_PORTAL if candidate == request.GET.get("kind")), None)
    events = Listed(timeline_events.of_portal(person, kind))
    page_obj = Paginator(events, timeline_events.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "portal_events",
        "days": timeline_events.by_day([timeline.entry_of(event) for event in page_obj]),
        "page_obj": page_obj,
        "people": people,
        "person": person,
        "kinds": OF_PORTAL,
        "kind": kind,
        "now": timezone.now(),
    }
    return render(request, "operations/portal_events.html", context)
