"""Objects and lists of the JSON result, read so that no element can hide another (contract §7)."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from cases.provider.scalars import visible
from cases.provider.spelling import folded, singular
from cases.provider.variants import alike, as_list, as_object

T = TypeVar("T")


def _objects(value: object) -> object:
    items = as_list(value)
    return None if items is None else [as_object(item) for item in items]


def _one_or_many(value: object) -> object:
    return [{}] if value == {} else _objects(value)


Node = Annotated[T | None, BeforeValidator(as_object)]
Nodes = Annotated[list[T | None] | None, BeforeValidator(_objects)]
OneOrMany = Annotated[list[T | None] | None, BeforeValidator(_one_or_many)]


def tidy(raw: dict[str, Any], clean: Callable[[str], str] = visible) -> dict[str, Any]:
    """Give the object with cleaned names; where that makes two the same, both stay, and one gets a number."""
    names = [clean(name) for name in raw]
    if names == [*raw]:
        return raw
    tidied: dict[str, Any] = {}
    times: Counter[str] = Counter()
    for (name, value), cleaned in zip(raw.items(), names, strict=True):
        own = cleaned
        while own in tidied or (own != name and own in raw):
            times[cleaned] += 1
            own = f"{cleaned} ({times[cleaned] + 1})"
        tidied[own] = value
    return tidied


class Wire(BaseModel):
    """An object of the result; `old_names` are those a response may still use for a declared one.

    A declared name is read however it is spelled (`SanctionResults`, `sanction_results`), like an old one.
    """

    model_config = ConfigDict(extra="allow", frozen=True, alias_generator=to_camel, protected_namespaces=())
    old_names: ClassVar[dict[str, str]] = {}
    reads_every_name: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _present_names(cls, raw: dict[str, Any]) -> dict[str, Any]:
        return cls.modern(raw)

    @classmethod
    def modern(cls, raw: dict[str, Any]) -> dict[str, Any]:
        """Give the object under its present names; a present name that holds something wins."""
        raw = tidy(raw)
        for present, other in cls._read_from(raw).items():
            raw = {name: value for name, value in raw.items() if name != other} | {present: raw[other]}
        return raw

    @classmethod
    def present_name(cls, name: str) -> str | None:
        """Give the declared name that a name stands for; None if it stands for none."""
        known = _present_names(cls)
        return known.get(name) or known.get(folded(name))

    @classmethod
    def near_name(cls, name: str) -> str | None:
        """Give the declared name that an unknown one may have meant: it differs in singular and plural alone."""
        return None if cls.present_name(name) else _near_names(cls).get(singular(folded(name)))

    @classmethod
    def _other_names(cls, raw: dict[str, Any]) -> dict[str, str]:
        """Give the declared name of each name that stands for one and is not it."""
        found = {name: cls.present_name(name) for name in raw.keys() - _declared(cls)}
        return {name: present for name in raw if (present := found.get(name))}

    @classmethod
    def _read_from(cls, raw: dict[str, Any]) -> dict[str, str]:
        """Give by declared name the other name it is read from: the first that holds more than all before it."""
        found: dict[str, str] = {}
        for other, present in cls._other_names(raw).items():
            if _holds(raw[other]) > _holds(raw.get(found.get(present, present))):
                found[present] = other
        return found

    @classmethod
    def contradicted(cls, raw: dict[str, Any]) -> list[str]:
        """Name the elements that another name tells otherwise than the present one, or than one more."""
        came: dict[str, list[Any]] = {}
        for other, present in cls._other_names(raw).items():
            came.setdefault(present, [raw.get(present)]).append(raw[other])
        said = {name: [each for each in values if _holds(each) == SOMETHING] for name, values in came.items()}
        return [
            name for name, values in said.items() if not all(alike(values[0], each) for each in values[1:])
        ]

    def taken(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Give what was read, under the names the object came with; a name not here was not taken up."""
        read: dict[str | None, Any] = {
            field.alias: getattr(self, name) for name, field in type(self).model_fields.items()
        }
        if self.reads_every_name:
            read.update(self.extras)
        named = {name: read[name] for name in raw if name in read}
        for present, other in self._read_from(raw).items():
            named[other] = read[present]
            if present in named:
                named[present] = None  # what was read came under the other name, and this one holds nothing
        return named

    @classmethod
    def node(cls, value: object) -> dict[str, Any] | None:
        """Give the object that stands here, as this kind is read."""
        return as_object(value)

    @classmethod
    def lists_objects(cls, name: str) -> bool:
        """Is a name that of a list of objects, or of several such?"""
        return name in _lists_of_objects(cls)

    @property
    def extras(self) -> dict[str, Any]:
        """The elements that are not declared, by name."""
        return self.model_extra or {}


@cache
def _declared(kind: type[Wire]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in kind.model_fields.items())


@cache
def _lists_of_objects(kind: type[Wire]) -> frozenset[str]:
    return frozenset(
        field.alias or name
        for name, field in kind.model_fields.items()
        if any(isinstance(each, BeforeValidator) and each.func is _objects for each in field.metadata)
    )


@cache
def _present_names(kind: type[Wire]) -> dict[str, str]:
    """Give the declared name of each that is known, as it is written and folded."""
    known = {name: name for name in _declared(kind)} | kind.old_names
    return {folded(name): present for name, present in known.items()} | known


@cache
def _near_names(kind: type[Wire]) -> dict[str, str]:
    return {singular(folded(name)): present for name, present in _present_names(kind).items()}


SOMETHING = 2


def _holds(value: object) -> int:
    """Rank null below an empty node, and that below anything else."""
    return 0 if value is None else 1 if value in ({}, []) else SOMETHING
