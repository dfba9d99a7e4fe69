// RUN: %check_idiom %s
//
// ONNX's Expand to a shape with a smaller extent keeps the larger one: the size is
// the maximum of both, and asking for 1 repeats nothing.
//
// VALUE @pattern(6x5, 1): x
// VALUE @pattern(6x5, 6): x
// VALUE @pattern(1x5, 4): repeat(x, [4, 1])
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic

#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @pattern(%x: tensor<?x5xf32>, %n: index) -> tensor<?x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d = tensor.dim %x, %c0 : tensor<?x5xf32>
  %size = arith.maxsi %d, %n : index
  %e = tensor.empty(%size) : tensor<?x5xf32>
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<?x5xf32>) {
  ^bb0(%out: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %is_one = arith.cmpi eq, %d, %c1 : index
    %k = arith.select %is_one, %c0, %i : index
    %v = tensor.extract %x[%k, %j] : tensor<?x5xf32>
    linalg.yield %v : f32
  } -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}
