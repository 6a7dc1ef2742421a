"""Every verdict, on codes sealed by keys made here; points never reach a third party; expiry is another matter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from mespoints.documents.visible_code.encoding import Draft, Field
from mespoints.documents.visible_code.papers import attestation, full_statement, letter
from mespoints.documents.visible_code.parsing import Parsed, parse
from mespoints.documents.visible_code.remarks import Oddity
from mespoints.documents.visible_code.signature import KeySigner, SignerUnusable, load_signer, seal, signature_holds
from mespoints.documents.visible_code.trust import Trust, TrustUnreadable, load_trust, trust_from_json, trust_to_json
from mespoints.documents.visible_code.verification import Outcome, Verdict, verify
from mespoints.register.licence_state import LicenceState
from tests.documents.visible_code.codes import (
    ATTESTATION,
    BEARER,
    NOW,
    STATEMENT,
    TODAY,
    attestation_code,
    new_signer,
    trusted,
)


@pytest.fixture(scope="module")
def signer() -> KeySigner:
    return new_signer()


@pytest.fixture(scope="module")
def code(signer: KeySigner) -> bytes:
    return attestation_code(signer)


def said(verdict: Verdict) -> dict[str, str]:
    return {field.identifier: field.value.replace("\u00a0", " ") for field in verdict.public_fields}


def test_an_attestation_is_valid_and_reads_in_french(signer: KeySigner, code: bytes) -> None:
    verdict = verify(code, trusted(signer.key.public_key()), NOW)
    assert verdict.outcome is Outcome.VALID
    assert verdict.is_authentic
    assert verdict.provenance is not None
    assert verdict.provenance.authority == "Autorité fictive"
    assert verdict.provenance.issued_on == verdict.provenance.signed_on == TODAY
    assert said(verdict) == {
        "6H": "MME",
        "6G": "LOEUILLET FY DAUBRAC",
        "60": "MAELLE, ANNE SOPHIE",
        "69": "mars 1985 (jour inconnu)",
        "AC": "150399200011",
        "6A": "SAINT EXEMPLE",
        "E4": "attestation de permis de conduire",
        "E5": "valide",
        "E6": "AM, B",
        "E8": "22 novembre 2026 à 14 h 05",
        "08": "21 mars 2027",
        "09": "1",
    }
    assert verdict.holder_fields == ()
    assert verdict.remarks == ()


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda curve: curve.name)
def test_each_curve_signs_with_its_hash(curve: ec.EllipticCurve) -> None:
    signer = new_signer(curve)
    code = attestation_code(signer)
    assert verify(code, trusted(signer.key.public_key()), NOW).outcome is Outcome.VALID
    assert attestation_code(signer) == code
    for other in (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()):
        assert verify(code, trusted(new_signer(other).key.public_key()), NOW).outcome is Outcome.BAD_SIGNATURE


def test_each_failure_has_its_verdict(signer: KeySigner, code: bytes) -> None:
    key = signer.key.public_key()
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    verdicts = {
        Outcome.UNKNOWN_AUTHORITY: verify(code, trusted(key, "FR98"), NOW),
        Outcome.UNKNOWN_CERTIFICATE: verify(code, trusted(key, certificate="MPP2"), NOW),
        Outcome.REVOKED: verify(code, trusted(key, is_revoked=True), NOW),
        Outcome.BAD_SIGNATURE: verify(code.replace(b"AM B", b"AM C"), trusted(key), NOW),
        Outcome.MALFORMED: verify(code.replace(b"E4APC", b"E4XXX"), trusted(key), NOW),
        Outcome.OUT_OF_VALIDITY: verify(code, trusted(key, valid_until=before), NOW),
    }
    assert {outcome: verdict.outcome for outcome, verdict in verdicts.items()} == {outcome: outcome for outcome in verdicts}
    assert verify(code, trusted(key, valid_from=after), NOW).outcome is Outcome.OUT_OF_VALIDITY
    assert verify(code, Trust(authorities=()), NOW).outcome is Outcome.UNKNOWN_AUTHORITY
    assert len({verdict.sentence for verdict in verdicts.values()}) == len(verdicts)
    for verdict in verdicts.values():
        assert not verdict.is_authentic
        assert verdict.public_fields == verdict.holder_fields == ()


def test_both_days_of_a_certificate_are_included(signer: KeySigner, code: bytes) -> None:
    assert verify(code, trusted(signer.key.public_key(), valid_from=TODAY, valid_until=TODAY), NOW).outcome is Outcome.VALID


def test_a_revoked_certificate_proves_nothing_even_of_before(signer: KeySigner) -> None:
    code = seal(ATTESTATION, signer, date(2011, 1, 1))
    assert verify(code, trusted(signer.key.public_key(), is_revoked=True), NOW).outcome is Outcome.REVOKED


def test_a_test_is_said_whatever_the_trust_file_says(signer: KeySigner, code: bytes) -> None:
    key = signer.key.public_key()
    assert verify(code, trusted(key, is_test=True), NOW).outcome is Outcome.VALID_TEST
    of_tests = KeySigner(authority="FR00", certificate="MPP1", key=signer.key)
    assert verify(attestation_code(of_tests), trusted(key, "FR00"), NOW).outcome is Outcome.VALID_TEST


def test_expiry_is_another_matter_than_the_seal(signer: KeySigner, code: bytes) -> None:
    trust = trusted(signer.key.public_key())
    last = verify(code, trust, datetime(2027, 3, 21, 22, 59, tzinfo=UTC))
    assert (last.outcome, last.has_expired, last.expires_on) == (Outcome.VALID, False, date(2027, 3, 21))
    assert "vaut jusqu’au 21" in str(last.expiry_sentence)
    # 23:00 in London is the next day in Paris.
    over = verify(code, trust, datetime(2027, 3, 21, 23, 0, tzinfo=UTC))
    assert (over.outcome, over.has_expired) == (Outcome.VALID, True)
    assert "a expiré le 21" in str(over.expiry_sentence)
    without = verify(seal(full_statement(BEARER, STATEMENT, issued_on=TODAY), signer, TODAY), trust, NOW)
    assert (without.expires_on, without.has_expired, without.expiry_sentence) == (None, False, None)


def test_a_seal_of_tomorrow_is_said(signer: KeySigner) -> None:
    code = seal(ATTESTATION, signer, TODAY + timedelta(days=1))
    verdict = verify(code, trusted(signer.key.public_key()), NOW)
    assert [remark.oddity for remark in verdict.remarks] == [Oddity.SIGNED_IN_THE_FUTURE]


def test_points_never_reach_a_third_party(signer: KeySigner) -> None:
    trust = trusted(signer.key.public_key())
    with_points = replace(ATTESTATION, fields=(*ATTESTATION.fields, Field("AG", "8")))
    verdict = verify(seal(with_points, signer, TODAY), trust, NOW)
    assert "AG" not in said(verdict)
    assert [field.value for field in verdict.holder_fields] == ["8"]
    zero = replace(STATEMENT, state=LicenceState.EXCHANGED_ZERO_BALANCE)
    verdict = verify(seal(attestation(BEARER, zero, issued_on=TODAY, expires_on=TODAY), signer, TODAY), trust, NOW)
    assert "E5" not in said(verdict)
    assert [field.identifier for field in verdict.holder_fields] == ["E5"]


def test_our_papers_carry_no_points(signer: KeySigner) -> None:
    drafts: tuple[Draft, ...] = (
        ATTESTATION,
        full_statement(BEARER, STATEMENT, issued_on=TODAY),
        letter(BEARER, letter_type="48SI", issued_on=TODAY),
        letter(replace(BEARER, birth_place=""), letter_type="48N", issued_on=TODAY),
    )
    for draft in drafts:
        assert {field.identifier for field in draft.fields}.isdisjoint({"AF", "AG", "AD", "AE"})
        assert verify(seal(draft, signer, TODAY), trusted(signer.key.public_key()), NOW).outcome is Outcome.VALID


def test_any_signer_will_do_but_not_any_signature() -> None:
    class Remote:
        authority = "FR99"
        certificate = "MPP1"

        def sign(self, message: bytes) -> bytes:
            return b"\x30" + bytes(70)

    with pytest.raises(SignerUnusable, match="rendu 71 octets"):
        attestation_code(Remote())  # type: ignore[arg-type]


def test_numbers_out_of_the_curve_do_not_hold(signer: KeySigner, code: bytes) -> None:
    parsed = parse(code)
    assert isinstance(parsed, Parsed)
    key = signer.key.public_key()
    assert signature_holds(parsed.signed, parsed.signature, key)
    for wrong in (bytes(64), b"\xff" * 64, parsed.signature[32:] + parsed.signature[:32], b"", parsed.signature + b"\x00"):
        assert not signature_holds(parsed.signed, wrong, key)


def pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_a_key_file_signs(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path / "key.pem"
    path.write_bytes(pem(key))
    code = attestation_code(load_signer(path, authority="FR99", certificate="MPP1"))
    assert verify(code, trusted(key.public_key()), NOW).outcome is Outcome.VALID


def test_a_file_that_is_no_key_is_said(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    for content, sentence in (
        (None, "ne peut pas être lue"),
        (b"", "ne contient pas de clé privée PEM"),
        (pem(ec.generate_private_key(ec.SECP256K1())), "n’est pas une clé ECDSA P-256"),
        (pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)), "n’est pas une clé ECDSA P-256"),
    ):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SignerUnusable, match=sentence):
            load_signer(path, authority="FR99", certificate="MPP1")


def test_a_trust_file_is_read_back(signer: KeySigner, code: bytes, tmp_path: Path) -> None:
    path = tmp_path / "trust.json"
    path.write_bytes(trust_to_json(trusted(signer.key.public_key(), is_test=True)))
    assert verify(code, load_trust(path), NOW).outcome is Outcome.VALID_TEST
    with pytest.raises(TrustUnreadable, match="ne peut pas être lu "):
        load_trust(tmp_path / "absent.json")


def test_a_trust_file_that_cannot_be_used_is_said(signer: KeySigner) -> None:
    good = trust_to_json(trusted(signer.key.public_key())).decode()
    of_another_kind = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    rsa_pem = of_another_kind.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    head, tail = good.split("-----BEGIN")[0], good.split("KEY-----\\n")[-1]
    for content, sentence in (
        ("", "forme 2d-doc-trust/1"),
        (good.replace("2d-doc-trust/1", "2d-doc-trust/9"), "forme 2d-doc-trust/1"),
        (good.replace('"revoked"', '"revocked"'), "forme 2d-doc-trust/1"),
        (good.replace("FR99", "fr99"), "n’est pas une autorité"),
        (good.replace("MPP1", "MPP"), "n’est pas un certificat"),
        (good.replace("2010", "2040"), "finit avant de commencer"),
        (head + "no key" + tail, "n’est pas en PEM"),
        (head + rsa_pem.replace("\n", "\\n") + tail, "n’est pas ECDSA"),
    ):
        assert content != good
        with pytest.raises(TrustUnreadable, match=sentence):
            trust_from_json(content.encode())
    twice = replace(trusted(signer.key.public_key()).authorities[0])
    with pytest.raises(TrustUnreadable, match="deux fois"):
        trust_from_json(trust_to_json(Trust(authorities=(twice, twice))))
    same = replace(twice, certificates=twice.certificates * 2)
    with pytest.raises(TrustUnreadable, match="deux fois"):
        trust_from_json(trust_to_json(Trust(authorities=(same,))))
