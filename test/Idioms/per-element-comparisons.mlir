// RUN: %check_idiom %s
//
// repeat_interleave with a tensor of counts, as torch-mlir computes its index: the
// number of prefix sums that are at most the place of the copy. PyTorch wants counts
// that are not negative and add up to 7; the module defines results for more. The
// loop is for an op that only torch-mlir has.
//
// VALUE @pattern(2x3x5, [2 1 4]): interleave(x, [2, 1, 4], 1)
// VALUE @pattern(2x3x5, [0 7 0]): interleave(x, [0, 7, 0], 1)
// VALUE @pattern(2x3x5, [4 2 9]): interleave(x, [4, 2, 1], 1)
// VALUE @pattern(2x3x5, [3 -1 8]): interleave(x, [2, 1, 4], 1)
// VALUE @pattern(2x3x5, [-9 3 5000000000000000000]): interleave(x, [0, 0, 7], 1)
// RAISED @pattern: ditto.repeat_interleave by counts dim(1)
// LEFT @pattern: scf.for; tensor.insert; scf.for; tensor.insert; scf.for; tensor.insert; ditto.repeat_interleave by ? dim(1) output_size(7)
// VALUE @narrow(2x3x5, [2 1 4]): interleave(x, [2, 1, 4], 1)
// VALUE @narrow(2x3x5, [9 -9 9]): interleave(x, [0, 7, 0], 1)
// RAISED @narrow: ditto.repeat_interleave by counts dim(1)
// LEFT @narrow: linalg.generic; scf.for; tensor.insert; scf.for; tensor.insert; scf.for; tensor.insert; ditto.repeat_interleave by ? dim(1) output_size(7)
// VALUE @rows(2x3x5, [2 1 4]): interleave(x, [2, 1, 4], 1)
// RAISED @rows: ditto.repeat_interleave by counts dim(1)
// LEFT @rows: scf.for; tensor.insert; scf.for; tensor.insert; scf.for; tensor.insert; ditto.repeat_interleave by ? dim(1) output_size(7)

func.func @pattern(%arg0: tensor<2x3x5xf32>, %arg1: tensor<3xi64>) -> tensor<2x7x5xf32> {
  %c0_i64 = arith.constant 0 : i64
  %0 = tensor.empty() : tensor<3xi64>
  %1 = linalg.fill ins(%c0_i64 : i64) outs(%0 : tensor<3xi64>) -> tensor<3xi64>
  %2 = tensor.empty() : tensor<i64>
  %3 = linalg.fill ins(%c0_i64 : i64) outs(%2 : tensor<i64>) -> tensor<i64>
  %l0 = arith.constant 0 : index
  %l1 = arith.constant 1 : index
  %l3 = arith.constant 3 : index
  %lz = arith.constant 0 : i64
  %4:2 = scf.for %li = %l0 to %l3 step %l1 iter_args(%lt = %1, %ls = %lz) -> (tensor<3xi64>, i64) {
    %lc = tensor.extract %arg1[%li] : tensor<3xi64>
    %la = arith.addi %ls, %lc : i64
    %ln = tensor.insert %la into %lt[%li] : tensor<3xi64>
    scf.yield %ln, %la : tensor<3xi64>, i64
  }
  %5 = tensor.empty() : tensor<7xi64>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%5 : tensor<7xi64>) {
  ^bb0(%out: i64):
    %15 = linalg.index 0 : index
    %16 = arith.index_cast %15 : index to i64
    linalg.yield %16 : i64
  } -> tensor<7xi64>
  %expanded = tensor.expand_shape %4#0 [[0, 1]] output_shape [3, 1] : tensor<3xi64> into tensor<3x1xi64>
  %expanded_0 = tensor.expand_shape %6 [[0, 1]] output_shape [1, 7] : tensor<7xi64> into tensor<1x7xi64>
  %7 = tensor.empty() : tensor<3x7xi1>
  %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (0, d1)>, affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%expanded_0, %expanded : tensor<1x7xi64>, tensor<3x1xi64>) outs(%7 : tensor<3x7xi1>) {
  ^bb0(%in: i64, %in_1: i64, %out: i1):
    %15 = arith.cmpi sge, %in, %in_1 : i64
    linalg.yield %15 : i1
  } -> tensor<3x7xi1>
  %9 = tensor.empty() : tensor<3x7xi64>
  %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<3x7xi1>) outs(%9 : tensor<3x7xi64>) {
  ^bb0(%in: i1, %out: i64):
    %15 = arith.extui %in : i1 to i64
    linalg.yield %15 : i64
  } -> tensor<3x7xi64>
  %11 = linalg.fill ins(%c0_i64 : i64) outs(%5 : tensor<7xi64>) -> tensor<7xi64>
  %12 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>], iterator_types = ["reduction", "parallel"]} ins(%10 : tensor<3x7xi64>) outs(%11 : tensor<7xi64>) {
  ^bb0(%in: i64, %out: i64):
    %15 = arith.addi %in, %out : i64
    linalg.yield %15 : i64
  } -> tensor<7xi64>
  %13 = tensor.empty() : tensor<2x7x5xf32>
  %14 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d1)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<7xi64>) outs(%13 : tensor<2x7x5xf32>) {
  ^bb0(%in: i64, %out: f32):
    %15 = arith.index_cast %in : i64 to index
    %16 = linalg.index 0 : index
    %17 = linalg.index 2 : index
    %extracted = tensor.extract %arg0[%16, %15, %17] : tensor<2x3x5xf32>
    linalg.yield %extracted : f32
  } -> tensor<2x7x5xf32>
  return %14 : tensor<2x7x5xf32>
}

