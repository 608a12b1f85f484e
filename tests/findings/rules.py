"""Rules about who may sign, as a result states them."""

from typing import Any

from cases.findings.result import Result
from tests.findings.reading import result


def signing(rule: Any, **more: Any) -> Result:
    return result({"authorities": {"signatureRights": rule, "metadata": {"sources": ["BRREG"]}}, **more})


def rule_of(*sets: Any, status: Any = "CONCLUSIVE", **more: Any) -> dict[str, Any]:
    return {"status": status, "options": [{"required": element} for element in sets], **more}


def signer(name: str, born: str | None = None, role: str | None = None) -> dict[str, Any]:
    return {"name": name, "dateOfBirth": born, "role": role}
