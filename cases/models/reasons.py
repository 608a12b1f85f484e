"""Why something failed, is stuck or is held up: a safe word kept in the row, and the sentence a person reads."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.wording import Wording
from cases.provider import contract

# Our own words.
NEVER_READY = "never_ready"
PROVIDER_FAILED = "provider_failed"
PROVIDER_CANCELLED = "provider_cancelled"
FAILURE_ANNOUNCED = "failure_announced"
NO_ANSWER_IN_TIME = "no_answer_in_time"
CREATE_OUTCOME_UNKNOWN = "create_outcome_unknown"
CANNOT_CONFIRM = "cannot_confirm"
TOO_MANY_DEATHS = "too_many_deaths"
STORAGE_FULL = "storage_full"
STORAGE_TROUBLE = "storage_trouble"
STORAGE_AWAY = "storage_away"
NOT_STORED = "not_stored"
INTERNAL = "internal"
NOT_READ = "not_read"
SOME_MISSING = "some_missing"
CLOSED_BY_PERSON = "closed_by_person"
WEBHOOK_CAME_LATE = "knocked_late"
LOOKED_AGAIN = "looked_again"
EXPIRED = "expired"
REPORT_BROKE_OFF = "report_broke_off"
REPORT_TOO_LARGE = "report_too_large"
REPORT_NOT_MADE = "report_not_made"
IMPACT_BROKE_OFF = "impact_broke_off"
NO_DRAFT_ANY_MORE = "no_draft_any_more"
NOTHING_IN_FORCE = "nothing_in_force"

# Reasons of a result that the provider did not make, by its own word or in all the time it was waited for.
NOT_MADE = (NEVER_READY, PROVIDER_FAILED, FAILURE_ANNOUNCED)

SENTENCES: dict[str, str | Promise] = {
    NEVER_READY: _("The provider did not make it ready in time."),
    PROVIDER_FAILED: _("The provider reported that making it failed."),
    PROVIDER_CANCELLED: _("The provider cancelled the session."),
    FAILURE_ANNOUNCED: _(
        "The provider announced a failure, and it did not become ready in the time after that."
    ),
    NO_ANSWER_IN_TIME: _(
        "The provider could not be reached, or gave no usable answer, in all the time we tried."
    ),
    CREATE_OUTCOME_UNKNOWN: _(
        "The order was sent but its answer was lost, and nothing told us whether a session was made. "
        "A session costs money: check with the provider, then send the order again or close it."
    ),
    CANNOT_CONFIRM: _(
        "A session was found after its answer was lost, but the provider does not confirm that it is about this "
        "organisation. It was not used."
    ),
    TOO_MANY_DEATHS: _(
        "Work on it broke off five times in a row, so it was stopped. Nothing captured is lost."
    ),
    STORAGE_FULL: _("The disk or bucket for files is full. Make room; the portal goes on by itself."),
    STORAGE_TROUBLE: _("The file could not be stored. The portal goes on trying."),
    STORAGE_AWAY: _("The store for files could not be read, again and again. Nothing captured is lost."),
    NOT_STORED: _("Our own store for files could not take it in all the time it was there to be fetched."),
    INTERNAL: _("Something unforeseen went wrong in the portal. It goes on trying; the log names the place."),
    NOT_READ: _(
        "The portal could not read it: something unforeseen went wrong, and the log names the place."
    ),
    SOME_MISSING: _("Not every result could be captured."),
    CLOSED_BY_PERSON: _("Closed by a person after it stayed unknown whether the order was taken."),
    WEBHOOK_CAME_LATE: _("A webhook came after it had been given up. Nothing is ordered by looking."),
    LOOKED_AGAIN: _("The results that never came are looked for once more. Nothing is ordered by looking."),
    EXPIRED: _("The results were gone from the provider before they could be captured."),
    REPORT_BROKE_OFF: _("Work on it broke off three times in a row, so it was given up."),
    REPORT_TOO_LARGE: _("The case holds more than fits into a report, even with its long lists cut."),
    REPORT_NOT_MADE: _("Something unforeseen went wrong while it was made; the log names the place."),
    IMPACT_BROKE_OFF: _("The work on it broke off again and again; the log names the place."),
    NO_DRAFT_ANY_MORE: _("The version is no draft any more."),
    NOTHING_IN_FORCE: _("Nothing is in force to compare with: whoever runs the portal must run migrate."),
    # The provider package's words (cases/provider/errors.py).
    "timeout": _("The provider did not answer in time."),
    "too_slow": _("The provider's answer came so slowly that it was broken off."),
    "connection_refused": _("The provider's server refused the connection."),
    "connection_broken": _("The connection to the provider broke off."),
    "name_unknown": _(
        "The provider's address could not be found. Check the network and the address in the settings."
    ),
    "tls_failed": _("No secure connection to the provider could be made. Check certificates and the clock."),
    "truncated": _("The provider's answer broke off half-way."),
    "empty": _("The provider's answer was empty."),
    "garbled": _("The provider's answer was garbled."),
    "redirect_refused": _("The provider tried to send us to another address. That is never followed."),
    "link_refused": _(
        "The provider does not know the document where the portal looks for it, and the link in its result leads "
        "away from the provider’s own server. That link is never followed."
    ),
    "bad_request": _("The provider does not accept the order."),
    "unauthorized": _("The provider does not accept our access. Check client id and secret in the settings."),
    "scope_missing": _("Our access does not cover this. A scope is missing; ask the provider for it."),
    "not_found": _(
        "The provider does not know it: the organisation is not in the register, or the session is gone."
    ),
    "assumed_address": _(contract.ASSUMED_ADDRESS),
    "not_ready": _("The provider has not made it ready yet."),
    "gone": _("It is no longer available at the provider."),
    "rate_limited": _("The provider asked us to slow down. The portal waits as long as it was told."),
    "http_408": _("The provider gave up waiting."),
    "http_425": _("The provider was not ready for the call."),
    "http_500": _("The provider's server failed."),
    "http_501": _("The provider's server cannot do this."),
    "http_502": _("A server in front of the provider failed."),
    "http_503": _("The provider is unavailable for now."),
    "http_504": _("A server in front of the provider gave up waiting."),
    "http_4xx": _("The provider refused the call."),
    "http_5xx": _("The provider's server failed."),
    "unexpected_status": _("The provider answered in a way the contract does not know."),
    "invalid_json": _("The result is not readable JSON."),
    "invalid_pdf": _("The document is not a readable PDF."),
    "not_an_object": _("The result is JSON, but not a result."),
    "too_large": _("The answer is larger than the portal accepts."),
    "encoding_refused": _("The provider packed its answer in a way that the portal does not unpack."),
    "no_session_id": _("The provider's answer names no session."),
    "wrong_session": _("The provider answered about another session."),
    "bad_session_id": _("The session's name cannot be used in an address."),
    "unknown_country": _("The provider does not serve this country."),
    "unknown_kind": _("The portal does not know this kind of result."),
    "token_refused": _(
        "The provider gave us no access token. Check client id, secret and scopes in the settings."
    ),
    "token_unreadable": _("The provider's access token could not be read."),
    "token_busy": _("Another worker was renewing the access token for too long."),
    "discovery_busy": _("Another worker was asking for the provider's addresses for too long."),
    "discovery_refused": _("The provider's discovery document cannot be used. Check AML_ISSUER."),
    "discovery_incomplete": _(
        "The provider's discovery document lacks an address. Set AML_BASE_URL and AML_TOKEN_URL."
    ),
    "bad_address": _("An address of the provider in the settings is not a web address."),
    "insecure_address": _("The provider's address is not https. Only a local sandbox may do without."),
    "key_unusable": _("The private key in the settings cannot be used."),
    "setting_missing": _("A setting for the provider is missing. Run `manage.py doctor`."),
    "state_folder": _("The folder that workers share cannot be written. Check VAR_DIR."),
}

# Words that mean a person has to change a setting: they raise the alarm on the provider page.
CONFIGURATION = (
    "unauthorized",
    "scope_missing",
    "token_refused",
    "discovery_refused",
    "discovery_incomplete",
    "bad_address",
    "insecure_address",
    "key_unusable",
    "setting_missing",
    "state_folder",
)


UNKNOWN = _("The reason was kept as a word that this version of the portal does not know.")
WORDING = Wording(SENTENCES, UNKNOWN)

# Other sentences for an order that made no session: nothing of one can be gone.
OF_AN_ORDER: dict[str, str | Promise] = {
    "not_found": _("The provider knows no organisation under this number. No session was made."),
}


def sentence(reason: str, *, of_an_order: bool = False) -> str:
    """The sentence for a reason kept in a row, never the bare word; '' if there is none.

    `of_an_order`: there is no session at the provider that it could be about.
    """
    if of_an_order and reason in OF_AN_ORDER:
        return str(OF_AN_ORDER[reason])
    return str(WORDING.of(reason))
