"""The faults there are, and the switchboard that turns them on."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from amlportal.sandbox.faults.fault_table import FAULTS, FaultKind

GLOBAL = "global"


class UnknownFault(ValueError):
    """A fault was asked for that is not in the table, or in a way it does not work."""


@dataclass(frozen=True)
class Fault:
    """One fault switched on: where, how often, how long."""

    kind: FaultKind
    on: tuple[str, ...]
    count: int | None
    seconds: float | None
    each_session: bool = False

    @property
    def name(self) -> str:
        """The fault's name in the table."""
        return self.kind.name

    def described(self) -> dict[str, Any]:
        """Return the fault as the control API shows it."""
        return {
            "name": self.kind.name,
            "on": list(self.on),
            "count": self.count,
            "seconds": self.seconds,
            "each_session": self.each_session,
        }


def fault(name: str, *, each_session: bool = False, **changes: Any) -> Fault:
    """Make a fault from the table's defaults and the given changes."""
    return read_fault({"name": name, "each_session": each_session, **changes})


def read_fault(content: Any) -> Fault:
    """Read a fault as the control API takes it: a name, or an object like that of `described`."""
    if isinstance(content, str):
        content = {"name": content}
    if not isinstance(content, Mapping) or str(content.get("name")) not in FAULTS:
        raise UnknownFault(f"a fault is an object whose name is one of: {', '.join(sorted(FAULTS))}")
    unknown = set(content) - {"name", "on", "count", "seconds", "each_session"}
    if unknown:
        raise UnknownFault(f"unknown field: {', '.join(sorted(map(str, unknown)))}")
    kind = FAULTS[str(content["name"])]
    on = content.get("on") or []
    if not isinstance(on, list) or any(endpoint not in kind.endpoints for endpoint in on):
        raise UnknownFault(f"{kind.name} works on: {', '.join(kind.endpoints)}")
    made = Fault(
        kind=kind,
        on=tuple(on or kind.default_on),
        count=content.get("count", kind.count),
        seconds=content.get("seconds", kind.seconds),
        each_session=content.get("each_session", False) is True,
    )
    if made.count is not None and not (_is_number(made.count) and made.count >= 1 and made.count % 1 == 0):
        raise UnknownFault("count is a whole number from 1, or null for always")
    if made.seconds is not None and (not _is_number(made.seconds) or not 0 <= made.seconds <= 86400):
        raise UnknownFault("seconds is a number from 0 to 86400")
    return replace(made, count=None if made.count is None else int(made.count))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass
class Switch:
    """A fault in its place, with how often it was met."""

    fault: Fault
    used: Counter[str] = field(default_factory=Counter)

    def take(self, subject: str) -> bool:
        """Say whether the fault happens now.

        With `each_session` every session (or, on create, every identifier) is counted by itself, and a count
        starts again once a call went well, so that a demonstration can be repeated.
        """
        count = self.fault.count
        if count is None:
            return True
        key = subject if self.fault.each_session else ""
        if self.used[key] < count:
            self.used[key] += 1
            return True
        if self.fault.each_session:
            del self.used[key]
        return False


class Switchboard:
    """Which faults are on, for all calls and per organisation.

    A scope is `global` or `COUNTRY-DIGITS`. What is set here stands before the standing faults of an
    organisation, also when it is an empty list.
    """

    def __init__(self, permanent: Mapping[str, tuple[Fault, ...]]) -> None:
        self._lock = threading.Lock()
        self._permanent = {scope: [Switch(one) for one in faults] for scope, faults in permanent.items()}
        self._set: dict[str, list[Switch]] = {}
        self.met: Counter[str] = Counter()

    def put(self, scope: str, faults: list[Fault]) -> None:
        """Set the faults of a scope, replacing those that were there."""
        with self._lock:
            self._set[scope] = [Switch(one) for one in faults]

    def clear(self, scope: str | None = None) -> None:
        """Take back what was set for a scope, or for all of them."""
        with self._lock:
            if scope is None:
                self._set.clear()
            else:
                self._set.pop(scope, None)

    def forget_counts(self) -> None:
        """Start every count again."""
        with self._lock:
            self.met.clear()
            for switches in (*self._set.values(), *self._permanent.values()):
                for switch in switches:
                    switch.used.clear()

    def take(
        self, endpoint: str, scope: str = "", subject: str = "", *, due: bool = False
    ) -> tuple[Fault, ...]:
        """Return the faults that happen now at an endpoint, those of the organisation first, and count them.

        `due` is the moment an entity should become ready, else it is a call to the endpoint.
        """
        with self._lock:
            switches = self._of(scope) + self._of(GLOBAL)
            taken = tuple(
                switch.fault
                for switch in switches
                if endpoint in switch.fault.on and switch.fault.kind.when_due is due and switch.take(subject)
            )
            self.met.update(one.name for one in taken)
            return taken

    def described(self, *, permanent: bool = True) -> dict[str, list[dict[str, Any]]]:
        """Return what is on, per scope; without the standing faults only what was set."""
        with self._lock:
            scopes = {**self._permanent, **self._set} if permanent else self._set
            return {scope: [one.fault.described() for one in switches] for scope, switches in scopes.items()}

    def _of(self, scope: str) -> list[Switch]:
        return self._set.get(scope, self._permanent.get(scope, []))


__all__ = ["FAULTS", "GLOBAL", "Fault", "Switchboard", "UnknownFault", "fault", "read_fault"]
