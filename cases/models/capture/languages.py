"""The languages an order can ask for (contract §2), as an analyst calls them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Wording

NAMES: dict[str, str | Promise] = {
    "no": _("Norwegian"),
    "nb": _("Norwegian (Bokmål)"),
    "nn": _("Norwegian (Nynorsk)"),
    "en": _("English"),
}


WORDING = Wording(NAMES)


def name(word: str) -> str | Promise:
    """The name of a language; an unknown word is given as it is."""
    return WORDING.of(word)
