"""Stored files: every content once, by its sha256, however often it is used."""

import hashlib

from peewee import IntegrityError

from core.db import database
from core.records.papers import Blob


def store(content: bytes, media_type: str) -> Blob:
    """Keep a file once, however often it is used."""
    digest = hashlib.sha256(content).hexdigest()
    Blob.insert(sha256=digest, content=content, media_type=media_type, size=len(content)).on_conflict_ignore().execute()
    return Blob.get_by_id(digest)


def drop(digest: str) -> None:
    """Throw a stored file away unless something else uses the very same one."""
    try:
        with database.atomic():
            Blob.delete().where(Blob.sha256 == digest).execute()
    except IntegrityError:
        pass  # another record holds it
