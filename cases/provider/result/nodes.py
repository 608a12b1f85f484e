"""Objects and lists of the JSON result, read so that no element can hide another (contract §7)."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from cases.provider.result.element_names import folded, singular
from cases.provider.result.scalars import visible
from cases.provider.result.variants import alike, as_list, as_object, one_or_variants, versions

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
        """Give the object under its present names; what stands under several is read as a name that is repeated."""
        raw = tidy(raw)
        others = cls._other_names(raw)
        if not others:
            return raw
        read = {name: _together(raw, came) for name, came in cls._read_from(raw).items()}
        return {name: value for name, value in raw.items() if name not in others} | read

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
        """Give, for each name that stands for a declared one in another form, that declared name."""
        found = {name: cls.present_name(name) for name in raw.keys() - _declared(cls)}
        return {name: present for name in raw if (present := found.get(name))}

    @classmethod
    def _read_from(cls, raw: dict[str, Any]) -> dict[str, list[str]]:
        """Give, for each declared name that came under others, those that it is read from: all that hold something.

        If none does, the first of those that hold the most.
        """
        came: dict[str, list[str]] = {}
        for other, present in cls._other_names(raw).items():
            came.setdefault(present, [present] if present in raw else []).append(other)
        return {present: _holding_most(raw, names) for present, names in came.items()}

    @classmethod
    def contradicted(cls, raw: dict[str, Any]) -> list[str]:
        """Name the elements that came under several of their names with values that differ."""
        return [name for name, came in cls._read_from(raw).items() if not _are_alike(raw, came)]

    def taken(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Give what was read, under the names the object came with; a name not here was not taken up.

        Of what came under several names, each time otherwise, none is here.
        """
        read: dict[str | None, Any] = {
            field.alias: getattr(self, name) for name, field in type(self).model_fields.items()
        }
        if self.reads_every_name:
            read.update(self.extras)
        named = {name: read[name] for name in raw if name in read}
        for present, came in self._read_from(raw).items():
            if present in named:
                named[present] = None  # what was read came under another name, and this one holds nothing
            if _are_alike(raw, came):
                named[came[0]] = read[present]
            else:
                named.pop(present, None)
        return named

    @classmethod
    def node(cls, value: object) -> dict[str, Any] | None:
        """Give the object in a value, as this kind of object is read; None if there is none."""
        return as_object(value)

    @classmethod
    def lists_objects(cls, name: str) -> bool:
        """Is a name that of an element which is a list of objects?"""
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
        if any(
            isinstance(validator, BeforeValidator) and validator.func is _objects
            for validator in field.metadata
        )
    )


@cache
def _present_names(kind: type[Wire]) -> dict[str, str]:
    """Give the declared name for each known name, both as it is written and folded."""
    known = {name: name for name in _declared(kind)} | kind.old_names
    return {folded(name): present for name, present in known.items()} | known


@cache
def _near_names(kind: type[Wire]) -> dict[str, str]:
    return {singular(folded(name)): present for name, present in _present_names(kind).items()}


SOMETHING = 2


def _holds(value: object) -> int:
    """Rank null below an empty node or text, and that below anything else."""
    is_empty = value in ({}, []) or (isinstance(value, str) and not value.strip())
    return 0 if value is None else 1 if is_empty else SOMETHING


def _holding_most(raw: dict[str, Any], names: list[str]) -> list[str]:
    most = max(_holds(raw[name]) for name in names)
    found = [name for name in names if _holds(raw[name]) == most]
    return found if most == SOMETHING else found[:1]


def _are_alike(raw: dict[str, Any], names: list[str]) -> bool:
    return all(alike(raw[names[0]], raw[name]) for name in names[1:])


def _together(raw: dict[str, Any], names: list[str]) -> Any:
    """Give the one value under several names, or all of them if they differ."""
    return one_or_variants([version for name in names for version in versions(raw[name])])
