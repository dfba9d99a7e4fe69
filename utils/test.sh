#!/usr/bin/env bash
# Builds ditto and runs all its tests; the last line is `N passed, N failed`.
#
# usage: utils/test.sh [--preset=NAME] [OPTION OF LIT...]
#   --preset=NAME    another configuration than `ci`, e.g. asan or gcc
#   --filter=REGEX   (lit's) only the tests whose name matches

source "$(dirname "$0")/common.sh"

preset=ci
lit_options=()
for argument in "$@"; do
  case $argument in
    --preset=*) preset=${argument#*=} ;;
    -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' utils/test.sh; exit 0 ;;
    *) lit_options+=("$argument") ;;
  esac
done

utils/setup.sh
# Build directories share what ccache has.
if command -v ccache >/dev/null && [ -z "$(ccache --get-config base_dir)" ]; then
  export CCACHE_BASEDIR=$PWD
fi
build "$preset" all ditto-test-depends
say "testing"
python=$(find_python)
lit=$(sed -n 's/^LLVM_EXTERNAL_LIT:[A-Z]*=//p' "build/$preset/CMakeCache.txt")
# The wheel compiles everything again, with the same flags: ccache has it.
export DITTO_TEST_WHEEL=1
exec "$python" test/run-tests.py --lit="$lit" \
  "build/$preset/test" "build/$preset/test/Unit" "${lit_options[@]}"
