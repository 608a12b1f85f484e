"""Every caution bears on a verdict, wherever it stands."""

from cases.findings.verdicts.verdicts import TOPICS, State
from cases.findings.vocabulary.caution_codes import CODES, topic_of
from cases.findings.vocabulary.sections import SECTIONS, Topic
from cases.provider.result.parsing import parse_json
from tests.findings.verdicts.test_verdicts import good, judged, states

# What accounts that were read say of the business: no verdict rests on it.
OF_BUSINESS = {"negative_equity", "loss", "balance_unequal", "years_missing"}


def test_every_caution_bears_on_a_verdict_wherever_it_stands() -> None:
    chapters = (
        *SECTIONS,
        "documents",
        "links.reports[0]",
        "twice",
        "",
        "#2",
        "officialRoles",
        "X[0].y",
        "ærlig",
    )
    for code in CODES:
        for place in chapters:
            is_of_business = code in OF_BUSINESS or (
                code in {"chapters_not_delivered", "chapters_not_renewed"} and place.startswith("financials")
            )
            assert (topic_of(code, place) in TOPICS) is not is_of_business, (code, place)


def test_what_contradicts_itself_outside_every_chapter_bears_on_the_identity() -> None:
    for twice in (b'"twice": 1, "twice": 2', b'"links": {"reports": [], "a": 1, "a": 2}'):
        found = judged({**good(), **parse_json(b"{" + twice + b"}")})
        (caution,) = [item for item in found.cautions if item.code == "contradictory"]
        assert caution.topic is Topic.IDENTITY, twice
        assert states(found)["identity"] == State.POINTS_TO_CHECK, twice
