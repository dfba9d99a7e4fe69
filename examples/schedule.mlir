// Attention as a schedule wants it: the keys' repeat is raised and folded into the
// first product, which is then tiled; the values' repeat stays a copy.
//
//   mlir-opt attention.mlir --transform-preload-library=transform-library-paths=schedule.mlir --transform-interpreter
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %broadcasts = transform.structured.match ops{["linalg.broadcast"]} in %module : (!transform.any_op) -> !transform.any_op
    %repeats = transform.ditto.raise %broadcasts : (!transform.any_op) -> !transform.any_op
    %products = transform.structured.match ops{["linalg.batch_matmul"]} in %module : (!transform.any_op) -> !transform.any_op
    %scores, %result = transform.split_handle %products : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %folded = transform.ditto.fold_repeats %scores : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %folded tile_sizes [1] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
