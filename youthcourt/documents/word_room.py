"""The limited process in which an uploaded Word file is opened. The application never imports it.

It gets a line that says what to do and then the file, and answers with the names of its merge fields, or with
the file filled in. What a court's own form needs is text, pictures and fields; a file that runs something,
fetches something, or unpacks to more than a form can be is refused.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from typing import Any, BinaryIO

from mailmerge import MailMerge

from .press_room import allow_time, limit, shut

SECONDS = 10
MOST_PARTS, MOST_BYTES = 300, 20_000_000
_MAIN = "word/document.xml"
_RUNS = re.compile(r"vbaProject|activeX|\.bin$|embeddings/", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")


def look_through(upload: bytes) -> None:
    """ValueError for whatever is no plain form."""
    with zipfile.ZipFile(io.BytesIO(upload)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_BYTES:
            raise ValueError("size")
        names = [each.filename for each in parts]
        if _MAIN not in names or any(_RUNS.search(name) for name in names):
            raise ValueError("kind")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _look_into(packed.read(part))


def _look_into(part: bytes) -> None:
    if _ENTITY.search(part):
        raise ValueError("entity")
    for relation in _RELATION.findall(part):
        # a link that a reader may click is harmless; a template or a picture from elsewhere is fetched
        if b'TargetMode="External"' in relation and b"/hyperlink" not in relation:
            raise ValueError("fetches")


def fields_of(upload: bytes) -> list[str]:
    """The names of its fields, once it is certain that it can be filled in."""
    look_through(upload)
    with MailMerge(io.BytesIO(upload)) as form:
        fields = sorted(form.get_merge_fields())
    filled(upload, dict.fromkeys(fields, "words"))
    return fields


def filled(upload: bytes, facts: dict[str, str]) -> bytes:
    look_through(upload)
    done = io.BytesIO()
    with MailMerge(io.BytesIO(upload)) as form:
        form.merge(**facts)
        form.write(done)
    return done.getvalue()


def work(asked: BinaryIO, answers: BinaryIO) -> None:
    order: dict[str, Any] = json.loads(asked.readline())
    upload = asked.read()
    limit()
    allow_time(SECONDS)
    shut((sys.prefix, sys.base_prefix))
    if "facts" in order:
        answers.write(filled(upload, order["facts"]))
    else:
        answers.write(json.dumps(fields_of(upload)).encode())
