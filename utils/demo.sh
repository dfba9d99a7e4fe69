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

# The ops of a module that repeat, reshape or contract: what ditto is about.
# Lines that spell a repeat are bold.
relevant() {
  grep -oE '%[^ ]+ = (linalg\.(generic|broadcast|transpose|[a-z_]*matmul[a-z_]*|contract)|tensor\.(collapse|expand)_shape|ditto\.)[^{]*' |
    sed -E 's/ (ins|outs)\(/\n        &/g; s/ +$//' | cut -c -110 |
    sed -E "s/.*(ditto\.repeat|2x4x4x2xf32).*/$bold&$plain/"
}

say "before: $module, as exported by torch-mlir"
"$bin/ditto-opt" "$module" --mlir-elide-elementsattrs-if-larger=8 \
  --mlir-elide-resource-strings-if-larger=8 | relevant

say "after ditto-raise: the repeats, by their name"
"$bin/ditto-opt" "$module" --ditto-raise --mlir-elide-elementsattrs-if-larger=8 \
  --mlir-elide-resource-strings-if-larger=8 | relevant

say "compiled, run and compared with PyTorch's output"
"$bin/ditto-run" "$module" --input="$inputs.in0.npy" \
  --expect="$inputs.out0.npy" --rtol=1e-5 --atol=1e-5 --time=1000
printf '%sthe same numbers as PyTorch%s\n' "$green" "$plain"
