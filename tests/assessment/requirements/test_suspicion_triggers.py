"""What gives rise to considering a suspicion (R27), and when it was considered."""

from dataclasses import replace

from cases.assessment.policy.risk_terms import RiskClass
from cases.assessment.requirements.found import State
from cases.assessment.requirements.suspicion_triggers import Considered, Trigger, of_suspicion, triggers
from cases.assessment.risk.assess import assess
from cases.assessment.risk.assessment import Forced
from cases.assessment.risk.facts import Facts
from cases.assessment.searches.coverage import PartyCoverage, RecordedSearch
from cases.assessment.searches.parties import SearchedParty
from cases.assessment.searches.terms import PartyOutcome, SearchTopic
from cases.findings.result import with_dispositions
from cases.findings.screening.chapter import Disposition
from tests.assessment.requirements.made import TODAY, facts, statuses
from tests.assessment.risk.assessing import FILLED, HARMLESS
from tests.findings.reading import of

HIT = Trigger("hit 1", "A hit is confirmed: Arvid Storholm")
GATE = Trigger("gate G1", "A gate of the risk model holds: a listed owner")
OPEN = tuple(statuses(facts()).values())


def note(*keys: str, is_over: bool = True, by: str = "Siv Moen") -> Considered:
    return Considered(by, frozenset(keys), is_over)


def test_what_gives_rise_to_it_is_named() -> None:
    read = of("no_full")
    confirmed = with_dispositions(
        read, {hit.fingerprint: Disposition.CONFIRMED for hit in read.screening.hits}
    ).screening.confirmed
    harmless = assess(FILLED, Facts(read, TODAY, answers=HARMLESS))
    gated = replace(harmless, gates=(Forced("G7", RiskClass.PROHIBITED, "Listed owners"),))
    party = SearchedParty("k", "Tor Brekke")
    search = RecordedSearch(1, SearchTopic.SANCTIONS, PartyOutcome.FOUND, "Kari", frozenset({"k"}))
    covered = [PartyCoverage(party, search), PartyCoverage(replace(party, key="l"))]
    met = triggers(confirmed, gated, covered, "CANNOT_BE_COMPLETED", 3)
    assert [trigger.key.partition(" ")[0] for trigger in met] == [
        *(("hit",) * sum(not hit.is_of_pep_list for hit in confirmed)),
        *("gate", "party", "cannot"),
    ]
    assert any("Tor Brekke" in str(trigger.words) for trigger in met)
    assert triggers((), None, covered[1:], "CUSTOMER_WITHDREW", 3) == ()


def test_it_is_open_until_everything_that_gives_rise_to_it_was_considered() -> None:
    known = ()
    for notes, state in (
        ((), State.OPEN),
        ((note("hit 1"),), State.OPEN),
        ((note("hit 1", "gate G1"),), State.MET_BY_PERSON),
        ((note("gate G1"), note("hit 1")), State.MET_BY_PERSON),
        ((note("hit 1", "gate G1", is_over=False),), State.OPEN),
        ((note("hit 1", "gate G1", is_over=False), note("hit 1", "gate G1")), State.OPEN),
        ((note("hit 1", "gate G1"), note(is_over=False)), State.MET_BY_PERSON),
    ):
        assert of_suspicion((HIT, GATE), notes, known).state is state, notes
    left = of_suspicion((HIT, GATE), (note("hit 1"),), OPEN)
    assert str(left.words) == "To be considered. A gate of the risk model holds: a listed owner."
    assert of_suspicion((HIT,), (note("hit 1"),), known).by == "Siv Moen"


def test_nothing_gives_rise_to_it_only_where_that_is_known() -> None:
    assert of_suspicion((), (), OPEN).state is State.OPEN
    assert "still open" in str(of_suspicion((), (), OPEN).words)
    assert of_suspicion((), (), ()).state is State.NOT_APPLICABLE
    assert of_suspicion((), (note(),), ()).state is State.MET_BY_PERSON
    assert of_suspicion((), (note(),), OPEN).state is State.OPEN
    assert "was considered, and this is still open" in str(of_suspicion((), (note(),), OPEN).words)
