"""What a draft of policy would do: when it is to be worked out, and whether it was, so that it can be put in force.

The queue works it out (`cases.workflows.background.policy_impacts`); a draft is asked for as soon as it is kept.
"""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, PolicyImpact, PolicyVersion, User
from cases.queue import wake_background_jobs


def order(version: PolicyVersion, actor: User) -> PolicyImpact:
    """Have it worked out; the one under way is given if there is one. Inside the caller's transaction."""
    under_way = PolicyImpact.objects.unfinished().filter(version=version).first()
    if under_way is not None:
        return under_way
    made = PolicyImpact.objects.create(
        version=version, sha256=version.sha256, ordered_by=actor, ordered_at=timezone.now()
    )
    wake_background_jobs()
    return made


def newest_worked_out(version: PolicyVersion) -> PolicyImpact | None:
    """What is known of this very document; None if it was never worked out."""
    found = PolicyImpact.objects.worked_out().filter(version=version, sha256=version.sha256)
    return found.select_related("against").first()


def latest(version: PolicyVersion) -> PolicyImpact | None:
    """The one that was ordered last, whatever became of it."""
    found = PolicyImpact.objects.filter(version=version).select_related("against", "ordered_by")
    return found.order_by("-ordered_at", "-pk").first()


def why_not_seen(version: PolicyVersion) -> str | Promise:
    """Why nobody can know yet what a draft would do; '' if that is known, or there is no open case."""
    if not Case.objects.open().exists():
        return ""
    known = newest_worked_out(version)
    if known is None:
        return _(
            "What it would do to the open cases is not worked out yet. Have it worked out, and look at it first."
        )
    in_force = PolicyVersion.objects.in_force(version.kind)
    if in_force is None or known.against_id != in_force.pk:
        return _(
            "Another version was put in force since it was worked out what it would do. Have it worked out anew."
        )
    return ""
