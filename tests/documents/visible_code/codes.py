"""Codes for the tests: the official examples, and papers of invented people sealed by a key made at run time."""

from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import settings

from mespoints.documents.visible_code.papers import Bearer, LicenceStatement, attestation
from mespoints.documents.visible_code.signature import KeySigner, seal
from mespoints.documents.visible_code.trust import Authority, Trust, TrustedCertificate
from mespoints.register.licence_state import LicenceState

drawn = settings(max_examples=200, deadline=None, derandomize=True, database=None)
"""Same examples everywhere, whatever the load of the machine."""


def written(shown: str) -> bytes:
    return shown.replace("<GS>", "\x1d").replace("<RS>", "\x1e").replace("<US>", "\x1f").encode("ascii")


OFFICIAL_AB = written(
    "DC04FR0000011E471E47AB01FR6HM<GS>6GDUMONT DURVILLE<GS>60JULES/SEBASTIEN/CESAR<GS>69080519426ACONDE SUR NOIREAU<GS>"
    "AC121201200001<GS>E4APCE550E8020220211522090003AG8E6A B C D B1 AL AT CL A1 A2 A3 A4 C1 BE CE DE A2 C1 D1 C1E D1E AM<GS>"
    "E7123456789<US>ZJMDY3LOHQMI7RON2L3CSRHLY3Z7H42T4DXFGCG2TAQG7AALYLEW4E74EGYZEPNG4EMYBVFURCZ5Q2HL4KIGJFCR7POVBDJKDRWLUWQ"
)
OFFICIAL_A1 = written(
    "DC03FR00000117491766A101AB48M<GS>AC156985632<GS>6HMME<GS>6GSPECIMEN<GS>60NATACHA<GS>69251119736ATOULON<GS>"
    "AD16D4AE0132AF4AG8<US>5EYSLG4NKU5EFORGEHGGSKCRRD3JQDFLIQYWYQB3J4JHE5JGGB2E5LBJKNWGOMHSCFZI7OZ6CLRF3ZHCPB73ZJD2GBS75GOC"
    "YZYRIKI"
)
OFFICIAL_AA = written(
    "DC04FR000001125E125BAA01FR60JEAN FRANCOIS<GS>69150619756ASAINTE COMMUNE DES TESTS<GS>6GDU PONT<GS>6HMONSIEUR<GS>"
    "AC0123456789ABCDEF<GS>AD1259AE1337E01FE1125EE2130DE31300<US>MBP4LQQ4MXDWJ5VED62H5EELQ7HEUFFTNLARIF6ADUXBY2AKQGX3DDJHS5GO"
    "2YPX7CGII7MBKJY4LVNOSV47BVPTT6M3BOZXNOD65SA"
)
OFFICIAL = {"AB": OFFICIAL_AB, "A1": OFFICIAL_A1, "AA": OFFICIAL_AA}
"""Of the specification: the same test key signed the three."""
OFFICIAL_KEY = ec.EllipticCurvePublicNumbers(
    0xA98F0D7CCD62808893BEC4D436E79D1834A1D6E001D70F1C4CDCCD9D9E2FE229,
    0xF7240514E8DDC0CA98D0C7440C9CC492849A0FBDA73FC392F4DA0AE07F84C23C,
    ec.SECP256R1(),
).public_key()

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
BEARER = Bearer(
    title="Mme",
    name="Lœuillet-Fÿ d’Aubrac",
    given_names=("Maëlle", "Anne-Sophie"),
    birth_date="1985-03-00",
    birth_place="Saint-Exemple",
    file_number="150399 200011",
)
STATEMENT = LicenceStatement(state=LicenceState.VALID, categories=("AM", "B"), data_as_of=NOW, pages=1)
ATTESTATION = attestation(BEARER, STATEMENT, issued_on=TODAY, expires_on=date(2027, 3, 21))


def trusted(
    key: ec.EllipticCurvePublicKey,
    authority: str = "FR99",
    certificate: str = "MPP1",
    *,
    valid_from: date = date(2010, 1, 1),
    valid_until: date = date(2030, 12, 31),
    is_revoked: bool = False,
    is_test: bool = False,
) -> Trust:
    known = TrustedCertificate(
        identifier=certificate,
        public_key=key,
        valid_from=valid_from,
        valid_until=valid_until,
        is_revoked=is_revoked,
        is_test=is_test,
    )
    return Trust(authorities=(Authority(identifier=authority, name="Autorité fictive", certificates=(known,)),))


OFFICIAL_TRUST = trusted(OFFICIAL_KEY, "FR00", "0001")


def new_signer(curve: ec.EllipticCurve | None = None) -> KeySigner:
    return KeySigner(authority="FR99", certificate="MPP1", key=ec.generate_private_key(curve or ec.SECP256R1()))


def attestation_code(signer: KeySigner) -> bytes:
    return seal(ATTESTATION, signer, TODAY)
