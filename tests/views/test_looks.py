"""How a court's papers look: chosen, looked at first, drawn anew, and given up."""

import base64
import io
import re
import struct
import zlib

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from tests import make
from youthcourt import models as m
from youthcourt.documents import locked_room
from youthcourt.documents.court import seal as seal_of
from youthcourt.documents.court.docket import docket
from youthcourt.documents.court.seal import redrawn
from youthcourt.documents.paper import html_of, render_pdf
from youthcourt.errors import RuleBroken
from youthcourt.models.court.look import contrast

WINE = {"ink": "#7a1f2b", "sheet": "a4", "seal_words": "Seal of Harbor County"}
SECRET = "taken behind the house"


def picture(kind="PNG", size=(200, 100), colour=(160, 0, 0), **saved):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **saved)
    return out.getvalue()


def with_a_secret():
    noted = PngImagePlugin.PngInfo()
    noted.add_text("Comment", SECRET)
    return picture(pnginfo=noted)


def as_declared(width, height):
    """A PNG that says it is this large, and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "drawing": SVG,
    "gif": picture("GIF"),
    "page": b"<!doctype html><img src=x>",
    "nothing like it": b"\x89PNG\r\n\x1a\n" + b"x" * 500,
    "half": picture(size=(900, 900))[:300],
    "bomb": as_declared(30_000, 30_000),
    "hollow": as_declared(3_000, 3_000),
    "speck": picture(size=(10, 10)),
    "too many bytes": picture("BMP", size=(900, 900)),
}


def upload(content, name="seal.png"):
    return {"picture": (io.BytesIO(content), name)}


def sheet_of(pdf):
    """How large the first page is, in points, and how many pictures are on it."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        return [round(float(side)) for side in page.mediabox[2:]], len(page.get_images())


@pytest.fixture
def coordinator(sign_in, cast):
    return sign_in(cast.cora)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_seal_is_drawn_anew_small_on_white_and_with_nothing_else_in_it(kind):
    kept = redrawn(picture(kind, size=(2000, 1000)) if kind == "JPEG" else with_a_secret())

    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.mode, max(drawn.size) <= 360, drawn.info) == ("PNG", "RGB", True, {})
    assert SECRET.encode() not in kept


def test_the_planted_secret_was_in_the_file():
    assert SECRET.encode() in with_a_secret()


@pytest.mark.parametrize("name", REFUSED)
def test_whatever_is_no_good_picture_is_refused_in_words(name):
    with pytest.raises(RuleBroken) as refused:
        redrawn(REFUSED[name])

    assert refused.value.field == "picture"


def test_a_picture_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(locked_room, "PATIENCE", 0.001)

    with pytest.raises(RuleBroken):
        redrawn(picture())


def test_a_court_chooses_its_look_and_every_paper_has_it(coordinator, court, cast, logged):
    answer = coordinator.post("/settings/look/", data={**WINE, **upload(picture())})

    look = m.Look.of(court)
    paper = docket(make.court_session(court, cast.cora))
    (markup,) = html_of(paper)
    assert answer.status_code == 302
    assert (look.ink, look.sheet, look.seal_words) == ("#7a1f2b", m.Sheet.A4, "Seal of Harbor County")
    assert "--ink: #7a1f2b" in markup
    assert base64.b64encode(look.seal).decode() in markup
    assert 'alt="Seal of Harbor County"' in markup
    assert sheet_of(render_pdf(paper)) == ([842, 595], 1)
    assert [event for event, *_ in logged() if event.startswith("look")] == ["look.changed"]


def test_the_seal_stays_until_it_is_taken_away(coordinator, court):
    coordinator.post("/settings/look/", data={**WINE, **upload(picture())})

    coordinator.post("/settings/look/", data={**WINE, "ink": "#003300"})
    kept = m.Look.of(court).seal
    shown = coordinator.get("/settings/look/seal")
    coordinator.post("/settings/look/", data={**WINE, "without_seal": "y"})

    assert (shown.mimetype, shown.data) == ("image/png", kept)
    assert (m.Look.of(court).ink, m.Look.of(court).seal) == ("#7a1f2b", None)
    assert coordinator.get("/settings/look/seal").status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ink": "#eeeeee"}, "This color is too light to read on white paper."),
        ({"ink": "red} body{display:none"}, "Choose a color."),
        ({"ink": "#12345"}, "Choose a color."),
        ({"sheet": "poster"}, "Paper in the printer"),
        (lambda: {"seal_words": "", **upload(picture())}, "Say in a few words what the seal shows"),
        (lambda: upload(SVG, "seal.svg"), "This is no picture that we can use."),
    ],
)
def test_what_nobody_could_read_is_refused_beside_its_field(typed, words, coordinator, court):
    typed = typed() if callable(typed) else typed  # a file is read once

    answer = coordinator.post("/settings/look/", data={**WINE, **typed})

    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert m.Look.of(court) is None


def test_a_sample_is_printed_in_a_look_that_is_not_kept(coordinator, court):
    answer = coordinator.post("/settings/look/preview", data={**WINE, **upload(picture())})

    assert answer.mimetype == "application/pdf"
    assert sheet_of(answer.data) == ([595, 842], 1)
    assert m.Look.of(court) is None


def test_a_sample_of_what_cannot_be_read_is_refused(coordinator):
    answer = coordinator.post("/settings/look/preview", data={**WINE, "ink": "#ffff00"})

    assert answer.status_code in (409, 422)
    assert "too light" in answer.text


def test_a_court_goes_back_to_the_usual_look(coordinator, court, cast):
    coordinator.post("/settings/look/", data=WINE)

    asked = coordinator.get("/settings/look/usual")
    coordinator.post("/settings/look/usual")

    (markup,) = html_of(docket(make.court_session(court, cast.cora)))
    assert "Give up your own look?" in asked.text
    assert m.Look.of(court) is None
    assert f"--ink: {m.USUAL_INK}" in markup


def test_the_ink_is_measured_as_the_guidelines_say():
    measured = [round(contrast(ink), 2) for ink in ("#000000", "#ffffff", "#767676", "#777777")]

    assert measured == [21.0, 1.0, 4.54, 4.48]


def test_no_words_of_a_court_reach_the_style(coordinator, court, cast):
    court.name = "</style><script>alert(1)</script>"
    coordinator.post("/settings/look/", data={**WINE, "seal_words": "} * {", **upload(picture())})

    (markup,) = html_of(docket(make.court_session(court, cast.cora)))

    (style,) = re.findall("<style>(.*?)</style>", markup, re.S)
    assert set(re.findall(r"[^{};:]+", style)) & {" * ", "script"} == set()
    assert "<script" not in markup


def test_broken_text_beside_a_picture_is_still_refused(coordinator, court):
    sent = []
    for words in (b"whole", b"brok\xffen"):
        part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        file = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="s.png"\r\n\r\n'
        body = part % (b"seal_words", words) + file + picture() + b"\r\n--x--\r\n"
        sent.append(
            coordinator.post("/settings/look/", data=body, content_type="multipart/form-data; boundary=x")
        )

    assert [answer.status_code for answer in sent] == [422, 400]


def test_a_picture_of_too_many_bytes_is_not_even_opened(coordinator, court, monkeypatch):
    monkeypatch.setattr(seal_of, "LARGEST", 100)
    monkeypatch.setattr(locked_room.subprocess, "run", None)

    answer = coordinator.post("/settings/look/", data={**WINE, **upload(picture())})

    assert "The picture is too large" in answer.text
    assert m.Look.of(court) is None
