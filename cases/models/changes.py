"""A model whose rows save only the columns that changed since they were loaded."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import models


class SavesChanges(models.Model):
    """Remembers what was loaded. Values are compared, so a list must be replaced, never changed in its place."""

    _loaded: dict[str, Any]

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **options)
        row._loaded = {name: row.__dict__[name] for name in field_names}
        return row

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        fields = None if fields is None else [*fields]
        super().refresh_from_db(using, fields, from_queryset)
        self._mark_as_loaded(fields)

    def save_changes(self) -> None:
        """Write the columns that differ from what was loaded or last saved; all of a row that was made here."""
        loaded: dict[str, Any] | None = self.__dict__.get("_loaded")
        if loaded is None:
            self.save()
            return
        changed = [name for name, value in loaded.items() if self.__dict__[name] != value]
        if changed:
            self.save(update_fields=changed)
            self._mark_as_loaded(changed)

    def _mark_as_loaded(self, fields: Collection[str] | None) -> None:
        """Remember that these fields (None: all of them) now hold what stands in the database."""
        loaded: dict[str, Any] | None = self.__dict__.get("_loaded")
        if loaded is not None:
            columns = [
                field.attname
                for field in self._meta.concrete_fields
                if fields is None or {field.name, field.attname} & {*fields}
            ]
            loaded.update((name, self.__dict__[name]) for name in columns if name in self.__dict__)
