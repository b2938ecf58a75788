"""What makes one file both a record to keep (PDF/A-2a) and a paper to hear (PDF/UA-1).

WeasyPrint writes a file for one standard at a time. Its PDF/A-2a is tagged as fully as its PDF/UA-1, so all
that is missing is the line that says so, and PDF/A wants each property beyond its own list described.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pydyf

PDF_VARIANT = "pdf/a-2a"

_JOINED = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    pdfaid:part="2" pdfaid:conformance="A"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>{is_accessible}
</x:xmpmeta>
<?xpacket end="r"?>"""

_IS_ACCESSIBLE = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def finisher(mark: str) -> Callable[[Any, Any], None]:
    """Write into a finished PDF/A file that it follows PDF/UA-1 too, and give its tags names of its own.

    WeasyPrint counts the headers of tables from one in every file. `mark` is put before each number, so that
    no two are the same when papers are joined.
    """

    def finish(_document: Any, pdf: Any) -> None:
        number = int(pdf.catalog["Metadata"].split()[0])
        metadata = pdf.objects[number]
        (packet,) = metadata.stream
        metadata.stream[0] = packet.replace(b"</rdf:RDF>", _IS_ACCESSIBLE.encode(), 1)
        for element in pdf.objects:
            if isinstance(element, dict) and element.get("Type") == "/StructElem":
                _name(element, mark)

    return finish


def _name(element: Any, mark: str) -> None:
    if "ID" in element:
        element["ID"] = _named(element["ID"], mark)
    headers = element.get("A", {}).get("Headers")
    if headers is not None:
        headers[:] = [_named(each, mark) for each in headers]


def _named(number: pydyf.String, mark: str) -> pydyf.String:
    return pydyf.String(f"{mark}/{number.string}")


def metadata_of(title: str) -> bytes:
    """What a joined file says of itself."""
    words = escape("".join(each for each in title if each.isprintable()))
    return _JOINED.format(title=words, is_accessible=_IS_ACCESSIBLE).encode()
