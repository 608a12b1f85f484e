"""Writing a draft of policy: as a form that begins with a version, or as JSON that is imported."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.assessment.policy.problems import PolicyRefused
from cases.models import PolicyKind, PolicyVersion
from cases.models.people.permissions import Perm
from cases.web.access import SignedInRequest
from cases.web.files_of_people import takes_a_file
from cases.web.policy.document_form import MOST_FIELDS, DocumentForm
from cases.web.policy.draft_form import ImportForm, ReasonForm
from cases.web.policy.named import kind_named, number_named
from cases.web.readable import of_many_fields
from cases.workflows.policy import versions

NAV = "policy"
WRONG = 422


@of_many_fields(MOST_FIELDS)
@permission_required(Perm.EDIT_POLICY, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_draft(request: SignedInRequest, kind: str) -> HttpResponse:
    """Fill in a form that begins with the version in force, or the one that the address names."""
    known = kind_named(kind)
    copied = _copied(request, known)
    if request.method != "POST":
        return _show(request, DocumentForm(copied), ReasonForm())
    if str(copied.number) != request.GET.get("copy"):  # the cells are those of one version and no other
        return _show(request, DocumentForm(copied), ReasonForm(request.POST), WRONG)
    form, reason = DocumentForm(copied, request.POST), ReasonForm(request.POST)
    if form.adds:
        return _show(request, form, ReasonForm(initial={"reason": request.POST.get("reason", "")}))
    is_well = form.check()
    if request.POST.get("do") == "check":
        return _checked(request, form, is_well=is_well)
    if reason.is_valid() and is_well:
        try:
            made = versions.draft(known, form.document, reason.cleaned_data["reason"], request.user)
        except PolicyRefused as refused:
            form.say(refused.problems)
        else:
            _say_of_older(request, copied)
            return _kept(request, made)
    return _show(request, form, reason, WRONG)


def _checked(request: SignedInRequest, form: DocumentForm, *, is_well: bool) -> HttpResponse:
    if is_well:
        messages.info(request, _("Nothing is wrong with the document. It is not kept yet."))
    reason = ReasonForm(initial={"reason": request.POST.get("reason", "")})
    return _show(request, form, reason, 200 if is_well else WRONG)


def _show(
    request: SignedInRequest, form: DocumentForm, reason: ReasonForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "nav": NAV,
        "kind": PolicyKind(form.copied.kind),
        "form": form,
        "reason": reason,
        "copied": form.copied,
    }
    return render(request, "policy/new.html", context, status=status)


@takes_a_file
@permission_required(Perm.EDIT_POLICY, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_draft(request: SignedInRequest, kind: str) -> HttpResponse:
    """Keep a document that comes as JSON as a draft."""
    known = kind_named(kind)
    form = ImportForm(known)
    if request.method == "POST":
        form = ImportForm(known, request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            return _kept(request, versions.draft(known, data["parsed"], data["reason"], request.user))
    context: dict[str, Any] = {"nav": NAV, "kind": known, "form": form}
    return render(request, "policy/import.html", context, status=WRONG if form.is_bound else 200)


def _kept(request: SignedInRequest, made: PolicyVersion) -> HttpResponse:
    messages.success(
        request,
        _("The draft is kept. What it would do is worked out; then another person can put it in force."),
    )
    return redirect("policy_version", made.kind, made.number)


def _say_of_older(request: SignedInRequest, copied: PolicyVersion) -> None:
    """A draft that another was made of stays: say so, for whoever puts one of them in force."""
    if copied.is_draft:
        words = _("%(older)s is still a draft. Discard it if the new one takes its place.")
        messages.info(request, words % {"older": copied.title})


def _copied(request: SignedInRequest, kind: PolicyKind) -> PolicyVersion:
    """The version that the address names, or the one in force."""
    found = PolicyVersion.objects.of_kind(kind)
    number = number_named(request.GET.get("copy", ""))
    named = found.filter(number=number).first() if number is not None else None
    copied = named or PolicyVersion.objects.in_force(kind) or found.first()
    if copied is None:
        raise Http404(_("There is no version to begin with. Whoever runs the portal must run migrate."))
    return copied
