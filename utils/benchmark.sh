#!/usr/bin/env bash
# Builds ditto and measures it beside its peers: PyTorch, JAX, ONNX Runtime, OpenVINO,
# IREE, ggml, NumPy, upstream's passes and hand-written kernels. Prints tables; results.json
# and the plots go to build/benchmark. docs/Performance.md says what is measured and how.
#
# usage: utils/benchmark.sh [--quick] [OPTION...]
#   --quick    a few cases, under two minutes once everything is installed and built
#   --help     the other options
#
# Peers are installed into build/benchmark/venv, by name (benchmark/requirements.txt).
# One that cannot be installed is left out. DITTO_BENCHMARK_OFFLINE=1 installs nothing.

source "$(dirname "$0")/common.sh"

venv=build/benchmark/venv

# have_google_benchmark: whether it is there, after trying to install it
have_google_benchmark() {
  local package=libbenchmark-dev
  if ! dpkg-query -W "$package" >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ] &&
    [ -z "${DITTO_BENCHMARK_OFFLINE:-}" ]; then
    say "installing $package" >&2
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || true
  fi
  dpkg-query -W "$package" >/dev/null 2>&1
}

# None of these measures anything.
measures=1
for argument in "$@"; do
  case $argument in
    --list | --report | -h | --help) measures= ;;
  esac
done

if [ -n "$measures" ]; then
  utils/setup.sh >&2
  targets=(ditto-opt ditto-run)
  if have_google_benchmark; then
    targets+=(ditto-benchmarks)
  else
    say "libbenchmark-dev is not installed: no measurements of small calls" >&2
  fi
  build release "${targets[@]}" >&2
fi
python=$(find_python) || fail "no python3 with NumPy found; run utils/setup.sh"
if [ -n "$measures" ] && [ -z "${DITTO_BENCHMARK_OFFLINE:-}" ]; then
  if [ ! -x "$venv/bin/pip" ]; then
    say "creating $venv" >&2
    "$python" -m venv "$venv" || fail "python3 has no venv module"
  fi
  say "installing peers" >&2
  grep -vE '^#|^$' benchmark/requirements.txt | while read -r package; do
    install_optional "$venv" "$package" >&2
  done
  benchmark/build-ggml.sh >&2 || true
fi
[ -x "$venv/bin/python" ] && python=$venv/bin/python

exec "$python" -m benchmark "$@"
