"""The authority itself: its root and its certificate, and what it answers to a request, in DER."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha1, sha256

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY = "1.3.6.1.4.1.99999.1"
"""Of no registered organisation."""
LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}
SEQUENCE = 0x30
"""Tag, in DER; the length that follows is in one byte under 128."""
LIFE = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Authority:
    root: x509.Certificate
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def answer(self, query: bytes, now: datetime) -> bytes:
        """A token, or why there is none; always a TimeStampResp."""
        try:
            request = tsp.TimeStampReq.load(query, strict=True)
            imprint = request["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            digest, version, has_extensions = (
                imprint["hashed_message"].native,
                request["version"].native,
                request["extensions"].native,
            )
            policy = request["req_policy"].native
        except (ValueError, TypeError):
            return refused("bad_data_format")
        if version != "v1" or has_extensions:
            return refused("unaccepted_extensions" if has_extensions else "bad_request")
        if algorithm not in LENGTHS:
            return refused("bad_alg")
        if len(digest) != LENGTHS[algorithm]:
            return refused("bad_data_format")
        if policy not in {None, POLICY}:
            return refused("unaccepted_policy")
        return self._granted(request, now)

    def _granted(self, request: tsp.TimeStampReq, now: datetime) -> bytes:
        said = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": request["message_imprint"],
            "serial_number": secrets.randbits(120),
            "gen_time": now.astimezone(UTC).replace(microsecond=0),
        }
        if request["nonce"].native is not None:
            said["nonce"] = request["nonce"].native
        token = self._signed(tsp.TSTInfo(said).dump(), now, with_certificates=bool(request["cert_req"].native))
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _signed(self, content: bytes, now: datetime, *, with_certificates: bool) -> cms.ContentInfo:
        own, root = (asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in (self.certificate, self.root))
        attributes = cms.CMSAttributes(
            [
                attribute("content_type", "tst_info"),
                attribute("signing_time", cms.Time({"utc_time": core.UTCTime(now.astimezone(UTC))})),
                attribute("message_digest", sha256(content).digest()),
                attribute("signing_certificate", tsp.SigningCertificate({"certs": [{"cert_hash": sha1(own.dump()).digest()}]})),  # noqa: S324 – the attribute's definition
                attribute(
                    "signing_certificate_v2", tsp.SigningCertificateV2({"certs": [{"cert_hash": sha256(own.dump()).digest()}]})
                ),
            ]
        )
        sha_256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}}
                ),
                "digest_algorithm": sha_256,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signed_attrs": attributes,
                "signature": self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
            }
        )
        signed = {
            "version": "v3",
            "digest_algorithms": [sha_256],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "signer_infos": [signer],
        }
        if with_certificates:
            signed["certificates"] = [own, root]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def refused(why: str) -> bytes:
    # asn1crypto asks for a token even where RFC 3161 has none: the sequence around the status is written by hand.
    status = bytes(tsp.PKIStatusInfo({"status": "rejection", "fail_info": {why}}).dump())
    return bytes((SEQUENCE, len(status))) + status


def new_authority(now: datetime) -> Authority:
    """Its root begins a year ago, so that papers of an invented past may be stamped."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = named("Racine de l’horodatage simulé (test, sans valeur)"), named("Horodatage simulé (test, sans valeur)")
    root = (
        begun(root_name, root_name, root_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    certificate = (
        begun(name, root_name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    return Authority(root, certificate, key)


def named(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def begun(name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(days=365))
        .not_valid_after(now.astimezone(UTC) + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
