// RUN: %check_idiom %s
//
// k[torch.arange(n) // 4]: one generic computes the index, the other extracts, with
// torch's treatment of negative indices, which there are none of.
//
// VALUE @pattern(3x5): interleave(x, 4, 0)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(0)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(0)

#id1 = affine_map<(d0) -> (d0)>
#ix  = affine_map<(d0, d1) -> (d0)>
#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : i64
  %c3 = arith.constant 3 : i64
  %c4 = arith.constant 4 : i64
  %ie = tensor.empty() : tensor<12xi64>
  %idx = linalg.generic {indexing_maps = [#id1], iterator_types = ["parallel"]} outs(%ie : tensor<12xi64>) {
  ^bb0(%o: i64):
    %i = linalg.index 0 : index
    %j = arith.index_cast %i : index to i64
    %q = arith.floordivsi %j, %c4 : i64
    linalg.yield %q : i64
  } -> tensor<12xi64>
  %e = tensor.empty() : tensor<12x5xf32>
  %r = linalg.generic {indexing_maps = [#ix, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%idx : tensor<12xi64>) outs(%e : tensor<12x5xf32>) {
  ^bb0(%q: i64, %o: f32):
    %neg = arith.cmpi slt, %q, %c0 : i64
    %wrap = arith.addi %q, %c3 : i64
    %p = arith.select %neg, %wrap, %q : i64
    %h = arith.index_cast %p : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
