"""The hits of a case to judge: every one as a line under the party of ours it is nearest to, and one in full."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.functional import Promise

from cases.assessment.judging.holding import Change
from cases.assessment.judging.same_entry import on_other_lists
from cases.findings.screening.named_parties import NamedParty
from cases.findings.vocabulary.sections import SCREENING
from cases.models import Case, Judgement, PolicyKind, PolicyVersion
from cases.presentation.hit_status import HitStatus
from cases.presentation.judged_hits import HitJudgements
from cases.web.case_page.page import CasePage, address
from cases.web.case_page.screening.hit_lines import HitLine, PartyHits, Shown, party_places
from cases.web.case_page.screening.judge_form import JudgeForm, VerdictChoices, choices_of, served
from cases.web.case_page.tab_names import Tab
from cases.workflows.casework.judging import second
from cases.workflows.policy import versions
from cases.workflows.results.which_capture import to_read

HIT, SHOWN = "hit", "show"


@dataclass
class JudgingArea:
    """What the tab shows of hits. `form` is what a person filled in and was refused; None for one that is served."""

    page: CasePage
    wanted: str = ""
    shown: Shown = Shown.ALL
    form: JudgeForm | None = None
    overtaken: str | Promise = ""
    words: str = ""

    @property
    def case(self) -> Case:
        return self.page.case

    @property
    def judged(self) -> HitJudgements:
        return self.page.reading.judged

    @cached_property
    def lines(self) -> list[HitLine]:
        """Every hit, by our parties: the party with the likeliest open hit first."""
        hits = self.page.reading.result.screening.hits
        screened_by = self.page.reading.artefact_of(SCREENING)
        found = [
            HitLine(
                hit,
                self.judged.of(hit.fingerprint),
                self.address_of(hit.fingerprint),
                screened_by.pk if screened_by else None,
            )
            for hit in hits
        ]
        places = {line.hit.fingerprint: place for place, line in enumerate(found)}
        first: dict[tuple[str, ...], tuple[bool, int]] = {}
        for line in found:
            rank = (line.status is not HitStatus.LIKELY, places[line.hit.fingerprint])
            party = party_places(line)
            first[party] = min(first.get(party, rank), rank)
        return sorted(
            found,
            key=lambda line: (
                first[party_places(line)],
                line.status is not HitStatus.LIKELY,
                places[line.hit.fingerprint],
            ),
        )

    @cached_property
    def listed(self) -> list[HitLine]:
        """The hits that the list shows; the one in full is always among them."""
        return [line for line in self.lines if line.is_among(self.shown) or line is self.current]

    @cached_property
    def parties(self) -> list[PartyHits]:
        found: dict[tuple[str, ...], list[HitLine]] = {}
        for line in self.listed:
            found.setdefault(party_places(line), []).append(line)
        return [
            PartyHits(lines[0].hit.comparison.party if lines[0].hit.comparison else None, tuple(lines))
            for lines in found.values()
        ]

    @cached_property
    def without_hit(self) -> list[NamedParty]:
        """The parties of ours that no hit is near to."""
        near = {party_places(line) for line in self.lines}
        return [party for party in self.page.reading.result.screening.parties if party.places not in near]

    @cached_property
    def current(self) -> HitLine | None:
        """The hit in full: the one that is wanted, else the first that is shown."""
        for line in self.lines:
            if line.hit.fingerprint == self.wanted:
                return line
        return next((line for line in self.lines if line.is_among(self.shown)), None) or next(
            iter(self.lines), None
        )

    @property
    def filters(self) -> list[tuple[Shown, int, str]]:
        """What the list can be narrowed to, with how many hits and the address."""
        return [
            (shown, sum(line.is_among(shown) for line in self.lines), self.address_of("", shown))
            for shown in Shown
        ]

    @property
    def place(self) -> int:
        """The place of the hit in full in the list, from 1."""
        return self.listed.index(self.current) + 1 if self.current else 0

    @property
    def previous(self) -> HitLine | None:
        return self.listed[self.place - 2] if self.place > 1 else None

    @property
    def following(self) -> HitLine | None:
        return self.listed[self.place] if 0 < self.place < len(self.listed) else None

    def next_open(self) -> HitLine | None:
        """The next hit that is to be judged after the one in full, from the start again at the end."""
        return _next(self.lines, self.current, lambda line: line.is_among(Shown.OPEN))

    def next_to_confirm(self) -> HitLine | None:
        """The next judgement that this person can confirm."""

        def can(line: HitLine) -> bool:
            return bool(
                line.judged
                and line.judged.awaits_second
                and not second.why_not(line.judged.judgement, self.page.user)
            )

        return _next(self.lines, self.current, can)

    def address_of(self, fingerprint: str, shown: Shown | None = None) -> str:
        """The address of the tab with a hit in full, and the list narrowed as it is."""
        shown = self.shown if shown is None else shown
        query = {HIT: fingerprint, SHOWN: shown.value}
        kept = urlencode({name: value for name, value in query.items() if value})
        base = address(self.case, Tab.SCREENING) + self.page.query
        if not kept:
            return base
        return f"{base}{'&' if '?' in base else '?'}{kept}"

    # --- What may be done with the hit in full ---

    @property
    def judgement(self) -> Judgement | None:
        return self.current.judged.judgement if self.current and self.current.judged else None

    @property
    def is_of_now(self) -> bool:
        """Is the capture that is shown the one that is judged by?"""
        session = self.page.read_session
        read = to_read(self.page.sessions)
        return session is not None and read is not None and session.pk == read.pk

    @property
    def may_judge(self) -> bool:
        return self.page.permits.may_judge and self.is_of_now and self.policy is not None

    @property
    def is_judged_again(self) -> bool:
        """Is there a judgement that stands or waits, so that the form is folded?"""
        current = self.current
        if current is None or current.judged is None or self.form is not None:
            return False
        return not current.status.is_open or current.status in {HitStatus.SECOND, HitStatus.CANNOT_TELL}

    @property
    def may_confirm(self) -> bool:
        """May this person be the second for the judgement that is shown?"""
        if self.judgement is None or not (self.current and self.current.judged):
            return False
        is_possible = self.current.judged.awaits_second and self.is_of_now and not self.case.is_closed
        return is_possible and not second.why_not(self.judgement, self.page.user)

    @property
    def why_not_second(self) -> str | Promise:
        """Why this person cannot confirm what waits for it; '' if they can, or nothing waits."""
        judged = self.current.judged if self.current else None
        return second.why_not(judged.judgement, self.page.user) if judged and judged.awaits_second else ""

    @cached_property
    def policy(self) -> PolicyVersion | None:
        """The hit reasons in force; None if none ever was."""
        return PolicyVersion.objects.in_force(PolicyKind.HIT_REASONS)

    @cached_property
    def judge_form(self) -> JudgeForm:
        if self.form is not None:
            return self.form
        assert self.current is not None  # noqa: S101 - asked for only with a hit
        return served(self.current.hit, self.judgement.number if self.judgement else 0)

    @property
    def choices(self) -> Sequence[VerdictChoices]:
        if self.policy is None or self.current is None:
            return ()
        return choices_of(versions.hit_reasons_of(self.policy), self.current.hit, self.judge_form)

    @cached_property
    def on_other_lists(self) -> list[HitLine]:
        """The open hits that name the same person on other lists, which may be judged with the one in full."""
        if self.current is None:
            return []
        of_one = on_other_lists(self.current.hit, (line.hit for line in self.lines))
        named = {hit.fingerprint for hit in of_one}
        return [line for line in self.lines if line.hit.fingerprint in named and line.is_among(Shown.OPEN)]

    @cached_property
    def history(self) -> list[Judgement]:
        """The earlier judgements of the hit in full, the newest first."""
        if self.judgement is None or self.judgement.number == 1:
            return []
        earlier = self.judgement.hit.judgements.exclude(pk=self.judgement.pk)
        return list(earlier.select_related("by", "second_by", "policy"))

    @property
    def changed_fields(self) -> set[str]:
        """The fields of the entry that changed since it was judged."""
        judged = self.current.judged if self.current else None
        return (
            {change.field for change in judged.reopened if change.change is Change.ENTRY} if judged else set()
        )


def _next(
    lines: Sequence[HitLine], current: HitLine | None, is_it: Callable[[HitLine], bool]
) -> HitLine | None:
    """The next line after the current one that is such a one, from the start again at the end."""
    place = lines.index(current) if current else -1
    in_turn = (*lines[place + 1 :], *lines[: max(place, 0)])
    return next((line for line in in_turn if is_it(line)), None)
