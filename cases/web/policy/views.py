"""The policy by which cases are judged: read it, write a draft, compare, and put somebody else's draft in force."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.assessment.policy.problems import PolicyRefused
from cases.models import PolicyKind, PolicyVersion
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest
from cases.web.policy.draft_form import DraftForm
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
    return _show(request, _version(kind, number))


def _show(request: SignedInRequest, found: PolicyVersion, status: int = 200) -> HttpResponse:
    others = PolicyVersion.objects.of_kind(found.kind).exclude(pk=found.pk)
    wanted = request.GET.get("beside", "")
    beside = others.filter(number=int(wanted)).first() if wanted.isascii() and wanted.isdecimal() else None
    if beside is None and found.is_draft:
        beside = PolicyVersion.objects.in_force(found.kind)
    page = VersionPage(found, beside, request.user)
    context = {"nav": NAV, "page": page, "version": found, "others": others.defer("document")}
    return render(request, "policy/version.html", context, status=status)


@permission_required(Perm.VIEW_POLICY, raise_exception=True)
@require_GET
def download(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """The document as it is kept, byte for byte."""
    found = _version(kind, number)
    answer = HttpResponse(found.document.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.kind}-{found.number}.json"'
    return answer


@permission_required(Perm.EDIT_POLICY, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_draft(request: SignedInRequest, kind: str) -> HttpResponse:
    """Write a draft, beginning with the version in force or the one that the address names."""
    known = _kind(kind)
    if request.method == "POST":
        form = DraftForm(known, request.POST)
        if form.is_valid():
            try:
                made = versions.draft(
                    known, form.cleaned_data["parsed"], form.cleaned_data["reason"], request.user
                )
            except PolicyRefused as refused:
                form.problems = refused.problems
            else:
                messages.success(request, _("The draft is kept. Another person can put it in force."))
                return redirect("policy_version", made.kind, made.number)
        return _show_form(request, known, form, status=422)
    return _show_form(request, known, DraftForm(known, initial={"document": _beginning(request, known)}))


def _beginning(request: SignedInRequest, kind: PolicyKind) -> str:
    wanted = request.GET.get("copy", "")
    found = PolicyVersion.objects.of_kind(kind)
    copied = found.filter(number=int(wanted)).first() if wanted.isascii() and wanted.isdecimal() else None
    copied = copied or PolicyVersion.objects.in_force(kind)
    return copied.document if copied else ""


def _show_form(
    request: SignedInRequest, kind: PolicyKind, form: DraftForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"nav": NAV, "kind": kind, "form": form}
    return render(request, "policy/new.html", context, status=status)


@permission_required(Perm.ACTIVATE_POLICY, raise_exception=True)
@require_POST
def activate(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Put a draft by somebody else in force."""
    found = _version(kind, number)
    try:
        versions.activate(found, request.user)
    except versions.NotAllowed as refused:
        messages.warning(request, str(refused.words))
        return _show(request, _version(kind, number), status=409)
    except PolicyRefused:
        messages.warning(request, _("The draft lacks what stands below; nothing was done."))
        return _show(request, found, status=409)
    messages.success(request, _("%(version)s is in force.") % {"version": found.title})
    return redirect("policy")


@permission_required(Perm.EDIT_POLICY, raise_exception=True)
@require_POST
def discard(request: SignedInRequest, kind: str, number: int) -> HttpResponse:
    """Give up a draft."""
    found = _version(kind, number)
    try:
        versions.discard(found, request.user)
    except versions.NotAllowed as refused:
        messages.warning(request, str(refused.words))
    else:
        messages.success(request, _("%(version)s is discarded.") % {"version": found.title})
    return redirect("policy")


def _kind(word: str) -> PolicyKind:
    if word not in PolicyKind.values:
        raise Http404(_("There is no such document."))
    return PolicyKind(word)


def _version(kind: str, number: int) -> PolicyVersion:
    found = PolicyVersion.objects.filter(kind=_kind(kind), number=number)
    version = found.select_related("author", "activated_by").first()
    if version is None:
        raise Http404(_("There is no such version."))
    return version
