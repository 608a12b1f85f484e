"""Roles and authority to sign, with the signatory check as it was sent last from this page."""

import uuid

from django.contrib import messages
from django.utils.translation import gettext as _

from cases.web.access import SignedInRequest
from cases.web.case_page.page import CasePage
from cases.web.case_page.people import signatory_check
from cases.web.case_page.people.saved_check import last_check
from cases.web.case_page.people.signatory_check import Signing
from cases.web.case_page.tab_view import Context, TabView
from cases.web.sign_in import typed

FORMS = ("check_signers", "keep_signers")


def context_with(page: CasePage, signing: Signing) -> Context:
    """The template context of the tab with this form of the signatory check."""
    return {"signing": signing, **last_check(page)}


def _context(request: SignedInRequest, page: CasePage) -> Context:
    return context_with(page, _as_sent(request, page))


def _as_sent(request: SignedInRequest, page: CasePage) -> Signing:
    word = request.GET.get(typed.PARAMETER, "")
    filled_in = typed.recall(request, *FORMS)
    if filled_in is None:
        if word:
            words = _(
                "That check was made in another sign-in, or long ago. Tick again; names are not kept in addresses."
            )
            messages.warning(request, words)
        return Signing(page.reading)
    return signatory_check.sent(
        page.reading,
        filled_in.data,
        filled_in.data.getlist("signed"),
        is_asked=filled_in.was_sent,
        # One press of the button is one check, however often its page is reloaded.
        submission=uuid.uuid5(uuid.NAMESPACE_OID, word),
    )


VIEW = TabView(_context)
