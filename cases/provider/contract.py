"""Every path, word and field name of the provider's session API, each spelled here alone.

Each line says where it comes from: **D** is documented by the provider, **A** is assumed by us because the
wire-level reference is not public (docs/provider/contract.md). Whoever holds the real reference overrides the
field concerned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from string import Formatter
from typing import Any

from cases.provider.countries import COUNTRIES

JSON = "json"
AML = "aml"
CERTIFICATE = "certificate_of_registration"
SESSION_ID_LIMIT = 200  # characters; a longer one is no id of a session
# What a ‘not found’ at an address that is assumed comes to. Whoever learns the right one sets AML_CONTRACT_FILE.
ASSUMED_ADDRESS = (
    "The address of the Danish service is an assumption: "
    "that nothing was found there says nothing about the register."
)


@dataclass(frozen=True)
class Kind:
    """One result entity of a session: what we call it, and how the wire does."""

    name: str
    information_key: str
    path: str
    media_type: str
    report: str
    implied_by: tuple[str, ...]
    rels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """The provider's wire as we know it; `overridden()` gives one with some fields replaced."""

    # access (contract §1)
    discovery_path: str = "/.well-known/openid-configuration"  # D
    token_endpoint_key: str = "token_endpoint"  # D  # noqa: S105
    base_url_keys: tuple[str, ...] = ("aml-baseurl", "aml_baseurl")  # D, newer first
    scope_basic: str = "aml_organization/basic"  # D
    scope_ofac: str = "aml_organization/OFAC"  # D
    token_lifetime_seconds: int = 300  # A, when the answer does not say

    # paths below the base address
    create_path: str = "/organization/session/{country}"  # D for no, se, fi; A for dk
    information_path: str = "/organization/session/{session}"  # A
    json_path: str = "/organization/session/{session}/json"  # A
    report_path: str = "/organization/session/{session}/report/{report}"  # A

    # the order (contract §2)
    countries: tuple[str, ...] = tuple(code.lower() for code in COUNTRIES)  # D, dk A
    assumed_countries: tuple[str, ...] = ("dk",)  # those of which the path is assumed
    languages: tuple[str, ...] = ("no", "nb", "nn", "en")  # D
    # A: those whose numbers have a hyphen are sent with it
    hyphenated_countries: tuple[str, ...] = tuple(
        code.lower() for code, country in COUNTRIES.items() if country.hyphen_after
    )
    order_identifier: str = "identifier"  # D
    order_reports: str = "reports"  # D
    order_expands: str = "expands"  # D as a concept, A on this endpoint
    order_language: str = "language"  # D
    order_webhook: str = "webhook"  # A
    order_webhook_url: str = "url"  # A
    order_webhook_events: str = "events"  # A
    expands: tuple[str, ...] = (  # D
        "keyInformation.lei",
        "address",
        "financials.accounting",
        "financials.keyFigures",
        "financials.auditor",
        "financials.accountant",
        "ownership.beneficials",
        "ownership.subsidiaries",
        "ownership.shareholders",
        "ownership.indicators",
        "authorities",
        "roles",
        "sanction",
        "links.reports.aml",
        "links.reports.certificate_of_incorporation",
    )
    report_aml: str = "aml"  # A
    report_certificate: str = "certificate_of_registration"  # A
    aml_rels: tuple[str, ...] = ("aml",)  # A, what `rel` says in links.reports
    certificate_rels: tuple[str, ...] = ("certificate_of_registration", "certificate_of_incorporation")  # A
    aml_implied_by: tuple[str, ...] = ("links.reports.aml",)  # D
    certificate_implied_by: tuple[str, ...] = ("links.reports.certificate_of_incorporation",)  # D

    # answers (contract §2 and §3)
    session_id: str = "sessionId"  # D
    json_key: str = "jsonData"  # D
    aml_key: str = "aml-report"  # D
    certificate_key: str = "certificate-of-registration-report"  # A
    status: str = "status"  # A
    available_until: str = "availableUntil"  # A
    identifier_keys: tuple[str, ...] = ("identifier", "organizationNumber")  # A, if it says one at all
    not_started: str = "NOT_STARTED"  # D
    in_progress: str = "IN_PROGRESS"  # D
    ready: str = "READY"  # D
    failed: str = "FAILED"  # A
    expired: str = "EXPIRED"  # A
    error_keys: tuple[str, ...] = ("message", "error_description", "error")  # A; the latter two D for tokens
    lifetime_seconds: int = 7200  # D: each entity lives two hours from when it became available

    # what it adds to a screening without a hit (D that it does, A the words); people read any other message
    no_hit_messages: tuple[str, ...] = (
        "No result from sanction screening.",
        "No results from sanction screening.",
        "No hit.",
        "No hits.",
        "No hits found.",
    )

    # webhooks (contract §5)
    event_json_ready: str = "JsonDataReady"  # D
    event_report_ready: str = "ReportReady"  # D
    event_all_done: str = "AllDone"  # D
    event_failed: str = "Failed"  # D
    subscribed_events: tuple[str, ...] = ()  # D that an order names them; none here: all four
    message_session: str = "sessionId"  # A
    message_status: str = "status"  # A
    message_report: str = "report"  # A

    # what the provider publishes for people; the portal links them and never fetches them
    guide_page: str = (
        "https://confluence.bankidnorge.no/confluence/pdoidcl/"
        "organization-async-session-api-implementation-guide-231180687.html"
    )  # D
    reference_page: str = "https://aml.bankidapis.no/"  # D, as the documentation names it
    changelog_page: str = "https://bidbax.atlassian.net/wiki/spaces/PDOIDCL"  # A: its page moves

    # media types (D)
    json_media_type: str = "application/json"
    pdf_media_type: str = "application/pdf"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The result entities in the order they are shown."""
        report = self.report_path
        return (
            Kind(JSON, self.json_key, self.json_path, self.json_media_type, "", ()),
            Kind(
                AML,
                self.aml_key,
                report,
                self.pdf_media_type,
                self.report_aml,
                self.aml_implied_by,
                self.aml_rels,
            ),
            Kind(
                CERTIFICATE,
                self.certificate_key,
                report,
                self.pdf_media_type,
                self.report_certificate,
                self.certificate_implied_by,
                self.certificate_rels,
            ),
        )

    def kind(self, name: str) -> Kind:
        """Find a result entity by our name for it; KeyError if there is none."""
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise KeyError(name)

    def ordered_kinds(self, reports: tuple[str, ...], expands: tuple[str, ...]) -> tuple[str, ...]:
        """Name the entities an order brings: JSON always, a PDF by its word or an element that implies it."""
        return tuple(
            kind.name
            for kind in self.kinds
            if kind.name == JSON or kind.report in reports or any(word in expands for word in kind.implied_by)
        )

    @property
    def reports(self) -> tuple[str, ...]:
        """The words an order may name under `reports`."""
        return (self.report_aml, self.report_certificate)

    @property
    def statuses(self) -> tuple[str, ...]:
        """The status words we know, in the order a session goes through them."""
        return (self.not_started, self.in_progress, self.ready, self.failed, self.expired)

    @property
    def webhook_events(self) -> tuple[str, ...]:
        """The events an order subscribes to."""
        return self.subscribed_events or (
            self.event_json_ready,
            self.event_report_ready,
            self.event_all_done,
            self.event_failed,
        )

    @property
    def lifetime(self) -> timedelta:
        """How long a result entity can be fetched after it became available."""
        return timedelta(seconds=self.lifetime_seconds)

    def overridden(self, mapping: Mapping[str, Any]) -> "Contract":
        """Give a contract with these fields replaced; ValueError names one that is unknown or misshapen."""
        known = {field.name for field in fields(self)}
        changes: dict[str, Any] = {}
        for name, value in mapping.items():
            if name not in known:
                raise ValueError(f"The contract has no field '{name}'.")
            changes[name] = _shaped(name, getattr(self, name), value)
        return replace(self, **changes)


def _shaped(name: str, present: object, value: Any) -> Any:
    """Bring an overriding value into the shape of the field it replaces."""
    if isinstance(present, tuple):
        if isinstance(value, list | tuple) and all(isinstance(word, str) and word for word in value):
            return tuple(value)
        raise ValueError(f"The contract's field '{name}' must be a list of words.")
    if isinstance(present, int):
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise ValueError(f"The contract's field '{name}' must be a whole number above 0.")
    if not isinstance(value, str) or not value:
        raise ValueError(f"The contract's field '{name}' must be a word.")
    if name.endswith("_path"):
        _check_path(name, str(present), value)
    if name.endswith("_page") and not value.startswith(("https://", "http://")):
        raise ValueError(f"The contract's field '{name}' must be a web address, beginning with https://.")
    return value


def _check_path(name: str, present: str, value: str) -> None:
    """Refuse a path that does not start with a slash or lost a placeholder."""
    try:
        fields = {field for _, field, _, _ in Formatter().parse(value) if field is not None}
    except ValueError:
        fields = {"{"}
    wanted = {field for _, field, _, _ in Formatter().parse(present) if field is not None}
    if not value.startswith("/") or fields != wanted:
        places = ", ".join(f"{{{place}}}" for place in sorted(wanted)) or "no placeholder"
        raise ValueError(f"The contract's field '{name}' must start with a slash and hold {places}.")
