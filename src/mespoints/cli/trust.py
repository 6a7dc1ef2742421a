"""``mespoints trust``: the file that ``verify`` reads, made from public certificates. A running service gives its own."""

import argparse
import sys
from pathlib import Path

from cryptography import x509

from mespoints.cli.terminal import show
from mespoints.documents.verification.own_trust import read_seal
from mespoints.documents.verification.trust import PaperTrust, paper_trust_to_json
from mespoints.documents.visible_code.trust import Trust, TrustUnreadable, load_trust


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "trust",
        help="écrire le fichier de confiance que lit verify",
        description="Écrit sur la sortie. Un service en marche donne le sien à l’adresse /api/v1/verify/trust.",
    )
    parser.add_argument("--seal", action="append", default=[], type=Path, help="certificat d’un cachet, actuel ou ancien (PEM)")
    parser.add_argument("--revoked", action="append", default=[], type=Path, help="certificat d’un cachet révoqué (PEM)")
    parser.add_argument("--test", action="store_true", help="ces cachets ne sont que des essais")
    parser.add_argument("--codes", type=Path, help="fichier de confiance des codes 2D-Doc (2d-doc-trust/1)")
    parser.add_argument("--timestamps", action="append", default=[], type=Path, help="autorité d’horodatage (PEM)")


def run(args: argparse.Namespace) -> int:
    try:
        trust = PaperTrust(
            seals=(
                *(read_seal(path, is_test=args.test) for path in args.seal),
                *(read_seal(path, is_test=args.test, is_revoked=True) for path in args.revoked),
            ),
            visible_codes=load_trust(args.codes) if args.codes is not None else Trust(authorities=()),
            timestamp_authorities=tuple(authority(path) for path in args.timestamps),
        )
    except TrustUnreadable as error:
        print(error, file=sys.stderr)
        return 2
    return show([paper_trust_to_json(trust).decode()])


def authority(path: Path) -> x509.Certificate:
    return read_seal(path, is_test=False).certificate
