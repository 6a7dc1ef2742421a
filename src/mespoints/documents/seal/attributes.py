"""What the seal signs beside the digest: the certificate, as PAdES B-B asks (ETSI EN 319 142-1, 6.3), encoded once.

asn1crypto encodes a value that was built, not read, again at each level above it: four fifths of a sealing would go there.
"""

from collections.abc import Iterable

from asn1crypto.cms import CMSAttribute
from asn1crypto.x509 import Certificate
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec, SigningCertificateV2Provider
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute


class SealAttributes(SignedAttributeProviderSpec):
    """pyHanko adds the digest and the kind of content by itself."""

    def __init__(self, certificate: Certificate) -> None:
        self._certificate = EncodedCertificate(certificate)

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterable[CMSAttributeProvider]:  # noqa: ARG002 - pyHanko's names
        return (self._certificate,)


class EncodedCertificate(SigningCertificateV2Provider):
    """The same in every paper."""

    def __init__(self, certificate: Certificate) -> None:
        super().__init__(certificate)
        attribute = simple_cms_attribute(self.attribute_type, as_signing_certificate_v2(certificate))  # type: ignore[no-untyped-call]
        self._encoded = attribute.dump()

    async def get_attribute(self, dry_run: bool = False) -> CMSAttribute:  # noqa: ARG002, FBT001, FBT002 - pyHanko's names
        return CMSAttribute.load(self._encoded)
