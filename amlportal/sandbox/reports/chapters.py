"""The chapters of the reports, made from a result."""

from collections.abc import Mapping
from typing import Any

from reportlab.platypus import Flowable

from amlportal.sandbox.reports.layout import chapter, facts, listing, write
from amlportal.sandbox.reports.reading import day, money, node, nodes, per_cent, role_holders, text, word
from amlportal.sandbox.reports.words import Words

MOST_ROWS = 60
MOST_YEARS = 4
Result = Mapping[str, Any]
FIGURES = (
    ("incomeStatement", "salesRevenues"),
    ("incomeStatement", "operatingProfits"),
    ("incomeStatement", "netProfits"),
    ("balanceSheet", "sumAssets"),
    ("balanceSheet", "equity"),
    ("balanceSheet", "debt"),
)


def key_information(result: Result, words: Words) -> list[Flowable]:
    """The chapter of key information."""
    key = node(result, "keyInformation")
    employees, industry = node(key, "employees"), node(key, "industrySector")
    status = key.get("statusCodes")
    codes = [word(code) for code in status] if isinstance(status, list) else []
    rows = [
        (words["form"], word(key.get("organizationType"))),
        (words["registered"], day(key.get("registeredDate"))),
        (words["established"], day(key.get("establishedDate"))),
        (words["status"], ", ".join(codes) or "–"),
        (
            words["industry"],
            " ".join(text(industry[key]) for key in ("code", "description") if industry.get(key)),
        ),
        (
            words["employees"],
            " – ".join(text(employees[end]) for end in ("from", "to") if employees.get(end) is not None),
        ),
        ("DUNS", text(key.get("dunsNumber"))),
        ("LEI", text(key.get("leiNumber", key.get("lei")))),
        (words["purpose"], text(key.get("purpose"))),
    ]
    return chapter(words["key_information"], facts(rows))


def address(result: Result, words: Words) -> list[Flowable]:
    """The chapter of addresses."""
    if "address" not in result:
        return _missing("address", words)
    found = node(result, "address")
    rows = [
        (words[label], _place(node(found, name)))
        for label, name in (("visiting", "visitingAddress"), ("postal", "postalAddress"))
        if node(found, name)
    ]
    return chapter(words["address"], facts(rows) if rows else write(words["nothing"]))


def _place(one: Mapping[str, Any]) -> str:
    parts = [
        one.get("street"),
        " ".join(str(one[key]) for key in ("postalCode", "city") if one.get(key)),
        one.get("country"),
    ]
    return text(", ".join(str(part) for part in parts if part))


def owners(result: Result, words: Words) -> list[Flowable]:
    """The chapters of beneficial owners, shareholders and subsidiaries."""
    if "ownership" not in result:
        return _missing("beneficials", words)
    ownership = node(result, "ownership")
    beneficials = [
        [
            text(one.get("name")),
            day(one.get("dateOfBirth")),
            per_cent(one.get("percentageControl")),
            word(one.get("reason")),
        ]
        for one in nodes(ownership, "beneficials", "beneficial")
    ]
    holders = [
        [
            text(one.get("name")),
            text(one.get("organizationNumber") or one.get("dateOfBirth")),
            per_cent(one.get("percentage")),
        ]
        for one in nodes(ownership, "shareholders")
    ]
    owned = [
        [text(one.get("name")), text(one.get("organizationNumber")), per_cent(one.get("percentage"))]
        for one in nodes(ownership, "subsidiaries")
    ]
    people = [words["name"], words["born"], words["control"], words["reason"]]
    firms = [words["name"], words["number"], words["share"]]
    return [
        *_list("beneficials", people, beneficials, (0.38, 0.16, 0.14, 0.32), words),
        *_list("shareholders", firms, holders, (0.58, 0.24, 0.18), words),
        *_list("subsidiaries", firms, owned, (0.58, 0.24, 0.18), words),
    ]


