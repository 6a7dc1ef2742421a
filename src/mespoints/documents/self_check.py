"""Reading our own paper back before it is delivered: a seal that does not hold never reaches anybody."""

from io import BytesIO

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from mespoints.documents.completion import completed


def seal_holds(pdf: bytes, certificate: Certificate) -> bool:
    """One seal, made with this certificate, sound, over the whole file, forbidding any change. Offline; trust is not judged."""
    try:
        seals = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if len(seals) != 1 or seals[0].signer_cert.dump() != certificate.public_bytes(Encoding.DER):
            return False
        context = ValidationContext(trust_roots=[seals[0].signer_cert], allow_fetching=False)
        status = completed(async_validate_pdf_signature(seals[0], context))
    except (PdfError, SigningError, SignatureValidationError, ValueError):
        return False
    return bool(status.intact and status.valid and status.docmdp_ok and status.coverage is SignatureCoverageLevel.ENTIRE_FILE)
