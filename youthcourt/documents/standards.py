"""What makes one file both a record to keep (PDF/A-2a) and a paper to hear (PDF/UA-1).

WeasyPrint writes a file for one standard at a time. Its PDF/A-2a is tagged as fully as its PDF/UA-1, so all
that is missing is the line that says so, and PDF/A wants each property beyond its own list described.
"""

from __future__ import annotations

from typing import Any

PDF_VARIANT = "pdf/a-2a"

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


def say_accessible(_document: Any, pdf: Any) -> None:
    """Write into a finished PDF/A file that it follows PDF/UA-1 too. A WeasyPrint finisher."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    (packet,) = metadata.stream
    metadata.stream[0] = packet.replace(b"</rdf:RDF>", _IS_ACCESSIBLE.encode(), 1)
