// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fuse-rows,cse),resolve-ranked-shaped-type-result-dims,canonicalize,cse,func.func(ditto-skip-hidden-columns,cse,canonicalize))' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-skip-hidden-columns))' --split-input-file | FileCheck %s --check-prefix=LOOSE

#keys = affine_map<(h, m, n, k) -> (h, n, k)>
#lhs = affine_map<(h, m, n, k) -> (h, m, k)>
#out = affine_map<(h, m, n, k) -> (h, m, n)>
#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// A mask that is added: the last column that is seen in each row of the block,
// then in any of them; rows without one need all.
// CHECK:         #[[$STEP:.*]] = affine_map<()[s0] -> ((s0 ceildiv 32) * 32, 512)>
// CHECK-LABEL: func @added
// CHECK-SAME:    %[[MASK:arg3]]: tensor<256x512xf32>
// CHECK-DAG:     %[[LOWEST:.*]] = arith.constant -9.99999968E+37 : f32
// CHECK-DAG:     %[[ALL:.*]] = arith.constant 512 : i64
// CHECK:         scf.forall
// CHECK:           %[[ROWS:.*]] = tensor.extract_slice %[[MASK]]
// CHECK:           %[[SEEN:.*]] = linalg.generic {{.*}}["parallel", "reduction"]} ins(%{{.*}}, %[[ROWS]] :
// CHECK:             %[[HIDDEN:.*]] = arith.cmpf ole, %{{.*}}, %[[LOWEST]]
// CHECK:             %[[COLUMN:.*]] = linalg.index 1
// CHECK:             arith.select %[[HIDDEN]], %c0_i64
// CHECK:             arith.maxui
// CHECK:           %[[MOST:.*]] = linalg.generic {{.*}}["reduction"]} ins(%[[SEEN]] :
// CHECK:             arith.select %{{.*}}, %[[ALL]]
// CHECK:             arith.maxui
// CHECK:           %[[EXTRACTED:.*]] = tensor.extract %[[MOST]][]
// CHECK:           %[[CAST:.*]] = arith.index_cast %[[EXTRACTED]]
// CHECK:           %[[N:.*]] = affine.min #[[$STEP]]()[%[[CAST]]]
// CHECK:           %[[K:.*]] = tensor.extract_slice %{{.*}}[0, 0, 0] [1, %[[N]], 16]
// CHECK:           linalg.batch_matmul {{.*}}, %[[K]] : {{.*}}) -> tensor<1x128x?xf32>
// CHECK:           tensor.extract_slice %[[ROWS]][0, 0] [128, %[[N]]]
// CHECK:           linalg.reduce { arith.maximumf } ins(%{{.*}} : tensor<1x128x?xf32>)
// CHECK:           %[[V:.*]] = tensor.extract_slice %{{.*}}[0, 0, 0] [1, %[[N]], 16]
// CHECK:           linalg.batch_matmul ins(%{{.*}}, %[[V]] : tensor<1x128x?xf32>
// CHECK-NOT:     tensor<1x128x512xf32>
// CHECK:         return
// Only in blocks of rows.
// LOOSE-LABEL: func @added
// LOOSE-NOT:     arith.maxui
// LOOSE:         return
func.func @added(%q: tensor<8x256x16xf32>, %k: tensor<8x512x16xf32>, %v: tensor<8x512x16xf32>, %mask: tensor<256x512xf32>) -> tensor<8x256x16xf32> {
  %zero = arith.constant 0.0 : f32
  %lowest = arith.constant 0xFF800000 : f32
  %es = tensor.empty() : tensor<8x256x512xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<8x256x512xf32>) -> tensor<8x256x512xf32>
  %s = linalg.batch_matmul indexing_maps = [#lhs, #keys, #out] ins(%q, %k : tensor<8x256x16xf32>, tensor<8x512x16xf32>) outs(%fs : tensor<8x256x512xf32>) -> tensor<8x256x512xf32>
  %x = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all}
      ins(%s, %mask : tensor<8x256x512xf32>, tensor<256x512xf32>) outs(%es : tensor<8x256x512xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %scale = arith.constant 0.25 : f32
      %m = arith.mulf %a, %scale : f32
      %r = arith.addf %m, %b : f32
      linalg.yield %r : f32
  } -> tensor<8x256x512xf32>
  %er = tensor.empty() : tensor<8x256xf32>
  %fm = linalg.fill ins(%lowest : f32) outs(%er : tensor<8x256xf32>) -> tensor<8x256xf32>
  %m = linalg.reduce {arith.maximumf} ins(%x : tensor<8x256x512xf32>) outs(%fm : tensor<8x256xf32>) dimensions = [2]
  %e = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = #all}
      ins(%x, %m : tensor<8x256x512xf32>, tensor<8x256xf32>) outs(%es : tensor<8x256x512xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %d = arith.subf %a, %b : f32
      %r = math.exp %d : f32
      linalg.yield %r : f32
  } -> tensor<8x256x512xf32>
  %ft = linalg.fill ins(%zero : f32) outs(%er : tensor<8x256xf32>) -> tensor<8x256xf32>
  %t = linalg.reduce {arith.addf} ins(%e : tensor<8x256x512xf32>) outs(%ft : tensor<8x256xf32>) dimensions = [2]
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = #all}
      ins(%e, %t : tensor<8x256x512xf32>, tensor<8x256xf32>) outs(%es : tensor<8x256x512xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %r = arith.divf %a, %b : f32
      linalg.yield %r : f32
  } -> tensor<8x256x512xf32>
  %eo = tensor.empty() : tensor<8x256x16xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x512xf32>, tensor<8x512x16xf32>) outs(%fo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#all = ["parallel", "parallel", "parallel"]

// Selected by position, extents known at run time, with PyTorch's softmax that
// asks whether a row is hidden as a whole.
// CHECK:         #[[$ANY_STEP:.*]] = affine_map<()[s0, s1] -> ((s0 ceildiv 32) * 32, s1)>
// CHECK-LABEL: func @selected
// CHECK:         scf.forall (%{{.*}}, %[[M:.*]]) =
// CHECK:           linalg.generic {{.*}}["parallel", "reduction"]}
// CHECK:             %[[I:.*]] = linalg.index 0
// CHECK:             %[[ROW:.*]] = affine.apply {{.*}}(%[[M]])[%[[I]]]
// CHECK:             %[[COLUMN:.*]] = linalg.index 1
// CHECK:             %[[HIDDEN:.*]] = arith.cmpi slt, %[[ROW]], %[[COLUMN]]
// CHECK:             arith.select %[[HIDDEN]]
// CHECK:           %[[N:.*]] = affine.min #[[$ANY_STEP]]
// CHECK:           tensor.extract_slice %{{.*}}[0, 0, 0] [1, %{{.*}}, %[[N]]]
// CHECK:           arith.andi
// CHECK:           tensor.extract_slice %{{.*}}[0, 0, 0] [1, %[[N]], 16]
// CHECK:         return
func.func @selected(%q: tensor<8x?x16xf32>, %k: tensor<8x16x?xf32>, %v: tensor<8x?x16xf32>, %es: tensor<8x?x?xf32>, %er: tensor<8x?xf32>, %eb: tensor<8x?xi1>, %eo: tensor<8x?x16xf32>) -> tensor<8x?x16xf32> {
  %zero = arith.constant 0.0 : f32
  %never = arith.constant 0xFF800000 : f32
  %true = arith.constant true
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<8x?x?xf32>) -> tensor<8x?x?xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x?x16xf32>, tensor<8x16x?xf32>) outs(%fs : tensor<8x?x?xf32>) -> tensor<8x?x?xf32>
  %x = linalg.generic {indexing_maps = [#id, #id], iterator_types = #all} ins(%s : tensor<8x?x?xf32>) outs(%es : tensor<8x?x?xf32>) {
    ^bb0(%a: f32, %o: f32):
      %m = linalg.index 1 : index
      %n = linalg.index 2 : index
      %seen = arith.cmpi sge, %m, %n : index
      %r = arith.select %seen, %a, %never : f32
      linalg.yield %r : f32
  } -> tensor<8x?x?xf32>
  %fb = linalg.fill ins(%true : i1) outs(%eb : tensor<8x?xi1>) -> tensor<8x?xi1>
  %none = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%x : tensor<8x?x?xf32>) outs(%fb : tensor<8x?xi1>) {
    ^bb0(%a: f32, %o: i1):
      %is = arith.cmpf oeq, %a, %never : f32
      %r = arith.andi %is, %o : i1
      linalg.yield %r : i1
  } -> tensor<8x?xi1>
  %fm = linalg.fill ins(%never : f32) outs(%er : tensor<8x?xf32>) -> tensor<8x?xf32>
  %m = linalg.reduce {arith.maximumf} ins(%x : tensor<8x?x?xf32>) outs(%fm : tensor<8x?xf32>) dimensions = [2]
  %p = linalg.generic {indexing_maps = [#id, #row, #row, #id], iterator_types = #all}
      ins(%x, %m, %none : tensor<8x?x?xf32>, tensor<8x?xf32>, tensor<8x?xi1>) outs(%es : tensor<8x?x?xf32>) {
    ^bb0(%a: f32, %b: f32, %c: i1, %o: f32):
      %d = arith.subf %a, %b : f32
      %e = math.exp %d : f32
      %r = arith.select %c, %zero, %e : f32
      linalg.yield %r : f32
  } -> tensor<8x?x?xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<8x?x16xf32>) -> tensor<8x?x16xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x?x?xf32>, tensor<8x?x16xf32>) outs(%fo : tensor<8x?x16xf32>) -> tensor<8x?x16xf32>
  return %o : tensor<8x?x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// A hidden column has a weight that is not 0.
