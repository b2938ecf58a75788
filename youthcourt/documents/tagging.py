"""What a listener needs to be told besides what WeasyPrint writes into a paper's tags.

- The language of each passage that is in another one: a name, the script that a court wrote in English alone.
- Of the head of a table, whether it is that of a row or of a column: also where no cell of it points to it.
- That the terms of a list of facts belong to the list, though each stands in a group with its answer.
- That the paragraphs of an item of a list are its body.

It leans on how the version that we name in pyproject.toml builds them; if another one does so differently,
tests/documents/test_standards.py notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

Build = Callable[..., Iterator[Any]]

_SCOPES = {"row": "/Row", "col": "/Column"}


def tell_all() -> None:
    """From here on, papers of this process say all of that."""
    if not hasattr(tags._build_box_tree, "tells_all"):
        tags._build_box_tree = _telling(tags._build_box_tree)


def _telling(build: Build) -> Build:
    def built(box: Any, parent: Any, *others: Any) -> Iterator[Any]:
        if parent["S"] == "/L" and box.element_tag == "div":
            for child in box.children:
                yield from tags._build_box_tree(child, parent, *others)
            return
        for element in build(box, parent, *others):
            _tell(element, box.element)
            if element["S"] == "/LI":
                _gather_body(element, others[0])
            yield element

    built.tells_all = True  # type: ignore[attr-defined]
    return built


def _tell(element: Any, markup: Any) -> None:
    if markup is None or element["S"] == "/Document":
        return
    if language := markup.get("lang"):
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/TH" and "A" in element and (scope := _SCOPES.get(markup.get("scope"))):
        element["A"]["Scope"] = scope


def _gather_body(item: Any, pdf: Any) -> None:
    """An item has a label and a body, and nothing else."""
    loose = [kid for kid in item["K"] if pdf.objects[int(kid.split()[0])]["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": item["Pg"], "P": item.reference}
    )
    pdf.add_object(body)
    for kid in loose:
        pdf.objects[int(kid.split()[0])]["P"] = body.reference
    item["K"] = pydyf.Array([kid for kid in item["K"] if kid not in loose] + [body.reference])
