"""Objects and lists of the JSON result, read so that no element can hide another (contract §7)."""

from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from cases.provider.scalars import visible

T = TypeVar("T")


def _object(value: object) -> object:
    return value if isinstance(value, dict) else None


def _objects(value: object) -> object:
    return [_object(item) for item in value] if isinstance(value, list) else None


def _one_or_many(value: object) -> object:
    return value if value is None else _objects(value if isinstance(value, list) else [value])


Node = Annotated[T | None, BeforeValidator(_object)]
Nodes = Annotated[list[T | None] | None, BeforeValidator(_objects)]
OneOrMany = Annotated[list[T | None] | None, BeforeValidator(_one_or_many)]


def tidy(raw: dict[str, Any]) -> dict[str, Any]:
    """Give the object with names that can be printed, none lost."""
    if "".join(raw).isprintable():
        return raw
    tidied: dict[str, Any] = {}
    for name, value in raw.items():
        printable = visible(name)
        while printable in tidied or (printable != name and printable in raw):
            printable += "'"
        tidied[printable] = value
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
            if raw.get(old) is not None and raw.get(new) is None:
                raw = {name: value for name, value in raw.items() if name != old} | {new: raw[old]}
        return raw

    def taken(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Give what was read, under the names the object came with; a name not here was not taken up."""
        read: dict[str | None, Any] = {
            field.alias: getattr(self, name) for name, field in type(self).model_fields.items()
        }
        if self.reads_every_name:
            read.update(self.extras)
        named = {name: read[name] for name in raw if name in read}
        for old, new in self.old_names.items():
            if raw.get(old) is not None and raw.get(new) is None:
                named[old] = read[new]
                if new in named:
                    named[new] = None  # what was read came under the old name, and this one is null
        return named

    @property
    def extras(self) -> dict[str, Any]:
        """The elements that are not declared, by name."""
        return self.model_extra or {}
