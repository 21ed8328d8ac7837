"""What forms send: text without zero bytes; uploads far too large are read to the end and let go, so that the form comes back.

A server that hangs up in the middle of a film leaves people with an error of their browser and an empty form.
"""

from io import BytesIO

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

LARGEST = 512 * 2**20  # beyond this even reading is refused


class Cup(BytesIO):
    """Keeps as much as there is room for and lets the rest run over; never a file on the disk."""

    def __init__(self, form: "FormRequest") -> None:
        super().__init__()
        self.form = form

    def write(self, data: bytes) -> int:
        room = max(0, min(self.form.most_of_one - self.tell(), self.form.room))
        self.form.room -= super().write(data[:room])
        return len(data)


class FormRequest(Request):
    """A request whose view may say how much of its files is worth keeping, before it looks at the form."""

    room = most_of_one = 0

    def keep_files(self, each: int, number: int, text: int = 4 * 2**20) -> None:
        """One byte more than ``each`` of every file, enough for ``number`` of them: more can be told, not stored.

        ``text`` is how many bytes all other fields may have.
        """
        self.most_of_one, self.room = each + 1, (each + 1) * number
        self.max_content_length, self.max_form_memory_size = LARGEST, text

    def _load_form_data(self) -> None:
        """No keyboard types a zero byte, and PostgreSQL stores none."""
        super()._load_form_data()
        form = vars(self)["form"]
        if any("\0" in value for _name, value in form.items(multi=True)):
            vars(self)["form"] = ImmutableMultiDict((name, value.replace("\0", "")) for name, value in form.items(multi=True))

    def _get_file_stream(self, *args, **kwargs):
        return Cup(self) if self.most_of_one else super()._get_file_stream(*args, **kwargs)
