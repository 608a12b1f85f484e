"""The hit reasons as a document: read whole, or refused with every problem that it has."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.assessment.policy.checked_values import Checked
from cases.assessment.policy.hit_reason_terms import (
    HitReasons,
    HitVerdict,
    Reason,
    SecondIf,
    SecondPerson,
    Weight,
)
from cases.assessment.policy.problems import PolicyRefused, Problem
from cases.findings.identity.verdict import Verdict as Line
from cases.findings.screening.comparison import LABELS
from cases.findings.screening.hit import TOP_OF_SCALE

FORMAT = "hit-reasons/1"
STATED, CARRIED = "stated", "carried"
KINDS_STATED = ("function", "document", "answer")
ELEMENTS = ("format", "note", "attributes", "verdicts", "reasons", "second_person", "bulk", "defaults")
OF_A_REASON = (
    *("code", "verdict", "words", "requires", "refused_if", "alone", "with", "attachment"),
    *("needs", "escalate", "class", "gate", "opens", "by"),
)
OF_A_VERDICT = ("words", "counts_as", "second_person", "blocks", "expires_months", "needs")
COUNTS_AS = {
    HitVerdict.FALSE_POSITIVE: "cleared",
    HitVerdict.TRUE_MATCH: "confirmed",
    HitVerdict.NOT_APPLICABLE: "cleared",
    HitVerdict.CANNOT_TELL: "open",
}
LONGEST_EXPIRY = 120  # months
MOST_AT_ONCE = 500
CODE = re.compile(r"[A-Z]{2}[0-9]{2}")
# An outcome of a line; ‘not’ before it means every other that is known, ‘or stated’ after it that saying so will do.
OUTCOME = re.compile(r"(?P<negated>not )?(?P<line>EQUAL|NEAR|DIFFERENT|UNKNOWN)(?P<or_stated> or stated)?")
KNOWN = {*Line} - {Line.UNKNOWN}
DEFAULTS = {"preselected_verdict": None, "confirming_one_settles_others": False}


def read(document: object) -> HitReasons:
    """Read a document; PolicyRefused with every problem if it cannot be used."""
    checked = Checked()
    found = checked.mapping(document, "")
    if not found:
        raise PolicyRefused(checked.problems or [Problem("", _("Give an object here: names with values."))])
    checked.only(found, "", ELEMENTS)
    checked.choice(found.get("format"), "format", (FORMAT,))
    weights = _weights(checked, found.get("attributes"))
    expires = _verdicts(checked, found.get("verdicts"))
    reasons = _reasons(checked, found.get("reasons"))
    _refuse_unknown_partners(checked, reasons)
    second = _second_person(checked, found.get("second_person"))
    most = _bulk(checked, found.get("bulk"))
    if found.get("defaults") != DEFAULTS:
        words = _("Nothing is preselected, and confirming one hit settles no other: that is no choice.")
        checked.refuse("defaults", words)
    if checked.problems:
        raise PolicyRefused(checked.problems)
    return HitReasons(weights, reasons, expires, second, most)


def _weights(checked: Checked, value: object) -> dict[str, Weight]:
    found: dict[str, Weight] = {}
    for name, entry in checked.mapping(value, "attributes").items():
        place = f"attributes.{name}"
        if not checked.choice(name, place, (*LABELS, STATED)):
            continue
        attribute = checked.mapping(entry, place)
        checked.only(attribute, place, ("weight", "note"))
        if weight := checked.choice(attribute.get("weight"), f"{place}.weight", [*Weight]):
            found[name] = Weight(weight)
    for name in LABELS:
        if name not in found and not checked.problems:
            checked.refuse("attributes", _("Say of every line what it is worth: name, kind, born, …"))
    return found


def _verdicts(checked: Checked, value: object) -> dict[HitVerdict, int | None]:
    verdicts = checked.mapping(value, "verdicts")
    checked.only(verdicts, "verdicts", [*HitVerdict])
    return {
        verdict: _expiry(checked, verdict, verdicts.get(verdict), f"verdicts.{verdict}")
        for verdict in HitVerdict
    }


def _expiry(checked: Checked, verdict: HitVerdict, value: object, place: str) -> int | None:
    entry = checked.mapping(value, place)
    checked.only(entry, place, OF_A_VERDICT)
    checked.choice(entry.get("counts_as"), f"{place}.counts_as", (COUNTS_AS[verdict],))
    if "second_person" in entry:
        checked.choice(entry["second_person"], f"{place}.second_person", ("always",))
    months = entry.get("expires_months")
    if months is None:
        return None
    return checked.whole(months, f"{place}.expires_months", 1, LONGEST_EXPIRY)


def _reasons(checked: Checked, value: object) -> dict[str, Reason]:
    found: dict[str, Reason] = {}
    for number, entry in enumerate(checked.entries(value, "reasons")):
        place = f"reasons[{number}]"
        reason = _reason(checked, checked.mapping(entry, place), place)
        if reason and reason.code in found:
            checked.refuse(f"{place}.code", _("The code is taken: give every reason one of its own."))
        if reason:
            found.setdefault(reason.code, reason)
    for verdict in HitVerdict:
        if not any(reason.verdict == verdict and not reason.is_of_system for reason in found.values()):
            words = _("Give “%(verdict)s” at least one reason: a verdict needs one.")
            checked.refuse("reasons", words % {"verdict": verdict})
    return found


def _reason(checked: Checked, entry: Mapping[str, Any], place: str) -> Reason | None:
    checked.only(entry, place, OF_A_REASON)
    code = checked.text(entry.get("code"), f"{place}.code")
    if code and not CODE.fullmatch(code):
        checked.refuse(f"{place}.code", _("Give a code of two capitals and two digits, as FP01."))
        code = ""
    verdict = checked.choice(entry.get("verdict"), f"{place}.verdict", [*HitVerdict])
    words = checked.text(entry.get("words"), f"{place}.words")
    lines, stated, or_stated = _requirements(checked, entry, place)
    is_of_system = "by" in entry and bool(checked.choice(entry["by"], f"{place}.by", ("system",)))
    has_attachment = "attachment" in entry and checked.flag(entry["attachment"], f"{place}.attachment")
    is_alone = checked.flag(entry["alone"], f"{place}.alone") if "alone" in entry else True
    partners = checked.texts(entry["with"], f"{place}.with") if "with" in entry else ()
    if not is_alone and not partners:
        checked.refuse(f"{place}.with", _("Say which reasons it may stand beside: it is not enough alone."))
    if not (code and verdict):
        return None
    if verdict == HitVerdict.FALSE_POSITIVE and not (lines or stated or is_of_system):
        checked.refuse(f"{place}.requires", _("Say what it needs: nothing clears a hit by itself."))
    return Reason(
        code=code,
        verdict=HitVerdict(verdict),
        words=words,
        lines=lines,
        stated=stated,
        or_stated=or_stated,
        has_attachment=has_attachment,
        is_alone=is_alone,
        partners=partners,
        needs=_needs(checked, entry, f"{place}.needs"),
        escalate=checked.text(entry["escalate"], f"{place}.escalate") if "escalate" in entry else "",
        is_of_system=is_of_system,
    )


def _needs(checked: Checked, entry: Mapping[str, Any], place: str) -> tuple[str, ...]:
    value = entry.get("needs")
    if value is None:
        return ()
    return (checked.text(value, place),) if isinstance(value, str) else checked.texts(value, place)


def _requirements(
    checked: Checked, entry: Mapping[str, Any], place: str
) -> tuple[dict[str, frozenset[Line]], str, bool]:
    """The outcomes that each line may have, what must be stated, and whether stating does instead of the lines."""
    required = checked.mapping(entry.get("requires", {}), f"{place}.requires")
    stated, or_stated, lines = "", False, dict[str, frozenset[Line]]()
    for name, value in required.items():
        at = f"{place}.requires.{name}"
        if name == STATED:
            stated = checked.choice(value, at, KINDS_STATED)
        elif name == CARRIED:
            checked.text(value, at)
        elif checked.choice(name, at, (*LABELS, STATED, CARRIED)):
            found = OUTCOME.fullmatch(value) if isinstance(value, str) else None
            if found is None:
                checked.refuse(at, _("Give EQUAL, NEAR, DIFFERENT or UNKNOWN, or ‘not’ and one of them."))
                continue
            line = {Line[found["line"]]}
            lines[name] = frozenset(KNOWN - line if found["negated"] else line)
            or_stated = or_stated or bool(found["or_stated"])
    for name, outcomes in checked.mapping(entry.get("refused_if", {}), f"{place}.refused_if").items():
        at = f"{place}.refused_if.{name}"
        if checked.choice(name, at, [*LABELS]):
            refused = [
                checked.choice(word, at, [line.name for line in Line])
                for word in checked.entries(outcomes, at)
            ]
            lines[name] = lines.get(name, frozenset(Line)) - {Line[word] for word in refused if word}
    if any(not allowed for allowed in lines.values()):
        checked.refuse(
            f"{place}.refused_if", _("It refuses all that it requires: nobody could ever give it.")
        )
    return lines, stated, or_stated


def _refuse_unknown_partners(checked: Checked, reasons: Mapping[str, Reason]) -> None:
    for number, reason in enumerate(reasons.values()):
        for partner in reason.partners:
            other = reasons.get(partner)
            if other is None or other.verdict != reason.verdict or partner == reason.code:
                words = _("There is no other reason “%(code)s” of the same verdict.")
                checked.refuse(f"reasons[{number}].with", words % {"code": partner[:80]})


def _second_person(checked: Checked, value: object) -> SecondPerson:
    place = "second_person"
    found = checked.mapping(value, place)
    checked.only(found, place, ("always", HitVerdict.FALSE_POSITIVE))
    always = {
        checked.choice(word, f"{place}.always", [*HitVerdict])
        for word in checked.entries(found.get("always"), f"{place}.always")
    }
    _refuse_without(checked, always, f"{place}.always")
    place = f"{place}.{HitVerdict.FALSE_POSITIVE}"
    cleared = checked.mapping(found.get(HitVerdict.FALSE_POSITIVE), place)
    checked.only(cleared, place, ("match_at_least", "or", "sample_percent_of_the_rest"))
    conditions = {
        checked.choice(word, f"{place}.or", [*SecondIf])
        for word in checked.entries(cleared.get("or"), f"{place}.or")
    }
    return SecondPerson(
        always=frozenset(HitVerdict(word) for word in always if word),
        match_at_least=checked.whole(
            cleared.get("match_at_least"), f"{place}.match_at_least", 0, TOP_OF_SCALE
        ),
        conditions=frozenset(SecondIf(word) for word in conditions if word),
        sample_percent=checked.whole(
            cleared.get("sample_percent_of_the_rest"), f"{place}.sample_percent_of_the_rest", 0, 100
        ),
    )


def _refuse_without(checked: Checked, always: Collection[str], place: str) -> None:
    for verdict in (HitVerdict.TRUE_MATCH, HitVerdict.NOT_APPLICABLE):
        if verdict not in always:
            words = _("Name %(verdict)s: a second person always confirms it, that is no choice.")
            checked.refuse(place, words % {"verdict": verdict})


def _bulk(checked: Checked, value: object) -> int:
    """How many hits at most are judged at once."""
    found = checked.mapping(value, "bulk")
    checked.only(found, "bulk", ("allowed_if", "most"))
    text = checked.text(found.get("allowed_if"), "bulk.allowed_if")
    if "most" in found:
        return checked.whole(found["most"], "bulk.most", 1, MOST_AT_ONCE)
    stated = re.search(r"at most ([0-9]{1,3})\b", text)
    return int(stated[1]) if stated else 1
