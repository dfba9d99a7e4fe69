#!/usr/bin/env bash
# Runs the tests in a build that counts, and says how many lines of lib/ they run.
#
# usage: utils/coverage.sh [--lines] [--report] [OPTION OF LIT...]
#   --lines          print each line that no test runs, instead of the table
#   --report         of the last run, without another one
#   --filter=REGEX   (lit's) only the tests whose name matches

source "$(dirname "$0")/common.sh"

lines='' report='' lit_options=()
for argument in "$@"; do
  case $argument in
    --lines) lines=1 ;;
    --report) report=1 ;;
    -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' utils/coverage.sh; exit 0 ;;
    *) lit_options+=("$argument") ;;
  esac
done

tree=build/coverage
counts=$tree/counts

find_lit() { sed -n 's/^LLVM_EXTERNAL_LIT:[A-Z]*=//p' $tree/CMakeCache.txt; }

run_tests() {
  build coverage all ditto-test-depends
  say "testing"
  rm -rf "$counts"
  # Processes of the same program add to the same file.
  LLVM_PROFILE_FILE=$PWD/$counts/%m.profraw "$(find_python)" test/run-tests.py \
    --lit="$(find_lit)" $tree/test $tree/test/Unit "${lit_options[@]}" ||
    say "tests fail; what follows is of those that ran"
}

[ -n "$report" ] || run_tests
llvm=$(dirname "$(find_lit)")
"$llvm/llvm-profdata" merge -o $tree/counts.profdata $counts/*.profraw

programs=($tree/bin/ditto-* $tree/lib/*.so $tree/test/Unit/*/*Tests)
arguments=(-instr-profile=$tree/counts.profdata "${programs[@]/#/-object=}"
  -sources "$PWD/lib")
if [ -n "$lines" ]; then
  "$llvm/llvm-cov" export -format=lcov "${arguments[@]}" |
    awk -F'[:,]' '$1 == "SF" { file = $2 } $1 == "DA" && $3 == 0 { print file ":" $2 }'
else
  "$llvm/llvm-cov" report -show-region-summary=false -show-branch-summary=false \
    "${arguments[@]}"
fi
