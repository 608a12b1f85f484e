"""How single values of the findings are marked up; every text is escaped and isolated in its direction."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.findings.captures.joining import Origin
from cases.findings.result import Result
from cases.findings.vocabulary import formats
from cases.findings.vocabulary.code_words import Word
from cases.findings.vocabulary.code_words import once as words_once
from cases.findings.vocabulary.presence import OTHER_FORM
from cases.findings.vocabulary.sections import part_of
from cases.findings.vocabulary.source import Link
from cases.findings.vocabulary.wording import Words
from cases.provider.result.scalars import NOT_SINGLE, Day

register = template.Library()

LONGEST_AT_ONCE = 1500
SHOWN_OF_LONGER = 200


@register.filter
def plain(value: str | Decimal | None) -> SafeString:
    """Show a text as it came."""
    if value is None or not value:
        return _missing(value)
    text = formats.plain_words(value)
    if len(text) <= LONGEST_AT_ONCE:
        return format_html("<bdi>{}</bdi>", text)
    return format_html(
        '<details class="long"><summary><bdi>{}…</bdi></summary><bdi>{}</bdi></details>',
        text[:SHOWN_OF_LONGER],
        text,
    )


@register.filter
def amount(value: Decimal | str | None) -> SafeString:
    """Show a number in groups of three, what is no number as it came."""
    if value is None or value == "":
        return _missing(value)
    if isinstance(value, str):
        return plain(value)
    return format_html("<bdi>{}</bdi>", formats.number_words(value))


@register.filter
def year(value: Decimal | str | None) -> SafeString:
    """Show a number without groups."""
    if value is None or value == "":
        return _missing(value)
    return format_html("<bdi>{}</bdi>", formats.plain_words(value))


@register.filter
def percent(value: Decimal | str | None) -> SafeString:
    """Show a number as per cent; the exact number stays in the markup."""
    if value is None or value == "":
        return _missing(value)
    if isinstance(value, str):
        return format_html("<bdi>{}</bdi>", value)
    exact = formats.number_words(value)
    return format_html(
        '<data value="{}" title="{} %">{}</data>', format(value, "f"), exact, formats.percent_words(value)
    )


@register.filter
def day(value: Day | None) -> SafeString:
    """Show a date; the exact text as it came on hover."""
    if value is None or not value.raw:
        return _missing(value.raw if value else None)
    if value.day is None:
        return plain(value.raw)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.raw, value.raw, formats.day_words(value)
    )


@register.filter
def word(value: Word | None) -> SafeString:
    """Show a code word in words, an unknown one as it came."""
    if value is None or not value.raw:
        return _missing(value.raw if value else None)
    if value.words is None:
        return format_html('<bdi><code title="{}">{}</code></bdi>', _("as it came"), value.raw)
    return format_html('<data value="{}">{}</data>', value.raw, value.words)


@register.filter
def word_list(words: Iterable[Word]) -> SafeString:
    """Show code words with commas between them, each meaning once."""
    return format_html_join(", ", "{}", ((word(item),) for item in words_once(words)))


@register.filter
def number_list(values: Iterable[str]) -> SafeString:
    """Show organisation numbers with commas between them."""
    return format_html_join(", ", "{}", ((number(item),) for item in values))


@register.filter
def day_list(values: Iterable[Day]) -> SafeString:
    """Show days with commas between them."""
    return format_html_join(", ", "{}", ((day(item),) for item in values))


@register.filter
def link_list(values: Iterable[Link]) -> SafeString:
    """Show links with dots between them."""
    return format_html_join(" · ", "{}", ((link(item),) for item in values))


@register.filter
def part(place: str) -> Words:
    """Name the part of a case in which a place of the result is read."""
    return part_of(place).words


@register.filter
def once(words: Iterable[Word]) -> tuple[Word, ...]:
    """Leave out code words that read as one before them."""
    return words_once(words)


@register.filter
def number(value: str | None, country: Word | None = None) -> SafeString:
    """Show an organisation number as its country writes it."""
    if not value:
        return _missing(value)
    return plain(formats.organisation_number(value, country.raw if country else None))


@register.filter
def duns(value: str | None) -> SafeString:
    """Show a DUNS number."""
    return plain(formats.duns_number(value)) if value else _missing(value)


@register.filter
def link(value: Link | None) -> SafeString:
    """Show an address, as a link only if it is http or https."""
    if value is None or not value.address:
        return plain(value.raw if value else None)
    return format_html(
        '<a class="ds-link" href="{}" target="_blank" rel="noopener noreferrer nofollow"'
        ' referrerpolicy="no-referrer"{}><bdi>{}</bdi></a>',
        value.address,
        format_html(' title="{}"', _("https:// is added here")) if value.is_completed else "",
        value.raw,
    )


@register.filter
def value(found: str | Decimal | Day | Word | Link | None) -> SafeString:
    """Show a value of the result by its type."""
    match found:
        case Day():
            return day(found)
        case Word():
            return word(found)
        case Link():
            return link(found)
        case Decimal():
            return amount(found)
        case _:
            return plain(found)


@register.filter
def short(text: str | None) -> SafeString:
    """Show a name in a link, cut to one line; the whole name is where the link leads."""
    if not text:
        return _missing(text)
    cut = f"{text[:SHOWN_OF_LONGER]}…" if len(text) > SHOWN_OF_LONGER else text
    return format_html("<bdi>{}</bdi>", cut)


@register.filter
def origins(result: Result, begins: str) -> list[tuple[Origin, list[Words]]]:
    """Give the earlier captures that elements whose place begins so come from, with their names if only some do."""
    found = result.from_earlier_of(begins)
    ordered = sum(word.startswith(begins) for word in result.ordered.expands)
    return [(found[0][0], [])] if len(found) == 1 and len(found[0][1]) == ordered else found


def _missing(value: object) -> SafeString:
    """Say calmly that a value is not there, or came in a form no value has."""
    words = OTHER_FORM if value is NOT_SINGLE else _("Not stated")
    return format_html('<span class="none unasked" data-kind="not_stated">{}</span>', words)
