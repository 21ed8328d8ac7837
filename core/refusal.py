"""Refusals: what a rule says when it will not do what was asked."""

from core.text import _l


class Refused(Exception):
    """Base of every refusal; a subclass owns its sentence, views and commands print it.

    ``sentence`` is a lazy string with named values; ``status`` is the HTTP status of the answer.
    """

    sentence = _l("这项操作不能办理。")
    status = 422

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        return str(self.sentence) % self.values if self.values else str(self.sentence)

    def __reduce__(self):
        # The print process hands refusals back through a socket, whatever a subclass asks in __init__.
        return _revived, (type(self), self.__dict__)


def _revived(cls: type[Refused], state: dict[str, object]) -> Refused:
    refusal = cls.__new__(cls)
    refusal.__dict__.update(state)
    return refusal


class Stale(Refused):
    """Somebody else changed the record after this form was opened; nothing was overwritten."""

    sentence = _l("您打开之后，%(who)s已经改过这条记录。您填的内容还在下面，请核对后再提交。")
    status = 409


class AlreadyDone(Refused):
    """The same form arrived twice; the first one stands."""

    sentence = _l("这份表单已经提交过了，没有重复登记。")
    status = 409
