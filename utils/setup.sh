#!/usr/bin/env bash
# Installs what ditto is built and tested with, by package name, on Debian 12 or a
# relative of it. Does nothing where nothing is missing, so it is safe to repeat.

source "$(dirname "$0")/common.sh"

# MLIR and the compiler; OpenMP; GoogleTest; what LLVM's CMake files look for.
packages=(
  libmlir-22-dev mlir-22-tools llvm-22-dev llvm-22-tools clang-22 lld-22
  libclang-rt-22-dev libomp-22-dev g++ libgtest-dev zlib1g-dev libzstd-dev ccache
)

# version_of COMMAND: its first version number; nothing where it is missing
version_of() {
  "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+' | head -n 1 || true
}

# at_least WANTED FOUND
at_least() { [ -n "$2" ] && printf '%s\n%s\n' "$1" "$2" | sort -VC; }

installed() {
  [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null)" = "ii " ]
}

command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
  fail "this script knows Debian's apt only; install the packages of" \
    "${packages[*]} cmake ninja-build python3-numpy in your system's way"

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done
# These may well come from elsewhere.
at_least 3.21 "$(version_of cmake)" || missing+=(cmake)
at_least 1.10 "$(version_of ninja)" || missing+=(ninja-build)
# The Python package needs headers, and an environment to be tested in.
can_build_packages() {
  local python
  python=$(find_python) && "$python" - >/dev/null 2>&1 <<'END'
import ensurepip, os, sysconfig, venv
open(os.path.join(sysconfig.get_paths()["include"], "Python.h"))
END
}
can_build_packages ||
  missing+=(python3 python3-numpy python3-dev python3-venv)

install_missing() {
  local package sudo=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "installing ${missing[*]} needs root; run this as root or install sudo"
    sudo=sudo
  fi

  say "installing ${missing[*]}"
  $sudo apt-get update -qq ||
    fail "apt-get update failed; is the network there?"
  for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 || fail "package $package is not" \
      "in this system's repositories; LLVM 22 is in Debian 12's security" \
      "repository and in later releases"
  done
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends -o Dpkg::Progress-Fancy=0 "${missing[@]}" \
    >/dev/null || fail "apt-get install failed"
  say "installed"
}

# What the Python package is built and tested with, in an environment of its own.
install_python_packages() {
  "$python_venv/bin/python" -c "import $(echo "${python_modules[*]}" | tr ' ' ,)" \
    >/dev/null 2>&1 && return
  say "installing Python packages: ${python_packages[*]}"
  "$(find_python)" -m venv "$python_venv" ||
    fail "no virtual environment in $python_venv; is python3-venv installed?"
  "$python_venv/bin/pip" install --quiet --disable-pip-version-check \
    "${python_packages[@]}" 2>"$python_venv/log" ||
    fail "pip install failed; $python_venv/log says why"
}

# What the package works with, tried once: tests of what cannot be had are skipped.
# Of PyTorch only the build for CPUs: others bring gigabytes of CUDA.
install_neighbours() {
  [ -e "$python_venv/neighbours" ] && return
  say "installing what the Python package works with"
  install_optional "$python_venv" torch==2.13.0+cpu
  install_optional "$python_venv" --no-deps torch-mlir
  local package
  for package in jax onnx transformers; do
    install_optional "$python_venv" "$package"
  done
  touch "$python_venv/neighbours"
}

python_packages=(build hypothesis ml_dtypes nanobind numpy pytest scikit-build-core)
python_modules=(build hypothesis ml_dtypes nanobind numpy pytest scikit_build_core)

[ ${#missing[@]} -eq 0 ] && say "nothing to install" || install_missing
install_python_packages
install_neighbours
