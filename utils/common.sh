# What the scripts here share; sourced, not run.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Colours only where a person is looking.
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold= dim= red= green= plain=
fi

# say TEXT: a heading
say() { printf '%s==> %s%s\n' "$bold" "$*" "$plain"; }

# fail TEXT: ends the script
fail() {
  printf '%serror: %s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}

# find_python: prints a Python that the tests can use: 3.10 or newer, with NumPy.
find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 /usr/bin/python3; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, numpy; sys.exit(sys.version_info < (3, 10))' \
        >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

# The environment that the Python package is built and tested in.
python_venv=build/python-venv

# install_optional VENV ARGUMENT...: has pip install a package into an environment,
# where it has not been; says so where it cannot be had
install_optional() {
  local venv=$1
  shift
  grep -qxF -e "$*" "$venv/installed" 2>/dev/null && return
  printf '    %s\n' "$*"
  if "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" \
    >"$venv/log" 2>&1; then
    echo "$*" >>"$venv/installed"
  else
    printf '    %scannot be installed, left out:%s %s\n' "$red" "$plain" \
      "$(grep -E '^ERROR' "$venv/log" | tail -n 1)"
  fi
}

# build PRESET [TARGET...]: configures and builds, showing progress
build() {
  local preset=$1 python
  shift
  python=$(find_python) || fail "no python3 with NumPy found; run utils/setup.sh"
  say "configuring (preset $preset)"
  local options=(-DPython3_EXECUTABLE="$python")
  # A Python without sanitizers cannot load what has them.
  if [[ $preset != @(asan|tsan|coverage) ]] && [ -x "$python_venv/bin/python" ]; then
    options+=(-DDITTO_ENABLE_PYTHON=ON
      -DPython_EXECUTABLE="$PWD/$python_venv/bin/python")
  fi
  cmake --preset "$preset" "${options[@]}" --log-level=WARNING
  say "building"
  NINJA_STATUS='[%f/%t %es] ' cmake --build --preset "$preset" \
    ${1:+--target "$@"}
}
