"""The ``mespoints`` command. Each word loads only its own module: ``evaluate`` must answer without starting Django."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import MappingProxyType
from typing import Protocol, cast


class Word(Protocol):
    """What the module of a command gives."""

    def add_parser(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...

    def run(self, args: argparse.Namespace) -> int:
        """The exit status."""


WORDS = MappingProxyType(
    {
        "evaluate": "appliquer la loi à un cas (JSON)",
        "explain": "dire un article en mots simples, et ce qui l'applique",
        "offences": "chercher une infraction : classe et points en vigueur un jour donné",
        "verify": "vérifier un document, hors ligne",
        "trust": "écrire le fichier de confiance que lit verify",
        "demo": "tout démarrer sur cette machine, avec des personnes inventées",
        "serve": "démarrer le portail",
        "identity-providers": "dire quoi déclarer chez FranceConnect, FranceConnect+ et ProConnect",
        "migrate": "mettre les tables à jour",
        "import-file": "faire entrer un fichier du jour",
        "night": "faire la nuit : fichiers, situations, messages, rapport",
        "worker": "rester là et lancer la nuit à son heure",
        "audit": "tout recalculer, vérifier les chaînes et les situations gardées",
        "rebuild-projection": "recalculer toutes les situations d’après les écritures",
        "quarantine": "les lignes en quarantaine : lire, corriger, écarter, rejouer",
        "incident": "déclarer, clore ou lister les incidents sur les données",
        "retention": "compter, ou effacer, ce que la loi ordonne d’effacer",
        "generate": "inventer une population et ses fichiers du jour",
        "deliver": "envoyer les messages en attente",
        "agent": "inviter, approuver ou retirer un agent ; lister les accès",
        "manage": "une commande de Django, avec la base démarrée",
    }
)


def main(argv: Sequence[str] | None = None) -> int:
    """Gives the exit status: 0 when all is well."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = next((word for word in words if not word.startswith("-")), None)
    parser = argparse.ArgumentParser(prog="mespoints", description="Mes points permis.")
    subparsers = parser.add_subparsers(dest="word", metavar="COMMANDE", required=True)
    if asked is None or asked not in WORDS:
        for word, purpose in WORDS.items():
            subparsers.add_parser(word, help=purpose)
        parser.parse_args(words)
        return 2
    chosen = cast("Word", importlib.import_module(f"mespoints.cli.{asked.replace('-', '_')}"))
    chosen.add_parser(subparsers)
    return chosen.run(parser.parse_args(words))
