"""Joining finished papers into one file that can be heard and kept like each of them.

To put pages one after the other is not enough: such a file has no tags, no bookmarks and follows no standard.
Runs in the press (press_room.py); the application never imports it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from .leaf import Leaf
from .standards import metadata_of


@dataclass
class Binder:
    """One file in the making."""

    title: str
    language: str
    contents: list[bytes]
    book: Pdf = field(default_factory=Pdf.new)
    sources: list[Pdf] = field(default_factory=list)  # their pages are copied when the book is written
    bound: dict[int, list[Any]] = field(default_factory=dict)  # the pages of a paper that was bound before
    places: list[Any] = field(default_factory=list)  # which tags a page has, by its number
    next_place: int = 0

    def bind(self, leaves: tuple[Leaf, ...]) -> bytes:
        """The whole book."""
        book = self.book
        tree = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
        marks = [self._add(leaf, document) for leaf in leaves]
        document.K = Array([part for part, _mark in marks])
        tree.K = Array([document])
        tree.ParentTree = book.make_indirect(Dictionary(Nums=Array(self.places)))
        tree.ParentTreeNextKey = self.next_place
        book.Root.StructTreeRoot = tree
        book.Root.MarkInfo = Dictionary(Marked=True)
        book.Root.Lang = String(self.language)
        book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        book.Root.PageMode = Name.UseOutlines
        outlines = book.make_indirect(Dictionary(Type=Name.Outlines))
        hang([mark for _part, mark in marks], outlines)
        outlines.Count = sum(1 + max(0, int(mark.get("/Count", 0))) for _part, mark in marks)
        book.Root.Outlines = outlines
        book.docinfo["/Title"] = self.title
        book.Root.Metadata = book.make_stream(metadata_of(self.title), Type=Name.Metadata, Subtype=Name.XML)
        return self._written()

    def _written(self) -> bytes:
        written = io.BytesIO()
        self.book.save(
            written,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            min_version="1.7",
        )
        return written.getvalue()

    def _add(self, leaf: Leaf, above: Object) -> tuple[Object, Object]:
        """The tags of a leaf, and its bookmark."""
        if leaf.paper is not None:
            return self._add_paper(leaf, above)
        part = self.book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, P=above))
        part.T = String(leaf.title)
        first = len(self.book.pages)
        below = [self._add(each, part) for each in leaf.leaves]
        part.K = Array([each for each, _mark in below])
        mark = self._mark(leaf.title, first)
        hang([each for _part, each in below], mark)
        mark.Count = len(below)  # open
        return part, mark

    def _add_paper(self, leaf: Leaf, above: Object) -> tuple[Object, Object]:
        assert leaf.paper is not None
        source = Pdf.open(io.BytesIO(self.contents[leaf.paper]))
        self.sources.append(source)
        first = len(self.book.pages)
        for page in source.pages:
            drop_signatures(page.obj)
        self.book.pages.extend(source.pages)
        pages = [page.obj for page in self.book.pages[first:]]
        was_bound = self._share(leaf.paper, pages)
        self._take_profile(source)
        part = self._take_tags(source, pages)
        if leaf.is_new or was_bound:
            renumber(part, f"{len(self.sources)}/")
        part.S, part.P, part.T = Name.Part, above, String(leaf.title)
        part.Lang = source.Root.Lang
        mark = self._mark(leaf.title, first)
        if "/Outlines" in source.Root and "/First" in source.Root.Outlines:
            copied = self.book.copy_foreign(source.Root.Outlines)
            hang(list(beside(copied.First)), mark)
            mark.Count = -len(list(beside(copied.First)))  # closed
        return part, mark

    def _share(self, paper: int, pages: list[Any]) -> bool:
        """Let what is drawn on the pages of a paper stand once in the file, however often it is bound."""
        before = self.bound.setdefault(paper, pages)
        for page, same in zip(pages, before, strict=True):
            if page is not same:
                page.Contents, page.Resources = same.Contents, same.Resources
        return before is not pages

    def _take_profile(self, source: Pdf) -> None:
        """The colours of the first paper are those of all."""
        if "/OutputIntents" not in self.book.Root:
            intents = [
                self.book.copy_foreign(source.make_indirect(each)) for each in source.Root.OutputIntents
            ]
            self.book.Root.OutputIntents = Array(intents)

    def _take_tags(self, source: Pdf, pages: list[Any]) -> Object:
        """The tags of a paper; after its pages, so that they lead to the pages of the book."""
        tree = self.book.copy_foreign(source.Root.StructTreeRoot)
        flat, highest = list(tree.ParentTree.Nums), -1
        for place, tags in zip(flat[::2], flat[1::2], strict=True):
            self.places += [self.next_place + int(place), tags]
            highest = max(highest, int(place))
        for page in pages:
            page.StructParents = self.next_place + int(page.StructParents)
            for note in page.get("/Annots", ()):
                if "/StructParent" in note:
                    note.StructParent = self.next_place + int(note.StructParent)
        self.next_place += highest + 1
        (document,) = tree.K
        return document

    def _mark(self, title: str, page: int) -> Object:
        there = self.book.pages[page]
        top = float(there.mediabox[3])
        return self.book.make_indirect(
            Dictionary(Title=String(title), Dest=Array([there.obj, Name.XYZ, 0, top, 0]))
        )


def join(leaves: tuple[Leaf, ...], contents: list[bytes], title: str, language: str) -> tuple[bytes, int]:
    """The papers as one file, and how many pages it has. The same papers give the same bytes."""
    binder = Binder(title, language, contents)
    return binder.bind(leaves), len(binder.book.pages)


def hang(marks: list[Any], above: Object) -> None:
    """Bookmarks one after the other, below another."""
    for mark, following in pairwise(marks):
        mark.Next, following.Prev = following, mark
    for mark in marks:
        mark.Parent = above
    if marks:
        above.First, above.Last = marks[0], marks[-1]


def beside(mark: Any) -> Iterator[Any]:
    """A bookmark and those that follow it."""
    while mark is not None:
        yield mark
        mark = mark.get("/Next")


def drop_signatures(page: Any) -> None:
    """A signature is of one file, byte for byte; in another it would only seem to be one."""
    if "/Annots" in page:
        page.Annots = Array([note for note in page.Annots if note.get("/Subtype") != "/Widget"])


def renumber(element: Any, prefix: str) -> None:
    """Give the headers of tables names of their own, as no two in one file may have the same."""
    todo = [element]
    while todo:
        each = todo.pop()
        if "/ID" in each:
            each.ID = String(prefix + str(each.ID))
        if "/A" in each and isinstance(each.A, Dictionary) and "/Headers" in each.A:
            each.A.Headers = Array([String(prefix + str(name)) for name in each.A.Headers])
        kids = each.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and kid.get("/Type") == "/StructElem":
                todo.append(kid)
