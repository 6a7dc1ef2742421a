#!/bin/sh
# What the tests call beside Python: a browser, the programs that read a PDF as others do, a provider written by others.
set -eu

missing=
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need chromium chromium
need pdfsig poppler-utils
need pdftoppm poppler-utils
need qpdf qpdf
need softhsm2-util softhsm2
# An OpenID Connect provider written by others (tests/independent_provider); its packages are installed by the first test.
need node nodejs
need npm npm
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Les tests ont besoin de :$missing. Installez-les par le gestionnaire de paquets de ce système, puis relancez." >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Les tests ont besoin de :$missing. Lancez « sudo apt-get install$missing fonts-liberation », puis relancez." >&2
    exit 1
fi
echo "Installation de :$missing…" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null
# Recommended packages left out bring no font: a page without letters would pass for a page.
# shellcheck disable=SC2086 – one word per package
apt-get install -y -qq --no-install-recommends $missing fonts-liberation </dev/null >/dev/null
