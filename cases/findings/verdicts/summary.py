"""What one capture comes to: everything a reader must not overlook, and the six verdicts. One answer for page, list,
report and JSON."""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.findings.captures.evidence import Evidence
from cases.findings.result import Result
from cases.findings.verdicts.verdicts import State, Verdict, verdicts
from cases.findings.vocabulary.caution import Caution, gravest_first
from cases.findings.vocabulary.sections import Topic


@dataclass(frozen=True, slots=True)
class Summary:
    """What one capture comes to: all its cautions, the gravest first, and its six verdicts, in their order."""

    cautions: tuple[Caution, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def alarms(self) -> tuple[Caution, ...]:
        """The cautions that are more than a point to check."""
        return tuple(caution for caution in self.cautions if caution.is_alarm)

    def verdict(self, topic: Topic) -> Verdict:
        """Give the verdict on a topic."""
        return next(verdict for verdict in self.verdicts if verdict.topic is topic)


def summary(result: Result, evidence: Evidence) -> Summary:
    """Put together what the result and the evidence say. Of a result about another organisation nothing counts."""
    if evidence.is_about_another:
        return _of_another(result, evidence)
    cautions = gravest_first((*result.warnings, *evidence.cautions))
    return Summary(cautions, verdicts(result, evidence, cautions))


def _of_another(result: Result, evidence: Evidence) -> Summary:
    cautions = gravest_first(evidence.cautions)
    return Summary(cautions, tuple(_unused(verdicts(result, evidence, cautions), cautions)))


def _unused(found: tuple[Verdict, ...], cautions: tuple[Caution, ...]) -> Iterator[Verdict]:
    """Judge only the documents: every chapter of the result is about another organisation."""
    code = "another_organisation"
    why = tuple(caution.words for caution in cautions if caution.code == code)
    for verdict in found:
        if verdict.topic is Topic.DOCUMENTS:
            yield verdict
        elif verdict.topic is Topic.IDENTITY:
            yield Verdict(verdict.topic, State.ALARM, why, alarm_code=code)
        else:
            yield Verdict(verdict.topic, State.NOT_DONE, why)
