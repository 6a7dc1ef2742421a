#!/bin/sh
# Makes .venv and installs what requirements.lock pins. Does nothing when that is done already.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
unset PYTHONHOME PYTHONPATH

say() { printf '%s\n' "$*" >&2; }

# Debian keeps venv apart from Python; root can fetch it.
with_debian_package() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "Installation de python3-venv…"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } </dev/null >/dev/null &&
        "$python" -m venv --clear .venv
}

# The path counts too: the commands of a moved .venv no longer find it.
wanted=$({ cat requirements.lock pyproject.toml; echo "$here"; } | cksum)
stamp=.venv/installed
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

python=
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    say "Python 3.11 ou plus est introuvable : installez-le, ou nommez-le par « make PYTHON=/chemin/python3 … »."
    exit 1
fi

if ! [ -f "$stamp" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "Création de l’environnement Python (.venv)…"
    if ! trouble=$("$python" -m venv --clear .venv 2>&1) && ! with_debian_package; then
        say "$trouble"
        say "L’environnement n’a pas pu être créé : sur Debian, « apt install python3-venv », puis relancez."
        exit 1
    fi
fi
say "Installation des dépendances (une fois ; quelques dizaines de secondes)…"
rm -f "$stamp"
if ! .venv/bin/python -m pip install -qq --require-hashes -r requirements.lock ||
    ! .venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e .; then
    say "L’installation a échoué : la raison est ci-dessus ; relancez quand elle est levée, tout reprend où il faut."
    exit 1
fi
echo "$wanted" >"$stamp"
