"""Writes the table of former commune codes again, from the npm package of Etalab; run by hand, when a new year's edition is out.

npm is asked for one package, by its own configuration: no address stands here. Nothing else of the package is kept.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PACKAGE = "@etalab/decoupage-administratif"
EDITION = "6.0.0"
TABLE = Path(__file__).resolve().parent.parent / "src" / "mespoints" / "identity" / "matching" / "communes.txt"
HEADER = """\
# Codes communes de l'INSEE : ce que chaque code est devenu. Écrit par `make communes` : à ne pas modifier à la main.
# source: Code officiel géographique (INSEE), par le paquet npm {package}
# version: cog-{package_version}
# licence: Licence Ouverte 2.0 (données, Etalab et INSEE)
# « aujourd'hui: ancien ancien… » (fusions, communes déléguées et associées, Corse, départements de 1968)
# « ville/ arrondissement arrondissement… »
"""


def main(edition: str = EDITION) -> int:
    with tempfile.TemporaryDirectory() as folder:
        fetched = subprocess.run(
            ["npm", "pack", "--silent", f"{PACKAGE}@{edition}"],  # noqa: S607 – whichever npm the machine has
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if fetched.returncode:
            print(f"npm n’a pas pu prendre {PACKAGE}@{edition} : {fetched.stderr.strip().splitlines()[-1:]}")
            return 1
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            package = read_json(archive, "package/package.json")
            communes = read_json(archive, "package/data/communes.json")
    TABLE.write_text(table(communes, package["version"]), encoding="utf-8")
    print(f"{TABLE.name} : {TABLE.stat().st_size // 1024} Kio, édition {package['version']}.")
    return 0


def read_json(archive: tarfile.TarFile, name: str) -> Any:
    member = archive.extractfile(name)
    if member is None:
        raise FileNotFoundError(name)
    return json.load(member)


def table(communes: Iterable[Mapping[str, Any]], package_version: str) -> str:
    former: defaultdict[str, set[str]] = defaultdict(set)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for commune in communes:
        former[commune["code"]].update(commune.get("anciensCodes", ()))
        match commune["type"]:
            case "commune-deleguee" | "commune-associee" if commune["chefLieu"] != commune["code"]:
                former[commune["chefLieu"]].add(commune["code"])
            case "arrondissement-municipal":
                parts[commune["commune"]].add(commune["code"])
    lines = [f"{today}: {' '.join(sorted(codes))}" for today, codes in sorted(former.items()) if codes]
    lines += [f"{city}/ {' '.join(sorted(codes))}" for city, codes in sorted(parts.items())]
    header = HEADER.format(package=PACKAGE, package_version=package_version)
    return header + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
