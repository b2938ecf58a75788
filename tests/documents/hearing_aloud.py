"""What a file must have so that a reader who cannot see it hears all of it, in order."""

import io
import re
import subprocess

import pikepdf


def faults(pdf):
    """What keeps a PDF from being heard and kept, each in words; none when nothing does."""
    file = pikepdf.open(io.BytesIO(pdf))
    root = file.Root
    found = [
        f"no {name}"
        for name in ("Lang", "MarkInfo", "StructTreeRoot", "Metadata", "OutputIntents", "Outlines")
        if f"/{name}" not in root
    ]
    if "no Metadata" not in found:
        found += _unsaid(file)
    if "no StructTreeRoot" not in found:
        found += [*_astray(file), *_ambiguous(file)]
    return found


def _unsaid(file):
    with file.open_metadata() as said:
        told = {name: said.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
        if told != {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}:
            yield f"says {told}"
        if not said.get("dc:title") or str(file.docinfo.get("/Title")) != str(said.get("dc:title")):
            yield "no title, or two"


def _astray(file):
    """Pages whose marks lead to no tag, or to the tags of another page."""
    flat = list(file.Root.StructTreeRoot.ParentTree.Nums)
    places = {int(place): tags for place, tags in zip(flat[::2], flat[1::2], strict=True)}
    if len(places) * 2 != len(flat):
        yield "two pages have one place"
    heard = {each.objgen for each in elements(file)}
    for number, page in enumerate(file.pages, 1):
        yield from (f"page {number} {fault}" for fault in _astray_on(page.obj, places, heard))


def _astray_on(page, places, heard):
    tags = places.get(int(page.get("/StructParents", -1)))
    if not isinstance(tags, pikepdf.Array):
        yield "has no tags"
        return
    # What stands in the margins has tags of its own that are not read aloud.
    if not any(tag.objgen in heard for tag in tags):
        yield "has nothing that is heard"
    for tag in tags:
        if tag.get("/Pg", page).objgen != page.objgen:
            yield "has a tag of another page"
    for note in page.get("/Annots", ()):
        if "/StructParent" in note and int(note.StructParent) not in places:
            yield "has a link without a tag"


def _ambiguous(file):
    names = [str(each.ID) for each in elements(file) if "/ID" in each]
    if len(names) != len(set(names)):
        yield "two headers have one name"
    for each in elements(file):
        attributes = each.get("/A")
        if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
            lost = {str(name) for name in attributes.Headers} - set(names)
            if lost:
                yield f"a cell names headers that are not there: {sorted(lost)[0]}"


def elements(file):
    """Every tag, in the order in which it is heard."""
    found, todo = [], [file.Root.StructTreeRoot.K[0]]
    while todo:
        each = todo.pop()
        found.append(each)
        kids = each.get("/K", pikepdf.Array())
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        todo += [
            kid
            for kid in reversed(kids)
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem"
        ]
    return found


def read_aloud(pdf):
    """The words as poppler hears them from the tags, each with its element: 'H1 Docket P ...'."""
    out = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode(errors="replace")
    return " ".join(re.sub(r'"', " ", out).split())


def bookmarks(pdf):
    """The outline as (depth, title, page number), in order."""
    file = pikepdf.open(io.BytesIO(pdf))
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
    found = []

    def walk(mark, depth):
        while mark is not None:
            found.append((depth, str(mark.Title), numbers.get(mark.Dest[0].objgen)))
            if "/First" in mark:
                walk(mark.First, depth + 1)
            mark = mark.get("/Next")

    walk(file.Root.Outlines.get("/First"), 0)
    return found
