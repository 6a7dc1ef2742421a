"""``mespoints generate``: invented drivers by the thousand or the million, and the daily files that speak of them."""

import argparse
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mespoints.config import environment
from mespoints.feed.signing import FeedKeysUnusable, kept_signer, public_keys
from mespoints.operations.generate import Plan, Refused, generate
from mespoints.operations.progress import progress_on

KEY_ID = "generated"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("generate", help="inventer une population et ses fichiers du jour")
    parser.add_argument("--drivers", type=int, required=True, metavar="N", help="conducteurs du premier fichier")
    parser.add_argument("--days", type=int, default=0, metavar="J", help="fichiers du jour après le premier (%(default)s)")
    parser.add_argument("--seed", type=int, required=True, metavar="G", help="graine : la même donne les mêmes fichiers")
    parser.add_argument("--folder", type=Path, help="où les écrire (generated, dans le dossier des données)")
    parser.add_argument("--last-day", type=date.fromisoformat, metavar="AAAA-MM-JJ", help="jour du dernier fichier (hier)")
    parser.add_argument("--bad-share", type=float, default=0.0, metavar="P", help="part de mauvaises lignes, de 0 à 0.99")
    parser.add_argument("--offences-a-day", type=int, metavar="N", help="infractions par jour (comme dans le pays)")
    parser.add_argument("--first-sequence", type=int, default=1, metavar="N", help="numéro du premier fichier (%(default)s)")
    parser.add_argument("--key-folder", type=Path, help="où est gardée la clé qui signe, tirée si elle manque (le dossier)")
    parser.add_argument("--key-id", default=KEY_ID, help="nom de cette clé (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """0 when every file is written, 2 when nothing could be."""
    folder: Path = args.folder or environment.data_dir(os.environ) / "generated"
    key_folder: Path = args.key_folder or folder
    plan = Plan(
        drivers=args.drivers,
        days=args.days,
        seed=args.seed,
        last_day=args.last_day or datetime.now(UTC).date() - timedelta(days=1),
        bad_share=args.bad_share,
        offences_a_day=args.offences_a_day,
        first_sequence=args.first_sequence,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drops = list(generate(plan, folder, kept_signer(key_folder, args.key_id), progress_on(sys.stderr)))
    except OSError as failure:
        print(f"Le dossier {folder} ne peut être écrit ({failure.strerror}) : vérifiez la place et les droits.", file=sys.stderr)
        return 2
    except (Refused, FeedKeysUnusable) as failure:
        print(failure, file=sys.stderr)
        return 2
    print(f"{len(drops)} fichiers dans {folder}, signés par « {args.key_id} ». Pour les faire entrer :")
    print(f"  MESPOINTS_FEED_KEYS={public_keys(key_folder)} mespoints night {folder}")
    return 0
