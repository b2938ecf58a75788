"""Looking for words in every file of a folder, however they may be written there."""

import base64
import gzip
import html
import io
import json
import re
import unicodedata
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

ENCODINGS = {
    "utf-8": lambda word: [word.encode()],
    "small letters": lambda word: [word.lower().encode()],
    "large letters": lambda word: [word.upper().encode()],
    "utf-16-le": lambda word: [word.encode("utf-16-le")],
    "utf-16-be": lambda word: [word.encode("utf-16-be")],
    "latin-1": lambda word: [word.encode("latin-1", "ignore")],
    "accents apart": lambda word: [unicodedata.normalize("NFD", word).encode()],
    "base64": lambda word: [_base64(word, offset) for offset in range(3)],
    "hex": lambda word: [word.encode().hex().encode(), word.encode().hex().upper().encode()],
    "url": lambda word: [quote(word).encode(), quote(word.encode(), safe="").replace("%20", "+").encode()],
    "json": lambda word: [json.dumps(word)[1:-1].encode()],
    "html": lambda word: [html.escape(word).encode("ascii", "xmlcharrefreplace")],
    "backwards": lambda word: [word[::-1].encode()],
}
PACKED = ("gzip", "zip", "a stream as in a PDF")


def _base64(word, offset):
    """The middle of the word as base64 has it when so many bytes stand before it."""
    whole = base64.b64encode(b"\0" * offset + word.encode())
    return whole[4 if offset else 0 : -4]


def patterns(word):
    return {
        (name, pattern) for name, write in ENCODINGS.items() for pattern in write(word) if len(pattern) >= 5
    }


def unpacked(content):
    """The content, and what is packed inside it."""
    yield "", content
    for start in re.finditer(rb"\x1f\x8b\x08", content):
        try:
            yield "gzip", gzip.GzipFile(fileobj=io.BytesIO(content[start.start() :])).read(10**7)
        except (OSError, EOFError, zlib.error):
            continue
    for start in re.finditer(rb"stream\r?\n(?=\x78[\x01\x5e\x9c\xda])", content):
        try:
            yield "stream", zlib.decompressobj().decompress(content[start.end() :], 10**7)
        except zlib.error:
            continue
    if content[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for name in packed.namelist():
                    yield "zip", packed.read(name)
        except zipfile.BadZipFile:
            return


def traces(folder, words, leaving_out=()):
    """Where any of these words stands: file, word, and how it is written."""
    wanted = {word: patterns(word) for word in words}
    found = set()
    for path in sorted(Path(folder).rglob("*")):
        if not path.is_file() or any(part in leaving_out for part in path.parts):
            continue
        for packed, content in unpacked(path.read_bytes()):
            found |= {
                (path.name, word, f"{packed} {name}".strip())
                for word, looks in wanted.items()
                for name, pattern in looks
                if pattern in content
            }
    return found
