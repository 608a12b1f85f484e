"""What a draft would do: watched while it is worked out, and ordered anew."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest
from cases.web.policy.impact_page import ImpactPage
from cases.web.policy.named import version_named
from cases.workflows.policy import versions


@permission_required(Perm.VIEW_POLICY, raise_exception=True)
@require_GET
@never_cache
def impact_now(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """The part of the page that changes while it is worked out."""
    found = version_named(kind, number)
    context = {"version": found, "impact": ImpactPage(found, request.user)}
    return render(request, "policy/impact/_impact.html", context)


@permission_required(Perm.EDIT_POLICY, raise_exception=True)
@require_POST
def order_impact(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Have it worked out anew."""
    found = version_named(kind, number)
    try:
        versions.order_impact(found, request.user)
    except versions.NotAllowed as refused:
        messages.warning(request, str(refused.words))
    return redirect("policy_version", found.kind, found.number)
