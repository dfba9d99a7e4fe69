#!/usr/bin/env bash
# Formats the C++ sources in place; with --check only says what is not formatted.

source "$(dirname "$0")/common.sh"

mode=(-i)
[ "${1:-}" = --check ] && mode=(--dry-run -Werror)
clang_format=$(command -v clang-format-22) ||
  fail "clang-format-22 is not installed (package clang-format-22)"
git ls-files -z '*.cpp' '*.h' '*.c' | xargs -0 "$clang_format" "${mode[@]}"