func.func @narrow(%arg0: tensor<2x3x5xf32>, %arg1: tensor<3xi32>) -> tensor<2x7x5xf32> {
  %c0_i64 = arith.constant 0 : i64
  %0 = tensor.empty() : tensor<3xi64>
  %1 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%arg1 : tensor<3xi32>) outs(%0 : tensor<3xi64>) {
  ^bb0(%in: i32, %out: i64):
    %18 = arith.extsi %in : i32 to i64
    linalg.yield %18 : i64
  } -> tensor<3xi64>
  %2 = linalg.fill ins(%c0_i64 : i64) outs(%0 : tensor<3xi64>) -> tensor<3xi64>
  %3 = tensor.empty() : tensor<i64>
  %4 = linalg.fill ins(%c0_i64 : i64) outs(%3 : tensor<i64>) -> tensor<i64>
  %l0 = arith.constant 0 : index
  %l1 = arith.constant 1 : index
  %l3 = arith.constant 3 : index
  %lz = arith.constant 0 : i64
  %5:2 = scf.for %li = %l0 to %l3 step %l1 iter_args(%lt = %2, %ls = %lz) -> (tensor<3xi64>, i64) {
    %lc = tensor.extract %1[%li] : tensor<3xi64>
    %la = arith.addi %ls, %lc : i64
    %ln = tensor.insert %la into %lt[%li] : tensor<3xi64>
    scf.yield %ln, %la : tensor<3xi64>, i64
  }
  %6 = tensor.empty() : tensor<7xi64>
  %7 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%6 : tensor<7xi64>) {
  ^bb0(%out: i64):
    %18 = linalg.index 0 : index
    %19 = arith.index_cast %18 : index to i64
    linalg.yield %19 : i64
  } -> tensor<7xi64>
  %expanded = tensor.expand_shape %5#0 [[0, 1]] output_shape [3, 1] : tensor<3xi64> into tensor<3x1xi64>
  %expanded_0 = tensor.expand_shape %7 [[0, 1]] output_shape [1, 7] : tensor<7xi64> into tensor<1x7xi64>
  %8 = tensor.empty() : tensor<3x7xi1>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (0, d1)>, affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%expanded_0, %expanded : tensor<1x7xi64>, tensor<3x1xi64>) outs(%8 : tensor<3x7xi1>) {
  ^bb0(%in: i64, %in_1: i64, %out: i1):
    %18 = arith.cmpi sge, %in, %in_1 : i64
    linalg.yield %18 : i1
  } -> tensor<3x7xi1>
  %10 = tensor.empty() : tensor<3x7xi64>
  %11 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<3x7xi1>) outs(%10 : tensor<3x7xi64>) {
  ^bb0(%in: i1, %out: i64):
    %18 = arith.extui %in : i1 to i64
    linalg.yield %18 : i64
  } -> tensor<3x7xi64>
  %12 = linalg.fill ins(%c0_i64 : i64) outs(%6 : tensor<7xi64>) -> tensor<7xi64>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>], iterator_types = ["reduction", "parallel"]} ins(%11 : tensor<3x7xi64>) outs(%12 : tensor<7xi64>) {
  ^bb0(%in: i64, %out: i64):
    %18 = arith.addi %in, %out : i64
    linalg.yield %18 : i64
  } -> tensor<7xi64>
  %14 = tensor.empty() : tensor<7xi32>
  %15 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%13 : tensor<7xi64>) outs(%14 : tensor<7xi32>) {
  ^bb0(%in: i64, %out: i32):
    %18 = arith.trunci %in : i64 to i32
    linalg.yield %18 : i32
  } -> tensor<7xi32>
  %16 = tensor.empty() : tensor<2x7x5xf32>
  %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d1)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<7xi32>) outs(%16 : tensor<2x7x5xf32>) {
  ^bb0(%in: i32, %out: f32):
    %18 = arith.index_cast %in : i32 to index
    %19 = linalg.index 0 : index
    %20 = linalg.index 2 : index
    %extracted = tensor.extract %arg0[%19, %18, %20] : tensor<2x3x5xf32>
    linalg.yield %extracted : f32
  } -> tensor<2x7x5xf32>
  return %17 : tensor<2x7x5xf32>
}

