"""Provider and queue, for those who watch it."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest
from cases.web.operations import provider_news, provider_overview, verifications


@permission_required(Perm.VIEW_PROVIDER, raise_exception=True)
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Show the engine's state. Who may not see cases is shown numbers, and no case by name."""
    figures = provider_overview.figures()
    of_a_person, partly = provider_overview.troubles()
    without_place, without_place_count = provider_news.without_place()
    return render(
        request,
        "operations/provider.html",
        {
            "nav": "provider",
            "figures": figures,
            "alarms": provider_overview.configuration_alarms(),
            "scopes_missing": provider_overview.scopes_missing(figures.token),
            "at_risk": provider_overview.captures_at_risk(),
            "of_a_person": of_a_person,
            "partly": partly,
            "without_place": without_place,
            "without_place_count": without_place_count,
            "pages": provider_news.pages(),
            "last_runs": verifications.last_runs(request.user),
        },
    )


@permission_required(Perm.VIEW_PROVIDER, raise_exception=True)
@require_safe
def refreshed(request: SignedInRequest) -> HttpResponse:
    """The numbers alone, as often as a page that shows them asks."""
    return render(request, "operations/_figures.html", {"figures": provider_overview.figures()})
