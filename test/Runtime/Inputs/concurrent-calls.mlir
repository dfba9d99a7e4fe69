func.func @copy(%x: tensor<?x?xf32>, %n: index) -> tensor<?x?xf32> {
  %r = ditto.repeat %x by [%n, 1] : tensor<?x?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
func.func @interleave(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
func.func @attention(%q: tensor<?x?xf32>, %k: tensor<?x?xf32>, %v: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %q, %c0 : tensor<?x?xf32>
  %n = tensor.dim %k, %c0 : tensor<?x?xf32>
  %d = tensor.dim %v, %c1 : tensor<?x?xf32>
  %zero = arith.constant 0.0 : f32
  %es = tensor.empty(%m, %n) : tensor<?x?xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<?x?xf32>) -> tensor<?x?xf32>
  %s = linalg.contract indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%q, %k : tensor<?x?xf32>, tensor<?x?xf32>) outs(%fs : tensor<?x?xf32>) -> tensor<?x?xf32>
  %p = linalg.softmax dimension(1) ins(%s : tensor<?x?xf32>) outs(%es : tensor<?x?xf32>) -> tensor<?x?xf32>
  %eo = tensor.empty(%m, %d) : tensor<?x?xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<?x?xf32>) -> tensor<?x?xf32>
  %r = linalg.matmul ins(%p, %v : tensor<?x?xf32>, tensor<?x?xf32>) outs(%fo : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
func.func @counts(%x: tensor<?x?xf32>, %c: tensor<?xindex>) -> tensor<?x?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?x?xf32>, tensor<?xindex> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
