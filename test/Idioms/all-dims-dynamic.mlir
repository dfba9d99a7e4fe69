// RUN: %check_idiom %s
//
// ONNX with every dimension dynamic: no static type says that the count is 4.
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<?x?x?x?xf32>) -> tensor<?x?x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %four = arith.constant 4 : i64
  %n0 = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %n1 = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %n2 = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %n3 = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %e = tensor.empty(%n0, %n1, %n2, %n3) : tensor<?x?x4x?x?xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<?x?x?x?xf32>) outs(%e : tensor<?x?x4x?x?xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x?x4x?x?xf32>
  %bd = tensor.cast %b : tensor<?x?x4x?x?xf32> to tensor<?x?x?x?x?xf32>
  %s0 = arith.index_cast %n0 : index to i64
  %s1 = arith.index_cast %n1 : index to i64
  %s2 = arith.index_cast %n2 : index to i64
  %s3 = arith.index_cast %n3 : index to i64
  %h = arith.muli %s1, %four : i64
  %shape = tensor.from_elements %s0, %h, %s2, %s3 : tensor<4xi64>
  %r = tensor.reshape %bd(%shape) : (tensor<?x?x?x?x?xf32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
  return %r : tensor<?x?x?x?xf32>
}
