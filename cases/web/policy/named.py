"""What the addresses of policy name: a document, a version."""

from django.http import Http404
from django.utils.translation import gettext as _

from cases.models import PolicyKind, PolicyVersion

MOST_DIGITS = 9


def kind_named(word: str) -> PolicyKind:
    """The document of a word; not found if there is none."""
    if word not in PolicyKind.values:
        raise Http404(_("There is no such document."))
    return PolicyKind(word)


def number_named(word: str) -> int | None:
    """The number that a word is; None if it is none that a version could have."""
    is_number = word.isascii() and word.isdecimal() and len(word) <= MOST_DIGITS
    return int(word) if is_number else None


def version_named(kind: str, number: int) -> PolicyVersion:
    """A version of a document; not found if there is none."""
    found = PolicyVersion.objects.filter(kind=kind_named(kind), number=number)
    version = found.select_related("author", "activated_by").first()
    if version is None:
        raise Http404(_("There is no such version."))
    return version
