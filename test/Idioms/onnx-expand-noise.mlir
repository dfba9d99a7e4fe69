// RUN: %check_idiom %s
//
// ONNX's Expand and Reshape with sizes computed through selects and maxima.
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<?x3x?x6xf32>) -> tensor<?x12x?x6xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %m1 = arith.constant -1 : i64
  %one = arith.constant 1 : i64
  %four = arith.constant 4 : i64
  %twelve = arith.constant 12 : i64
  %six = arith.constant 6 : i64
  %n0 = tensor.dim %x, %c0 : tensor<?x3x?x6xf32>
  %n2 = tensor.dim %x, %c2 : tensor<?x3x?x6xf32>
  %b0 = arith.index_cast %n0 : index to i64
  %s0 = arith.index_cast %n2 : index to i64
  %isb = arith.cmpi eq, %b0, %m1 : i64
  %b1 = arith.select %isb, %one, %b0 : i64
  %b2 = arith.maxsi %b1, %b0 : i64
  %bi = arith.index_cast %b2 : i64 to index
  %isg = arith.cmpi eq, %four, %m1 : i64
  %g1 = arith.select %isg, %one, %four : i64
  %gi = arith.index_cast %g1 : i64 to index
  %u = tensor.expand_shape %x [[0], [1], [2, 3], [4]] output_shape [%n0, 3, 1, %n2, 6] : tensor<?x3x?x6xf32> into tensor<?x3x1x?x6xf32>
  %q = tensor.collapse_shape %u [[0], [1, 2], [3], [4]] : tensor<?x3x1x?x6xf32> into tensor<?x3x?x6xf32>
  %e = tensor.empty(%bi, %gi, %n2) : tensor<?x3x?x?x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%q : tensor<?x3x?x6xf32>) outs(%e : tensor<?x3x?x?x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x3x?x?x6xf32>
  %shape = tensor.from_elements %b0, %twelve, %s0, %six : tensor<4xi64>
  %r = tensor.reshape %b(%shape) : (tensor<?x3x?x?x6xf32>, tensor<4xi64>) -> tensor<?x12x?x6xf32>
  return %r : tensor<?x12x?x6xf32>
}
