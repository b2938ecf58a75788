"""A court's seal: a picture that somebody uploads, drawn anew where it can do no harm."""

from __future__ import annotations

from youthcourt.documents.locked_room import answer_of
from youthcourt.errors import RuleBroken
from youthcourt.i18n import _

LARGEST = 1_000_000  # bytes


def redrawn(upload: bytes) -> bytes:
    """The picture as a small PNG with nothing else in it. Only a limited process opens what was uploaded."""
    if len(upload) > LARGEST:
        raise RuleBroken(_("The picture is too large: use one of at most 1 MB."), field="picture")
    drawn = answer_of("seal_room", upload)
    if drawn is None or not drawn.startswith(b"\x89PNG"):
        raise _refused()
    return drawn


def _refused() -> RuleBroken:
    return RuleBroken(
        _("This is no picture that we can use. Use a PNG or JPEG file of 60 to 4,000 pixels a side."),
        field="picture",
    )
