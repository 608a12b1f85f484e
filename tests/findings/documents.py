"""JSON results made up for tests: one with every declared element, and any result gone wrong in any place."""

import datetime
import itertools
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from cases.provider.result.nodes import Wire
from cases.provider.result.scalars import Day
from cases.provider.result.variants import Variants
from cases.provider.result.wire import Organization
from tests.findings.reading import NAMES, payload


def every_element() -> dict[str, Any]:
    """Fill every field the wire models declare, and one more in each object, each with a value of its own."""
    return _object(Organization, itertools.count(1))


def _object(model: type[Wire], turn: "itertools.count[int]") -> dict[str, Any]:
    filled = {
        field.alias or name: _value(field.annotation, turn) for name, field in model.model_fields.items()
    }
    extra = get_type_hints(model).get("__pydantic_extra__")
    if extra and model.reads_every_name:
        of_extra = get_args(extra)[1]
        filled |= {f"undeclared{next(turn)}x": _value(of_extra, turn) for _ in range(3)}
    elsewhere = f"unknown{next(turn)}x"
    filled[elsewhere] = {"below": [_text(turn), {"deeper": next(turn) + 5_000_000, "yes": True}, None]}
    return filled


def _value(kind: Any, turn: "itertools.count[int]") -> Any:
    kinds = [get_arg for get_arg in get_args(kind) if get_arg is not NoneType] or [kind]
    if get_origin(kind) is list:
        kinds = [kind]
    first = kinds[0]
    if get_origin(first) is list:
        return [_value(get_args(first)[0], turn) for _ in range(3)]
    if isinstance(first, type) and issubclass(first, Wire):
        return _object(first, turn)
    if first is Decimal:
        return 1_000_000 + next(turn)
    if first is Day:
        return (datetime.date(1900, 1, 10) + datetime.timedelta(days=37 * next(turn))).isoformat()
    if first is bool:
        return True
    return _text(turn)


def _text(turn: "itertools.count[int]") -> str:
    return f"text{next(turn)}x"


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.text(st.characters(), max_size=5)
    | st.sampled_from(
        ["33.34", "33,34", "2016-12-15T00:00:00", "2016-02-30", "NaN", "1e400", "", " ", "NONE"]
    )
    | st.sampled_from([10**29, -(10**40), 10**4000, 1e308, 5e-324, 24.999, 99.999, 0.001, -0.0])
)
names = st.sampled_from(
    [
        "name",
        "metadata",
        "metaData",
        "roles",
        "others",
        "lei",
        "percentage",
        "__class__",
        "model_fields",
        "\ud800",
    ]
) | st.text(st.characters(), max_size=8)
anything = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(names, below, max_size=4),
    max_leaves=8,
)
objects = st.dictionaries(names, anything, max_size=5)


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """Take a whole result and put anything in up to six places of it."""
    document = draw(
        st.sampled_from([*NAMES, ""]).map(lambda name: payload(name) if name else every_element())
    )
    for _ in range(draw(st.integers(0, 6))):
        node: Any = document
        while True:
            place = draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
            below = node[place]
            if not (isinstance(below, dict | list) and below) or draw(st.integers(0, 3)) == 0:
                break
            node = below
        match draw(st.integers(0, 5)):
            case 0 if isinstance(node, dict):
                node[draw(names)] = draw(anything)
            case 1:
                node[place] = [below]
            case 2 if isinstance(below, list) and below:
                node[place] = below[0]
            case 3 if isinstance(node, dict):
                node[place] = Variants([below, draw(anything), *draw(st.lists(anything, max_size=1))])
            case _:
                node[place] = draw(anything)
    return document


def crowded(shareholders: int, hits: int) -> dict[str, Any]:
    """A result with that many owners, every tenth of them a beneficial owner, and that many possible hits."""
    owners = [
        {
            "name": f"Eier Nummer {n}" if n % 2 else f"Holding {n} AS",
            "type": "PERSON" if n % 2 else "ORGANIZATION",
            "organizationNumber": None if n % 2 else f"{900_000_000 + n}",
            "dateOfBirth": f"{1940 + n % 60}-0{n % 9 + 1}-1{n % 9}" if n % 2 else None,
            "percentage": round(100 / shareholders, 4),
        }
        for n in range(shareholders)
    ]
    controllers = [
        {**owner, "percentageControl": owner["percentage"], "reason": "DIRECT_OWNERSHIP"}
        for owner in owners[1::10]
    ]
    listed = [
        {
            "matchIndicator": 500 - n % 480,
            "matchIndicatorDescription": "Partial match",
            "name": f"Holding {n} Trading Ltd",
            "aliasList": [f"Alias {n} {m}" for m in range(3)],
            "addressList": [{"countryCode": "CY", "countryName": "Cyprus", "city": "Limassol"}],
            "urlList": [f"https://list.example/{n}"],
            "source": "EU_GLOBAL",
            "externalId": f"EU-{n}",
            "firstUpdate": "2020-01-01",
            "lastUpdate": "2026-01-01",
        }
        for n in range(hits)
    ]
    document = payload("no_full")
    document["ownership"] |= {"shareholders": owners, "beneficials": controllers}
    document["sanction"] |= {"status": "SANCTION" if hits else "NONE", "sanctionResults": listed}
    return document