// CHECK-LABEL: func @negative_no_softmax
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_no_softmax(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<256x64xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<256x64xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %r = arith.addf %a, %b : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// Hidden columns count as 1.
// CHECK-LABEL: func @negative_one_more
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_one_more(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<256x64xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<256x64xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %x = arith.addf %a, %b : f32
      %e = math.exp %x : f32
      %one = arith.constant 1.0 : f32
      %r = arith.addf %e, %one : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// Scaled down, the lowest number is not low.
// CHECK-LABEL: func @negative_weaker
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_weaker(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<256x64xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<256x64xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %x = arith.addf %a, %b : f32
      %scale = arith.constant 1.0e-38 : f32
      %y = arith.mulf %x, %scale : f32
      %r = math.exp %y : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#all = ["parallel", "parallel", "parallel"]

// Asking the mask is as much work as the scores are.
// CHECK-LABEL: func @negative_per_score
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_per_score(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<8x256x64xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<8x256x64xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %x = arith.addf %a, %b : f32
      %r = math.exp %x : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#all = ["parallel", "parallel", "parallel"]

// Hides rows, not columns.
// CHECK-LABEL: func @negative_rows
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_rows(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<8x256xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<8x256xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %x = arith.addf %a, %b : f32
      %r = math.exp %x : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// Which columns are hidden depends on the scores.
// CHECK-LABEL: func @negative_of_scores
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_of_scores(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<256x64xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<256x64xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %never = arith.constant 0xFF800000 : f32
      %c = arith.cmpf olt, %a, %b : f32
      %x = arith.select %c, %a, %never : f32
      %r = math.exp %x : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// Low, but not the lowest: a score may make up for it.
// CHECK-LABEL: func @negative_low
// CHECK:         scf.forall
// CHECK-NOT:     arith.maxui
// CHECK:         return
func.func @negative_low(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %mask: tensor<256x64xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %p = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all} ins(%s, %mask : tensor<8x256x64xf32>, tensor<256x64xf32>) outs(%es : tensor<8x256x64xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %never = arith.constant -1.0e4 : f32
      %zero = arith.constant 0.0 : f32
      %c = arith.cmpf olt, %b, %zero : f32
      %x = arith.select %c, %a, %never : f32
      %r = math.exp %x : f32
      linalg.yield %r : f32
  } -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#keys = affine_map<(h, m, n, k) -> (h, n, k)>
#lhs = affine_map<(h, m, n, k) -> (h, m, k)>
#out = affine_map<(h, m, n, k) -> (h, m, n)>
#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>
#mask = affine_map<(h, m, n) -> (m, n)>
#all = ["parallel", "parallel", "parallel"]

// What is lowest is so after scores are rounded.
// CHECK-LABEL: func @rounded_scores
// CHECK:           affine.min
// CHECK:           linalg.batch_matmul {{.*}} -> tensor<1x128x?xf32>
func.func @rounded_scores(%q: tensor<8x256x16xf32>, %k: tensor<8x512x16xf32>, %v: tensor<8x512x16xf32>, %mask: tensor<256x512xf32>) -> tensor<8x256x16xf32> {
  %zero = arith.constant 0.0 : f32
  %lowest = arith.constant 0xFF800000 : f32
  %es = tensor.empty() : tensor<8x256x512xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<8x256x512xf32>) -> tensor<8x256x512xf32>
  %s = linalg.batch_matmul indexing_maps = [#lhs, #keys, #out] ins(%q, %k : tensor<8x256x16xf32>, tensor<8x512x16xf32>) outs(%fs : tensor<8x256x512xf32>) -> tensor<8x256x512xf32>
  %x = linalg.generic {indexing_maps = [#id, #mask, #id], iterator_types = #all}
      ins(%s, %mask : tensor<8x256x512xf32>, tensor<256x512xf32>) outs(%es : tensor<8x256x512xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %scale = arith.constant 0.25 : f32
      %m = arith.mulf %a, %scale : f32
      %r = arith.addf %m, %b : f32
      %t = arith.truncf %r : f32 to bf16
      %w = arith.extf %t : bf16 to f32
      linalg.yield %w : f32
  } -> tensor<8x256x512xf32>
  %er = tensor.empty() : tensor<8x256xf32>
  %fm = linalg.fill ins(%lowest : f32) outs(%er : tensor<8x256xf32>) -> tensor<8x256xf32>
  %m = linalg.reduce {arith.maximumf} ins(%x : tensor<8x256x512xf32>) outs(%fm : tensor<8x256xf32>) dimensions = [2]
  %e = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = #all}
      ins(%x, %m : tensor<8x256x512xf32>, tensor<8x256xf32>) outs(%es : tensor<8x256x512xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %d = arith.subf %a, %b : f32
      %r = math.exp %d : f32
      linalg.yield %r : f32
  } -> tensor<8x256x512xf32>
  %ft = linalg.fill ins(%zero : f32) outs(%er : tensor<8x256xf32>) -> tensor<8x256xf32>
  %t = linalg.reduce {arith.addf} ins(%e : tensor<8x256x512xf32>) outs(%ft : tensor<8x256xf32>) dimensions = [2]
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = #all}
      ins(%e, %t : tensor<8x256x512xf32>, tensor<8x256xf32>) outs(%es : tensor<8x256x512xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %r = arith.divf %a, %b : f32
      linalg.yield %r : f32
  } -> tensor<8x256x512xf32>
  %eo = tensor.empty() : tensor<8x256x16xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x512xf32>, tensor<8x512x16xf32>) outs(%fo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}
