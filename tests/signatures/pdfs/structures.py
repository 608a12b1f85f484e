"""Results with as many owners as a test wants, and their charts."""

from typing import Any

from cases.findings.result import Result
from cases.presentation.charts.charts import Chart, of_result
from cases.presentation.charts.structure import LEGIBLE, Limits
from tests.findings.reading import result

ITSELF = "317835337"


def owned(count: int, daughters: int = 2, **more: Any) -> Result:
    """Persons and companies by turns, some beneficial, one of them without shares; names of different lengths."""
    holders = [_holder(n, 99 / max(count, 1)) for n in range(count)]
    elsewhere = {"name": "Aarne Koskela", "dateOfBirth": "1959-01-30", "integratedOwnership": 42}
    ownership = {
        "shareholders": holders,
        "beneficials": [*({**holder, "reason": "ROLE"} for holder in holders[:2]), elsewhere],
        "subsidiaries": [
            {"name": f"DAUGHTER {n} AS", "organizationNumber": f"7{n:08}", "percentage": 51}
            for n in range(daughters)
        ],
    }
    key = {"name": "FJELLHEIM ENERGI AS", "organizationNumber": ITSELF, "country": "NO"}
    return result({"keyInformation": key, "ownership": {**ownership, **more}})


def _holder(n: int, share: float) -> dict[str, Any]:
    if n % 2:
        born = f"{1940 + n % 60}-05-17"
        return {"name": f"Ingrid Solvang {n}", "dateOfBirth": born, "percentage": share, "type": "PERSON"}
    name = f"NORDLYS {'KRAFTINVESTERINGER OG FORVALTNING ' * (n % 3)}{n} AS"
    return {"name": name, "organizationNumber": f"8{n:08}", "percentage": share, "type": "ORGANIZATION"}


def chart_of(count: int, limits: Limits = LEGIBLE, **more: Any) -> Chart:
    return of_result(owned(count, **more), limits)
