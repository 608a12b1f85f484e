"""Objects and lists of the JSON result, read so that no element can hide another (contract §7)."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from cases.provider.scalars import visible
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
    """An object of the result; `old_names` are those a response may still use for a declared one."""

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
        for old, new in cls.old_names.items():
            if _holds(raw.get(old)) > _holds(raw.get(new)):
                raw = {name: value for name, value in raw.items() if name != old} | {new: raw[old]}
        return raw

    @classmethod
    def contradicted(cls, raw: dict[str, Any]) -> list[str]:
        """Name the elements that an old name tells otherwise than the present one."""
        return [
            new
            for old, new in cls.old_names.items()
            if _holds(raw.get(old)) == _holds(raw.get(new)) == SOMETHING and not alike(raw[old], raw[new])
        ]

    def taken(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Give what was read, under the names the object came with; a name not here was not taken up."""
        read: dict[str | None, Any] = {
            field.alias: getattr(self, name) for name, field in type(self).model_fields.items()
        }
        if self.reads_every_name:
            read.update(self.extras)
        named = {name: read[name] for name in raw if name in read}
        for old, new in self.old_names.items():
            if _holds(raw.get(old)) > _holds(raw.get(new)):
                named[old] = read[new]
                if new in named:
                    named[new] = None  # what was read came under the old name, and this one holds nothing
        return named

    @property
    def extras(self) -> dict[str, Any]:
        """The elements that are not declared, by name."""
        return self.model_extra or {}


SOMETHING = 2


def _holds(value: object) -> int:
    """Rank null below an empty node, and that below anything else."""
    return 0 if value is None else 1 if value in ({}, []) else SOMETHING