def _list(
    key: str, heads: list[str], rows: list[list[str]], widths: tuple[float, ...], words: Words
) -> list[Flowable]:
    if not rows:
        return chapter(words[key], write(words["nothing"]))
    content: list[Flowable] = [listing(heads, rows[:MOST_ROWS], widths, numbers=(2,))]
    if len(rows) > MOST_ROWS:
        content.append(write(words.about("more", len(rows) - MOST_ROWS), "small"))
    return chapter(words[key], *content)


def roles(result: Result, words: Words) -> list[Flowable]:
    """The chapter of roles."""
    if "roles" not in result and "officialRoles" not in result:
        return _missing("roles", words)
    rows = [
        [
            _role(key, words),
            text(one.get("name")),
            day(one.get("dateOfBirth") or one.get("organizationNumber")),
        ]
        for key, one in role_holders(node(result, "roles", "officialRoles"))
    ]
    if not rows:
        return chapter(words["roles"], write(words["nothing"]))
    heads = [words["roles"], words["name"], words["born"]]
    return chapter(words["roles"], listing(heads, rows[:MOST_ROWS], (0.34, 0.44, 0.22)))


def _role(key: str, words: Words) -> str:
    try:
        return words[key]
    except KeyError:
        return word(key)


def authorities(result: Result, words: Words) -> list[Flowable]:
    """The chapter of those who may sign."""
    if "authorities" not in result:
        return _missing("authorities", words)
    rows: list[tuple[str, str]] = []
    for kind in ("signatureRights", "powerOfProcuration"):
        rule = node(node(result, "authorities"), kind)
        if not rule:
            continue
        rows.append((words[kind], f"{word(rule.get('status'))}. {text(rule.get('description'))}"))
        for option in nodes(rule, "options"):
            names = " + ".join(text(one.get("name")) for one in nodes(option, "required"))
            rows.append((words["together"], names or "–"))
        rows += [(word(one.get("category")), text(one.get("comment"))) for one in nodes(rule, "remarks")]
    return chapter(words["authorities"], facts(rows) if rows else write(words["nothing"]))


def financials(result: Result, words: Words) -> list[Flowable]:
    """The chapter of financials."""
    if "financials" not in result:
        return _missing("financials", words)
    years = nodes(node(node(result, "financials"), "accounting"), "years")[:MOST_YEARS]
    if not years:
        return chapter(words["financials"], write(words["nothing"]))
    rows = [
        [words[figure], *(money(node(year, statement).get(figure)) for year in years)]
        for statement, figure in FIGURES
    ]
    heads = ["", *(text(year.get("year")) for year in years)]
    column = 0.72 / len(years)
    widths = (0.28, *(column for _ in years))
    return chapter(words["financials"], listing(heads, rows, widths, numbers=range(1, len(heads))))


def screening(result: Result, words: Words) -> list[Flowable]:
    """The chapter of screening: the lists searched and the hits."""
    if "sanction" not in result:
        return _missing("screening", words)
    sanction = node(result, "sanction")
    sources = node(sanction, "metadata", "metaData").get("sources")
    searched = ", ".join(text(one) for one in sources) if isinstance(sources, list) else "–"
    lines = facts(
        [
            (words["status"], word(sanction.get("status"))),
            (words["comment"], text(sanction.get("message"))),
            (words["lists"], searched),
        ]
    )
    rows = [
        [
            text(one.get("matchIndicator")),
            text(one.get("name")),
            day(one.get("birthDate")),
            text(one.get("source")),
            text(one.get("comment") or one.get("title")),
        ]
        for one in nodes(sanction, "sanctionResults")
    ]
    heads = [words["match"], words["name"], words["born"], words["source"], words["comment"]]
    hits = [listing(heads, rows[:MOST_ROWS], (0.09, 0.27, 0.14, 0.23, 0.27), numbers=(0,))] if rows else []
    return chapter(words["screening"], lines, *hits)


def _missing(key: str, words: Words) -> list[Flowable]:
    return chapter(words[key], write(words["not_there"]))
