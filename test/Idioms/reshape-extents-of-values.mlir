// RUN: %check_idiom %s
//
// Keys and values as PyTorch exports them with dynamic batch and sequence: merged by
// tensor.reshape, to extents that are those of the values and of the queries.
//
// The keys' loops say that their extents are the values'.
// VALUE @key(2x2x5x4, 2x2x5x4): interleave(x, 3, 1)
// VALUE @key(0x2x5x4, 0x2x5x4): interleave(x, 3, 1)
// RAISED @key: ditto.repeat_interleave by 3 dim(1)
// LEFT @key: ditto.repeat_interleave by 3 dim(1)
//
// The values have the queries' extent unless they are empty.
// VALUE @value(2x2x5x4, 5): reshape(interleave(x, 3, 1), [12, 5, 4])
// VALUE @value(0x2x5x4, 7): reshape(interleave(x, 3, 1), [0, 7, 4])
// RAISED @value: ditto.repeat_interleave by 3 dim(1)
// LEFT @value: ditto.repeat_interleave by 3 dim(1)
//
// Two extents that are known together only: not each for itself.
// VALUE @negative_scrambled(2x2x3x4, 2, 3): interleave(x, 3, 1)
// VALUE @negative_scrambled(2x2x3x4, 3, 2): reshape(interleave(x, 3, 1), [3, 6, 2, 4])
// RAISED @negative_scrambled: nothing
// LEFT @negative_scrambled: linalg.generic (copy)

#in = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>

func.func @key(%x: tensor<?x2x?x4xf32>, %like: tensor<?x2x?x4xf32>) -> tensor<?x6x?x4xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : i64
  %c6 = arith.constant 6 : i64
  %b = tensor.dim %like, %c0 : tensor<?x2x?x4xf32>
  %s = tensor.dim %like, %c2 : tensor<?x2x?x4xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?x4xf32>
  %w = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<?x2x?x4xf32>) outs(%e : tensor<?x2x3x?x4xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x2x3x?x4xf32>
  %bi = arith.index_cast %b : index to i64
  %si = arith.index_cast %s : index to i64
  %shape = tensor.from_elements %bi, %c6, %si, %c4 : tensor<4xi64>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?x4xf32>, tensor<4xi64>) -> tensor<?x6x?x4xf32>
  return %r : tensor<?x6x?x4xf32>
}

func.func @value(%x: tensor<?x2x?x4xf32>, %q: index) -> tensor<?x?x4xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : i64
  %c6 = arith.constant 6 : i64
  %b = tensor.dim %x, %c0 : tensor<?x2x?x4xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?x4xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?x4xf32>
  %w = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<?x2x?x4xf32>) outs(%e : tensor<?x2x3x?x4xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x2x3x?x4xf32>
  %bi = arith.index_cast %b : index to i64
  %qi = arith.index_cast %q : index to i64
  %bh = arith.muli %bi, %c6 : i64
  %shape = tensor.from_elements %bh, %qi, %c4 : tensor<3xi64>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?x4xf32>, tensor<3xi64>) -> tensor<?x?x4xf32>
  return %r : tensor<?x?x4xf32>
}

func.func @negative_scrambled(%x: tensor<?x2x?x4xf32>, %a: index, %q: index) -> tensor<?x6x?x4xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?x4xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?x4xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?x4xf32>
  %w = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<?x2x?x4xf32>) outs(%e : tensor<?x2x3x?x4xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x2x3x?x4xf32>
  %shape = tensor.from_elements %a, %c6, %q, %c4 : tensor<4xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?x4xf32>, tensor<4xindex>) -> tensor<?x6x?x4xf32>
  return %r : tensor<?x6x?x4xf32>
}
