"""``make law``: the cases of tests/law/cases through the engine and the witness. No database, no browser: seconds."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

from tests.law.case_files import CASES, cases_of, faults


def main(words: Sequence[str], folder: Path = CASES) -> int:
    """Exit status 1 when a case fails. ``words``: only the cases of which the name, or the file, contains one of them."""
    start = time.perf_counter()
    cases = days = failed = 0
    for file in sorted(folder.glob("*.yaml")):
        try:
            found = cases_of(file)
        except yaml.YAMLError as trouble:
            print(f"✗ {file.name} n'est pas lisible : {trouble}")
            return 1
        for case in found:
            name = str(case.get("id", "(sans nom)"))
            if words and not any(word in name or word in file.name for word in words):
                continue
            wrong = list(faults(case))
            for fault in wrong:
                print(f"✗ {file.name}, cas {name}, {fault}")
            cases, days, failed = cases + 1, days + len(case.get("expect", ())), failed + bool(wrong)
    if not cases:
        print(f"Aucun cas dont le nom ou le fichier contienne {' ou '.join(words)}.")
        return 1
    verdict = f"{failed} cas en échec" if failed else "tout est conforme"
    print(f"{cases} cas, {days} jours, moteur et témoin : {verdict} ({time.perf_counter() - start:.1f} s).")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