func.func @rows(%arg0: tensor<2x3x5xf32>, %arg1: tensor<3xi64>) -> tensor<2x7x5xf32> {
  %c0_i64 = arith.constant 0 : i64
  %c5_i64 = arith.constant 5 : i64
  %c2_i64 = arith.constant 2 : i64
  %c3_i64 = arith.constant 3 : i64
  %0 = tensor.empty() : tensor<3xi64>
  %1 = linalg.fill ins(%c0_i64 : i64) outs(%0 : tensor<3xi64>) -> tensor<3xi64>
  %2 = tensor.empty() : tensor<i64>
  %3 = linalg.fill ins(%c0_i64 : i64) outs(%2 : tensor<i64>) -> tensor<i64>
  %l0 = arith.constant 0 : index
  %l1 = arith.constant 1 : index
  %l3 = arith.constant 3 : index
  %lz = arith.constant 0 : i64
  %4:2 = scf.for %li = %l0 to %l3 step %l1 iter_args(%lt = %1, %ls = %lz) -> (tensor<3xi64>, i64) {
    %lc = tensor.extract %arg1[%li] : tensor<3xi64>
    %la = arith.addi %ls, %lc : i64
    %ln = tensor.insert %la into %lt[%li] : tensor<3xi64>
    scf.yield %ln, %la : tensor<3xi64>, i64
  }
  %5 = tensor.empty() : tensor<7xi64>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%5 : tensor<7xi64>) {
  ^bb0(%out: i64):
    %17 = linalg.index 0 : index
    %18 = arith.index_cast %17 : index to i64
    linalg.yield %18 : i64
  } -> tensor<7xi64>
  %expanded = tensor.expand_shape %6 [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %expanded_0 = tensor.expand_shape %4#0 [[0, 1]] output_shape [1, 3] : tensor<3xi64> into tensor<1x3xi64>
  %7 = tensor.empty() : tensor<7x3xi1>
  %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_0 : tensor<7x1xi64>, tensor<1x3xi64>) outs(%7 : tensor<7x3xi1>) {
  ^bb0(%in: i64, %in_3: i64, %out: i1):
    %17 = arith.cmpi sge, %in, %in_3 : i64
    linalg.yield %17 : i1
  } -> tensor<7x3xi1>
  %9 = linalg.fill ins(%c0_i64 : i64) outs(%5 : tensor<7xi64>) -> tensor<7xi64>
  %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]} ins(%8 : tensor<7x3xi1>) outs(%9 : tensor<7xi64>) {
  ^bb0(%in: i1, %out: i64):
    %17 = arith.extui %in : i1 to i64
    %18 = arith.addi %17, %out : i64
    linalg.yield %18 : i64
  } -> tensor<7xi64>
  %11 = tensor.empty() : tensor<5xi64>
  %12 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%11 : tensor<5xi64>) {
  ^bb0(%out: i64):
    %17 = linalg.index 0 : index
    %18 = arith.index_cast %17 : index to i64
    linalg.yield %18 : i64
  } -> tensor<5xi64>
  %expanded_1 = tensor.expand_shape %10 [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %13 = tensor.empty() : tensor<2xi64>
  %14 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%13 : tensor<2xi64>) {
  ^bb0(%out: i64):
    %17 = linalg.index 0 : index
    %18 = arith.index_cast %17 : index to i64
    linalg.yield %18 : i64
  } -> tensor<2xi64>
  %expanded_2 = tensor.expand_shape %14 [[0, 1, 2]] output_shape [2, 1, 1] : tensor<2xi64> into tensor<2x1x1xi64>
  %15 = tensor.empty() : tensor<2x7x5xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, 0, 0)>, affine_map<(d0, d1, d2) -> (d1, 0)>, affine_map<(d0, d1, d2) -> (d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2, %expanded_1, %12 : tensor<2x1x1xi64>, tensor<7x1xi64>, tensor<5xi64>) outs(%15 : tensor<2x7x5xf32>) {
  ^bb0(%in: i64, %in_3: i64, %in_4: i64, %out: f32):
    %17 = arith.cmpi slt, %in, %c0_i64 : i64
    %18 = arith.addi %in, %c2_i64 : i64
    %19 = arith.select %17, %18, %in : i64
    %20 = arith.index_cast %19 : i64 to index
    %21 = arith.cmpi slt, %in_3, %c0_i64 : i64
    %22 = arith.addi %in_3, %c3_i64 : i64
    %23 = arith.select %21, %22, %in_3 : i64
    %24 = arith.index_cast %23 : i64 to index
    %25 = arith.cmpi slt, %in_4, %c0_i64 : i64
    %26 = arith.addi %in_4, %c5_i64 : i64
    %27 = arith.select %25, %26, %in_4 : i64
    %28 = arith.index_cast %27 : i64 to index
    %extracted = tensor.extract %arg0[%20, %24, %28] : tensor<2x3x5xf32>
    linalg.yield %extracted : f32
  } -> tensor<2x7x5xf32>
  return %16 : tensor<2x7x5xf32>
}
