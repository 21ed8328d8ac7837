"""Records out of rows: what belongs where is worked out once per query, not once per value as in peewee.

Records of one query know one another: who asks one of them for a record it points at gets those of all in one query,
so that a list asks no more for many rows than for few. Inside a rule's transaction each is asked for by itself, as
things may have changed since the list was read.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime

from peewee import (
    AutoField,
    BlobField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKeyAccessor,
    ForeignKeyField,
    IntegerField,
    ModelCursorWrapper,
    ModelSelect,
    TextField,
)
from playhouse.fields import EnumField

# Fields whose values both databases give back as they went in; all others keep their conversion.
PLAIN = (AutoField, CharField, ForeignKeyField, IntegerField, TextField)
LENGTHS = {DateField: 10, DateTimeField: 19}  # of the texts SQLite keeps


MOST_KEYS = 10_000  # in one query; both databases take more
changing: ContextVar[bool] = ContextVar("changing", default=False)  # whether a rule's transaction is under way


class Pointer(ForeignKeyAccessor):
    """What a record points at, fetched together with what the other records of its query point at."""

    def get_rel_instance(self, instance):
        if self.name not in instance.__rel__ and instance.__data__.get(self.name) is not None and not changing.get():
            rows, key = vars(instance).get("_siblings", (None, None))
            if rows is not None:
                self.fetch([one for one in rows.siblings(key) if self.name not in one.__rel__])
        return super().get_rel_instance(instance)

    def fetch(self, waiting: list) -> None:
        wanted = {one.__data__.get(self.name) for one in waiting} - {None}
        heavy = any(isinstance(field, BlobField) for field in self.rel_model._meta.sorted_fields)
        if len(waiting) < 2 or len(wanted) > MOST_KEYS or heavy:  # pictures are wanted one at a time
            return
        target = self.field.rel_field
        found = {one.__data__[target.name]: one for one in self.rel_model.select().where(target.in_(wanted))}
        for one in waiting:
            if (joined := found.get(one.__data__.get(self.name))) is not None:
                one.__rel__[self.name] = joined


ForeignKeyField.accessor_class = Pointer


class Rows(ModelCursorWrapper):
    """The records of a query with those joined to them: the same as peewee makes, in less than half the time."""

    whole = True  # whether the rows are all kept; a reader who lets them go has no siblings

    def iterate(self, cache: bool = True) -> object:
        self.whole = cache
        return super().iterate(cache)

    def siblings(self, key: object) -> list:
        """All records of the query that were made for one of its tables."""
        if not self.whole:
            return []
        self.fill_cache()
        if key == self.model:
            return self.row_cache
        for source, attribute, target, *_more in self.links:
            if target == key:
                joined = [vars(one).get(attribute) or one.__rel__.get(attribute) for one in self.siblings(source)]
                return [one for one in joined if one is not None]
        return []

    def initialize(self) -> None:
        super().initialize()
        self.simple = all(is_model for _key, _maker, is_model in self._constructor_list)
        if self.simple:
            self.plan = [
                (key, model, self._columns_of(key), (self, key)) for key, model, _is_model in self._constructor_list
            ]
            self.extra = [spec for spec in self._row_spec if not self._is_own(spec)]
            self.links = [(*join, self._dest_reachable.get(join[2], frozenset())) for join in self.src_to_dest]

    def _is_own(self, spec: tuple) -> bool:
        """Whether a column is a field of the record it goes to, under its own name."""
        index, key, name, _converter = spec
        field = self.fields[index]
        return field is not None and field.name == name and key in self.key_to_constructor

    def _columns_of(self, key: object) -> list[tuple]:
        own = [spec for spec in self._row_spec if spec[1] is key and self._is_own(spec)]
        return [(index, name, conversion(self.fields[index], converter)) for index, _key, name, converter in own]

    def process_row(self, row: tuple) -> object:
        if not self.simple:
            return super().process_row(row)
        made, filled = {}, set()
        for key, model, columns, siblings in self.plan:
            record = made[key] = object.__new__(model)
            record.__data__ = data = {}
            record.__rel__, record._dirty, record._siblings = {}, set(), siblings
            there = False
            for index, name, convert in columns:
                value = row[index]
                if value is None:
                    data[name] = None
                else:
                    there = True
                    data[name] = convert(value) if convert else value
            if there:
                filled.add(key)
        if self.extra:
            self._set_extra(row, made, filled)
        if self.links:
            self._link(made, filled)
        return made[self.model]

    def _set_extra(self, row: tuple, made: dict, filled: set) -> None:
        """Counts and other named expressions become attributes of the record they were selected from."""
        for index, key, name, convert in self.extra:
            owner = made.get(key, made[self.model])
            setattr(owner, name, convert(row[index]) if convert else row[index])
            owner._dirty.discard(name)
            if row[index] is not None:
                filled.add(key)

    def _link(self, made: dict, filled: set) -> None:
        """Hang the joined records on those that point at them; an outer join that found nothing hangs None."""
        for source, attribute, target, _is_dict, is_outer, is_key, behind in self.links:
            there = target in filled or not behind.isdisjoint(filled)
            if not there and (not is_outer or source not in filled):
                continue
            owner, joined = made[source], made[target] if there else None
            if is_key and joined is None:
                owner.__rel__[attribute] = None
            else:
                setattr(owner, attribute, joined)
                owner._dirty.discard(attribute)


def conversion(field: Field, usual: Callable | None) -> Callable | None:
    """How a value becomes what the field promises; None where it is that already."""
    kind = type(field)
    if usual is None or kind in PLAIN:
        return None
    if kind is EnumField:
        members = {member.value: member for member in field.enum_class}
        return lambda value: members.get(value) or usual(value)
    if kind in (DateField, DateTimeField):
        read = (date if kind is DateField else datetime).fromisoformat
        return lambda value: read(value) if isinstance(value, str) and len(value) == LENGTHS[kind] else usual(value)
    return usual


class Select(ModelSelect):
    """A query whose records are made by ``Rows``."""

    def _get_model_cursor_wrapper(self, cursor):
        return Rows(cursor, self.model, self._returning, self._from_list, self._joins)
