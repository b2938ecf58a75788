"""The limited process in which an uploaded picture is opened. The application never imports it.

What comes out is drawn anew from the points of the picture: no profile, no comment, no place where it was
taken, nothing that a file may hide behind them.
"""

from __future__ import annotations

import io
import sys
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

from .press_room import allow_time, limit, shut

KINDS = ("PNG", "JPEG")
SMALLEST, LARGEST = 60, 4_000  # points a side, as they come
SIDE = 360  # points a side, as it is kept: 600 an inch on paper
SECONDS = 10


def redraw(upload: bytes) -> bytes:
    """The picture on white, no larger than it is printed."""
    with Image.open(io.BytesIO(upload), formats=KINDS) as picture:
        if not all(SMALLEST <= side <= LARGEST for side in picture.size):
            raise ValueError("size")
        picture.load()
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright, mask=upright)
    kept = io.BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def work(asked: BinaryIO, answers: BinaryIO) -> None:
    upload = asked.read()
    Image.preinit()
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, whose limits we share, takes half a picture for one
    limit()
    allow_time(SECONDS)
    shut((sys.prefix, sys.base_prefix))
    answers.write(redraw(upload))
