// RUN: %check_idiom %s
//
// torch-mlir with run-time sizes: a generic without inputs that extracts, with a
// select for sizes that might be 1. It is a repeat because each size of the result is
// the very size of the source, so that the select never decides.
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// VALUE @pattern(1x3x1x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<?x3x?x6xf32>) -> tensor<?x12x?x6xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n0 = tensor.dim %x, %c0 : tensor<?x3x?x6xf32>
  %n2 = tensor.dim %x, %c2 : tensor<?x3x?x6xf32>
  %u = tensor.expand_shape %x [[0], [1], [2, 3], [4]] output_shape [%n0, 3, 1, %n2, 6] : tensor<?x3x?x6xf32> into tensor<?x3x1x?x6xf32>
  %e = tensor.empty(%n0, %n2) : tensor<?x3x4x?x6xf32>
  %b = linalg.generic {indexing_maps = [#id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      outs(%e : tensor<?x3x4x?x6xf32>) {
  ^bb0(%o: f32):
    %i0 = linalg.index 0 : index
    %i1 = linalg.index 1 : index
    %i3 = linalg.index 3 : index
    %i4 = linalg.index 4 : index
    %s0 = tensor.dim %u, %c0 : tensor<?x3x1x?x6xf32>
    %is0 = arith.cmpi eq, %s0, %c1 : index
    %a0 = arith.select %is0, %c0, %i0 : index
    %s3 = tensor.dim %u, %c3 : tensor<?x3x1x?x6xf32>
    %is3 = arith.cmpi eq, %s3, %c1 : index
    %a3 = arith.select %is3, %c0, %i3 : index
    %v = tensor.extract %u[%a0, %i1, %c0, %a3, %i4] : tensor<?x3x1x?x6xf32>
    linalg.yield %v : f32
  } -> tensor<?x3x4x?x6xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<?x3x4x?x6xf32> into tensor<?x12x?x6xf32>
  return %r : tensor<?x12x?x6xf32>
}
