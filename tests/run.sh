#!/usr/bin/env bash
# Installs what the tests need and passes them: system packages (as root, with apt), a virtual environment, pytest.
# Without root or apt the tests of what is missing are skipped, and say why; in CI nothing may be missing.
set -euo pipefail
cd "$(dirname "$0")/.."
packages="chromium chromium-driver fonts-noto-cjk poppler-utils libreoffice-calc-nogui libreoffice-writer-nogui tesseract-ocr tesseract-ocr-chi-sim"
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get -qq update >/dev/null
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
  elif [ "${CI:-}" = true ]; then
    echo "tests/run.sh: these packages are missing and cannot be installed:$missing" >&2
    exit 1
  else
    echo "tests/run.sh: some tests will be skipped; install$missing to run them" >&2
  fi
fi
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install -q --disable-pip-version-check -e ".[dev]"
# The newest axe-core, for tests of accessibility; without npm they use the older one of a Python package.
if command -v npm >/dev/null && [ ! -e .venv/axe ]; then
  npm install --silent --no-fund --no-audit --prefix .venv/axe axe-core@4.14 >/dev/null || rm -rf .venv/axe
fi
exec .venv/bin/python -m pytest "$@"
