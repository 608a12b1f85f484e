"""What was ordered and is not in a result that came."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from cases.findings.vocabulary.caution import Caution
from cases.findings.vocabulary.caution_codes import topic_of
from cases.findings.vocabulary.presence import Kind, Nothing
from cases.findings.vocabulary.sections import SCREENING, SECTIONS, Topic, title_of
from cases.findings.vocabulary.wording import Words

# What nobody misses when it does not come, and what warns of itself.
TOLD_OTHERWISE = {section.word for section in SECTIONS.values() if section.is_optional} | {SCREENING}


def cautions(nothing: Mapping[str, Nothing]) -> Iterator[Caution]:
    """Warn of sections that were ordered and not delivered, topic by topic; `nothing` is by section."""
    failed: dict[Topic, list[str]] = {}
    for word, reason in nothing.items():
        if reason.kind is Kind.FAILED and word not in TOLD_OTHERWISE:
            failed.setdefault(topic_of("chapters_not_delivered", word), []).append(word)
    for words in failed.values():
        titles = ", ".join(str(title_of(word)) for word in words)
        text = _("Ordered, but not delivered or not readable: %(chapters)s.") % {"chapters": titles}
        yield Caution("chapters_not_delivered", text, words[0], _in_short(titles, nothing[words[0]]))


def _in_short(titles: str, nothing: Nothing) -> Words:
    return f"{titles}: {nothing.reason}" if nothing.reason else ""
