"""Organisations that always meet a fault, so that a person can try each one by opening a case on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from amlportal.sandbox.faults.faults import Fault, fault
from amlportal.sandbox.universe.generated import generate
from amlportal.sandbox.universe.organisation import Organisation

RESULT_CALLS = ["information", "json", "report"]


@dataclass(frozen=True)
class FaultyOrganisation:
    """A Norwegian organisation with the faults it meets in every session."""

    number: str
    name: str
    faults: tuple[Fault, ...]

    @property
    def scope(self) -> str:
        """The scope its faults stand under."""
        return f"NO-{self.number}"

    @property
    def about(self) -> str:
        """What happens, in words."""
        return " ".join(sentence(one) for one in self.faults)


def sentence(one: Fault) -> str:
    """Say what a fault does, where and how often."""
    often = "always" if one.count is None else f"{one.count} times, then well"
    seconds = "" if one.seconds is None else f", {one.seconds:g} s"
    return f"{one.kind.description} [{one.name} on {', '.join(one.on)}: {often}{seconds}]"


def _row(number: str, name: str, fault_name: str, **changes: object) -> FaultyOrganisation:
    return FaultyOrganisation(number, name, (fault(fault_name, each_session=True, **changes),))


# Who tries it sees within a minute what becomes of a result that is broken for all its life.
SHORT_LIFE = fault("expires_early", seconds=60, each_session=True)

FAULTY_ORGANISATIONS = (
    _row("319001018", "TAPT WEBHOOK AS", "webhook_lost"),
    _row("319001085", "GJENTATT WEBHOOK AS", "webhook_repeated"),
    _row("319001158", "SEN WEBHOOK AS", "webhook_late"),
    _row("319001220", "FALSK WEBHOOK AS", "webhook_forged"),
    _row("319001298", "OMVENDT WEBHOOK AS", "webhook_reordered"),
    _row("319001360", "UFORSTÅTT BESTILLING AS", "http_400"),
    _row("319001433", "UTLØPT BEVIS AS", "http_401", on=["create", *RESULT_CALLS]),
    _row("319001506", "AVVIST BEVIS AS", "http_401", on=["create", *RESULT_CALLS], count=None),
    _row("319001573", "MANGLENDE TILGANG AS", "http_403"),
    _row("319001646", "UFINNELIG AS", "http_404"),
    _row("319001719", "FORSVUNNET SESJON AS", "http_404", on=RESULT_CALLS),
    _row("319001786", "NESTEN KLAR AS", "http_409"),
    _row("319001859", "UTGÅTT RESULTAT AS", "http_410"),
    _row("319001921", "KØ I DØRA AS", "http_429"),
    _row("319001999", "KØ TIL KLOKKEN AS", "http_429_date"),
    _row("319002065", "FEIL PÅ TJENEREN AS", "http_500"),
    _row("319002138", "STADIG FEIL AS", "http_500", on=RESULT_CALLS, count=None),
    _row("319002200", "STENGT FOR VEDLIKEHOLD AS", "http_503"),
    _row("319002278", "OMVEI AS", "redirect"),
    _row("319002340", "TREG LINJE AS", "slow"),
    _row("319004084", "DRYPPENDE LINJE AS", "drip", on=["report"]),
    _row("319002413", "BRUTT LINJE AS", "cut", on=RESULT_CALLS),
    _row("319002480", "BRUTT BESTILLING AS", "cut", on=["create"], count=1),
    _row("319002553", "AVKORTET SVAR AS", "truncated"),
    FaultyOrganisation("319002626", "HALV JSON AS", (fault("invalid_json", each_session=True), SHORT_LIFE)),
    _row("319002693", "TOMT SVAR AS", "empty_body"),
    _row("319002766", "TAPT SVAR AS", "create_lost"),
    _row("319002839", "ALLTID TAPT SVAR AS", "create_lost", count=None),
    FaultyOrganisation(
        "319002901",
        "TAPT SVAR UTEN WEBHOOK AS",
        (fault("create_lost", count=None, each_session=True), fault("webhook_lost", each_session=True)),
    ),
    _row("319002979", "UTEN SESJONSNUMMER AS", "no_session_id"),
    _row("319003045", "MISLYKKET SESJON AS", "failed"),
    _row("319003118", "MISLYKKET RAPPORT AS", "entity_failed"),
    _row("319003185", "ALDRI KLAR AS", "never_ready"),
    _row("319003258", "RAPPORT ALDRI KLAR AS", "never_ready", on=["report"]),
    _row("319003320", "KORT LEVETID AS", "expires_early"),
    _row("319003398", "UKJENT STATUS AS", "unknown_status"),
    _row("319003460", "NYTT STATUSFORMAT AS", "status_objects"),
    _row("319003533", "FEIL ORGANISASJON AS", "wrong_organisation"),
    _row("319003606", "UMULIGE TEGN AS", "unstorable_json"),
    FaultyOrganisation("319003673", "ØDELAGT PDF AS", (fault("invalid_pdf", each_session=True), SHORT_LIFE)),
    _row("319003746", "ENDRET PDF AS", "tampered_pdf"),
    _row("319003819", "OVERSKREVET PDF AS", "altered_pdf"),
    _row("319003886", "USIGNERT PDF AS", "unsigned_pdf"),
    _row("319003959", "FREMMED SIGNATUR AS", "foreign_signature"),
    _row("319004025", "KLOKKE FORAN AS", "clock_ahead", on=["create", *RESULT_CALLS]),
    _row("319004033", "FEILMELDT I HAST AS", "failed_in_error"),
    _row("319004041", "LANG FORBEREDELSE AS", "long_preparation"),
    _row("319004068", "FLYTTET RAPPORT AS", "report_moved"),
    FaultyOrganisation(
        "319004076",
        "LENKER PÅ AVVEIER AS",
        (fault("report_moved", each_session=True), fault("links_astray", each_session=True)),
    ),
)


def faults_of_organisations() -> Mapping[str, tuple[Fault, ...]]:
    """Return the faults by scope."""
    return {row.scope: row.faults for row in FAULTY_ORGANISATIONS}


def organisations_with_faults() -> tuple[Organisation, ...]:
    """Return the organisations, made up but for their names."""
    return tuple(
        generate("NO", row.number, name=row.name, kind="fault", about=row.about)
        for row in FAULTY_ORGANISATIONS
    )
