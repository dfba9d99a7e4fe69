#!/usr/bin/env bash
# ditto's main job on one module: the grouped-query attention of a PyTorch model,
# as torch-mlir exports it, before and after ditto, then compiled, run, compared
# with PyTorch's own result and timed.

source "$(dirname "$0")/common.sh"

utils/setup.sh
build release ditto-opt ditto-run

bin=build/release/bin
module=test/Models/tutorial-gqa-static.mlir
inputs=test/Models/Inputs/tutorial-gqa-static

# What becomes of K and V: the ops on them from their projection (1x2x4x2: two
# heads) to the contractions that use them; what repeats them is bold.
follow_kv() {
  "$bin/ditto-opt" "$module" --mlir-elide-elementsattrs-if-larger=8 \
    --mlir-elide-resource-strings-if-larger=8 "$@" |
    grep -E '= (linalg|tensor|ditto)\.' |
    grep -E 'batch_matmul|linalg\.contract|ditto\.|[<x]2x4x4x2xf|[<x]2x4x2xf|[<x]8x2x4xf' |
    grep -vE 'tensor\.empty' |
    sed -E 's/\{indexing_maps = .*iterator_types = [^}]*\} //; s/ \{$//' |
    sed -E "s/^ *//; s/.*(ditto\.repeat|generic.*2x4x4x2xf).*/$bold&$plain/" |
    sed -E 's/ (outs\()/\n      \1/; s/^/    /'
}

say "before: $module, as exported by torch-mlir"
follow_kv

say "after ditto-optimize"
follow_kv --ditto-optimize

say "what became of the repeats"
"$bin/ditto-opt" "$module" --ditto-optimize --ditto-report -o /dev/null 2>&1 |
  sed 's/^/    /'

say "compiled, run and compared with PyTorch's output"
"$bin/ditto-run" "$module" --input="$inputs.in0.npy" \
  --expect="$inputs.out0.npy" --rtol=1e-5 --atol=1e-5 --time=1000
printf '%sthe same numbers as PyTorch%s\n' "$green" "$plain"
