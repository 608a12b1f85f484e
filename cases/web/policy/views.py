"""The policy by which cases are judged: read it, write a draft, compare, and put somebody else's draft in force."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.assessment.policy.problems import PolicyRefused
from cases.models import PolicyVersion
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest
from cases.web.policy.impact_page import ImpactPage
from cases.web.policy.named import number_named, version_named
from cases.web.policy.policy_pages import VersionPage, documents
from cases.workflows.policy import versions

NAV = "policy"


@permission_required(Perm.VIEW_POLICY, raise_exception=True)
@require_GET
@never_cache
def policy(request: SignedInRequest) -> HttpResponse:
    """Every document with its versions."""
    return render(request, "policy/policy.html", {"nav": NAV, "documents": documents()})


@permission_required(Perm.VIEW_POLICY, raise_exception=True)
@require_GET
@never_cache
def version(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """One version, beside the one that the address names; a draft beside what is in force."""
    return _show(request, version_named(kind, number))


def _show(request: SignedInRequest, found: PolicyVersion, status: int = 200) -> HttpResponse:
    others = PolicyVersion.objects.of_kind(found.kind).exclude(pk=found.pk)
    number = number_named(request.GET.get("beside", ""))
    beside = others.filter(number=number).first() if number is not None else None
    if beside is None and found.is_draft:
        beside = PolicyVersion.objects.in_force(found.kind)
    context = {
        "nav": NAV,
        "page": VersionPage(found, beside),
        "impact": ImpactPage(found, request.user),
        "version": found,
        "others": others.defer("document"),
    }
    return render(request, "policy/version.html", context, status=status)


@permission_required(Perm.VIEW_POLICY, raise_exception=True)
@require_GET
def download(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """The document as it is kept, byte for byte."""
    found = version_named(kind, number)
    answer = HttpResponse(found.document.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.kind}-{found.number}.json"'
    return answer


@permission_required(Perm.ACTIVATE_POLICY, raise_exception=True)
@require_POST
def activate(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Put a draft by somebody else in force."""
    found = version_named(kind, number)
    try:
        versions.activate(found, request.user)
    except versions.NotAllowed as refused:
        messages.warning(request, str(refused.words))
        return _show(request, version_named(kind, number), status=409)
    except PolicyRefused:
        messages.warning(request, _("The draft lacks what stands below; nothing was done."))
        return _show(request, found, status=409)
    messages.success(request, _("%(version)s is in force.") % {"version": found.title})
    return redirect("policy")


@permission_required(Perm.EDIT_POLICY, raise_exception=True)
@require_POST
def discard(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Give up a draft."""
    found = version_named(kind, number)
    try:
        versions.discard(found, request.user)
    except versions.NotAllowed as refused:
        messages.warning(request, str(refused.words))
    else:
        messages.success(request, _("%(version)s is discarded.") % {"version": found.title})
    return redirect("policy")
