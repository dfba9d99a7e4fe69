// Attention over `repeat_kv` of Hugging Face's models, with dynamic batch and
// sequence length.
//
// RUN: ditto-run %s \
// RUN:   --input=%S/Inputs/repeat-kv-dynamic.in0.npy \
// RUN:   --input=%S/Inputs/repeat-kv-dynamic.in1.npy \
// RUN:   --input=%S/Inputs/repeat-kv-dynamic.in2.npy \
// RUN:   --expect=%S/Inputs/repeat-kv-dynamic.out0.npy \
// RUN:   --rtol=1e-5 --atol=1e-5

#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x6x?x8xf32>, %arg1: tensor<?x2x?x8xf32>, %arg2: tensor<?x2x?x8xf32>) -> tensor<?x6x?x8xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %c8_i64 = arith.constant 8 : i64
    %c1_i64 = arith.constant 1 : i64
    %c6_i64 = arith.constant 6 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 3.500000e-01 : f64
    %c48_i64 = arith.constant 48 : i64
    %dim = tensor.dim %arg0, %c2 : tensor<?x6x?x8xf32>
    %0 = arith.index_cast %dim : index to i64
    %dim_2 = tensor.dim %arg2, %c0 : tensor<?x2x?x8xf32>
    %1 = arith.index_cast %dim_2 : index to i64
    %dim_3 = tensor.dim %arg1, %c0 : tensor<?x2x?x8xf32>
    %dim_4 = tensor.dim %arg1, %c2 : tensor<?x2x?x8xf32>
    %expanded = tensor.expand_shape %arg1 [[0], [1], [2, 3], [4]] output_shape [%dim_3, 2, 1, %dim_4, 8] : tensor<?x2x?x8xf32> into tensor<?x2x1x?x8xf32>
    %2 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    %3 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %4 = tensor.empty(%dim_2, %dim) : tensor<?x2x3x?x8xf32>
    %5 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%4 : tensor<?x2x3x?x8xf32>) {
    ^bb0(%out: f32):
      %107 = linalg.index 0 : index
      %108 = linalg.index 1 : index
      %109 = linalg.index 3 : index
      %110 = linalg.index 4 : index
      %111 = arith.cmpi eq, %dim_3, %c1 : index
      %112 = arith.select %111, %c0, %107 : index
      %113 = arith.cmpi eq, %dim_4, %c1 : index
      %114 = arith.select %113, %c0, %109 : index
      %extracted = tensor.extract %expanded[%112, %108, %c0, %114, %110] : tensor<?x2x1x?x8xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x2x3x?x8xf32>
    %6 = arith.cmpi slt, %1, %c0_i64 : i64
    %7 = arith.select %6, %c1_i64, %1 : i64
    %8 = arith.extui %6 : i1 to i64
    %9 = arith.muli %7, %c6_i64 : i64
    %10 = arith.muli %9, %0 : i64
    %11 = arith.addi %8, %c1_i64 : i64
    %12 = arith.cmpi slt, %0, %c0_i64 : i64
    %13 = arith.select %12, %9, %10 : i64
    %14 = arith.select %12, %11, %8 : i64
    %15 = arith.muli %13, %c8_i64 : i64
    %16 = arith.cmpi sle, %14, %c1_i64 : i64
    cf.assert %16, "must have at most one inferred (negative) dimension"
    %17 = arith.muli %1, %c6_i64 : i64
    %18 = arith.muli %17, %0 : i64
    %19 = arith.muli %18, %c8_i64 : i64
    %20 = arith.divsi %19, %15 : i64
    %21 = arith.select %6, %20, %1 : i64
    %22 = arith.select %12, %20, %0 : i64
    %from_elements = tensor.from_elements %21, %c6_i64, %22, %c8_i64 : tensor<4xi64>
    %reshape = tensor.reshape %5(%from_elements) : (tensor<?x2x3x?x8xf32>, tensor<4xi64>) -> tensor<?x6x?x8xf32>
    %dim_5 = tensor.dim %arg2, %c2 : tensor<?x2x?x8xf32>
    %expanded_6 = tensor.expand_shape %arg2 [[0], [1], [2, 3], [4]] output_shape [%dim_2, 2, 1, %dim_5, 8] : tensor<?x2x?x8xf32> into tensor<?x2x1x?x8xf32>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %23 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%4 : tensor<?x2x3x?x8xf32>) {
    ^bb0(%out: f32):
      %107 = linalg.index 0 : index
      %108 = linalg.index 1 : index
      %109 = linalg.index 3 : index
      %110 = linalg.index 4 : index
      %111 = arith.cmpi eq, %dim_2, %c1 : index
      %112 = arith.select %111, %c0, %107 : index
      %113 = arith.cmpi eq, %dim_5, %c1 : index
      %114 = arith.select %113, %c0, %109 : index
      %extracted = tensor.extract %expanded_6[%112, %108, %c0, %114, %110] : tensor<?x2x1x?x8xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x2x3x?x8xf32>
    cf.assert %16, "must have at most one inferred (negative) dimension"
    %reshape_7 = tensor.reshape %23(%from_elements) : (tensor<?x2x3x?x8xf32>, tensor<4xi64>) -> tensor<?x6x?x8xf32>
    %24 = arith.index_cast %21 : i64 to index
    %25 = arith.index_cast %22 : i64 to index
    %26 = tensor.empty(%24, %25) : tensor<?x6x8x?xf32>
    %transposed = linalg.transpose ins(%reshape : tensor<?x6x?x8xf32>) outs(%26 : tensor<?x6x8x?xf32>) permutation = [0, 1, 3, 2] 
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %27 = tensor.empty(%dim_2, %dim) : tensor<?x6x?x8xf32>
    %28 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%27 : tensor<?x6x?x8xf32>) {
    ^bb0(%out: f32):
      %107 = linalg.index 0 : index
      %108 = linalg.index 1 : index
      %109 = linalg.index 2 : index
      %110 = linalg.index 3 : index
      %dim_20 = tensor.dim %arg0, %c0 : tensor<?x6x?x8xf32>
      %111 = arith.cmpi eq, %dim_20, %c1 : index
      %112 = arith.select %111, %c0, %107 : index
      %113 = arith.cmpi eq, %dim, %c1 : index
      %114 = arith.select %113, %c0, %109 : index
      %extracted = tensor.extract %arg0[%112, %108, %114, %110] : tensor<?x6x?x8xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x6x?x8xf32>
    %29 = arith.cmpi slt, %17, %c0_i64 : i64
    %30 = arith.select %29, %c1_i64, %17 : i64
    %31 = arith.extui %29 : i1 to i64
    %32 = arith.muli %30, %0 : i64
    %33 = arith.addi %31, %c1_i64 : i64
    %34 = arith.select %12, %30, %32 : i64
    %35 = arith.select %12, %33, %31 : i64
    %36 = arith.muli %34, %c8_i64 : i64
    %37 = arith.cmpi sle, %35, %c1_i64 : i64
    cf.assert %37, "must have at most one inferred (negative) dimension"
    %38 = arith.divsi %19, %36 : i64
    %39 = arith.select %29, %38, %17 : i64
    %40 = arith.select %12, %38, %0 : i64
    %from_elements_8 = tensor.from_elements %39, %40, %c8_i64 : tensor<3xi64>
    %reshape_9 = tensor.reshape %28(%from_elements_8) : (tensor<?x6x?x8xf32>, tensor<3xi64>) -> tensor<?x?x8xf32>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %41 = tensor.empty(%dim_2, %dim) : tensor<?x6x8x?xf32>
    %42 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%41 : tensor<?x6x8x?xf32>) {
    ^bb0(%out: f32):
      %107 = linalg.index 0 : index
      %108 = linalg.index 1 : index
      %109 = linalg.index 2 : index
      %110 = linalg.index 3 : index
      %111 = arith.cmpi eq, %24, %c1 : index
      %112 = arith.select %111, %c0, %107 : index
      %113 = arith.cmpi eq, %25, %c1 : index
      %114 = arith.select %113, %c0, %110 : index
      %extracted = tensor.extract %transposed[%112, %108, %109, %114] : tensor<?x6x8x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x6x8x?xf32>
    %43 = arith.muli %30, %c8_i64 : i64
    %44 = arith.muli %43, %0 : i64
    %45 = arith.select %12, %43, %44 : i64
    cf.assert %37, "must have at most one inferred (negative) dimension"
    %46 = arith.muli %1, %c48_i64 : i64
    %47 = arith.muli %46, %0 : i64
    %48 = arith.divsi %47, %45 : i64
    %49 = arith.select %29, %48, %17 : i64
    %50 = arith.select %12, %48, %0 : i64
    %from_elements_10 = tensor.from_elements %49, %c8_i64, %50 : tensor<3xi64>
    %reshape_11 = tensor.reshape %42(%from_elements_10) : (tensor<?x6x8x?xf32>, tensor<3xi64>) -> tensor<?x8x?xf32>
    %51 = arith.index_cast %39 : i64 to index
    %52 = arith.index_cast %40 : i64 to index
    %53 = arith.index_cast %50 : i64 to index
    %54 = arith.cmpi eq, %39, %49 : i64
    cf.assert %54, "mismatching contracting dimension"
    %55 = tensor.empty(%51, %52, %53) : tensor<?x?x?xf32>
    %56 = linalg.fill ins(%cst : f32) outs(%55 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %57 = linalg.batch_matmul ins(%reshape_9, %reshape_11 : tensor<?x?x8xf32>, tensor<?x8x?xf32>) outs(%56 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %58 = arith.muli %13, %0 : i64
    %59 = arith.addi %14, %c1_i64 : i64
    %60 = arith.select %12, %9, %58 : i64
    %61 = arith.select %12, %59, %8 : i64
    %62 = arith.cmpi sle, %61, %c1_i64 : i64
    cf.assert %62, "must have at most one inferred (negative) dimension"
    %63 = arith.muli %39, %40 : i64
    %64 = arith.muli %63, %50 : i64
    %65 = arith.divsi %64, %60 : i64
    %66 = arith.select %6, %65, %1 : i64
    %67 = arith.select %12, %65, %0 : i64
    %from_elements_12 = tensor.from_elements %66, %c6_i64, %67, %67 : tensor<4xi64>
    %reshape_13 = tensor.reshape %57(%from_elements_12) : (tensor<?x?x?xf32>, tensor<4xi64>) -> tensor<?x6x?x?xf32>
    %68 = arith.index_cast %66 : i64 to index
    %69 = arith.index_cast %67 : i64 to index
    %70 = tensor.empty(%68, %69, %69) : tensor<?x6x?x?xf32>
    %71 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_13 : tensor<?x6x?x?xf32>) outs(%70 : tensor<?x6x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %107 = arith.truncf %cst_1 : f64 to f32
      %108 = arith.mulf %in, %107 : f32
      linalg.yield %108 : f32
    } -> tensor<?x6x?x?xf32>
    %72 = tensor.empty(%68, %69) : tensor<?x6x?xi64>
    %73 = linalg.fill ins(%c0_i64 : i64) outs(%72 : tensor<?x6x?xi64>) -> tensor<?x6x?xi64>
    %74 = tensor.empty(%68, %69) : tensor<?x6x?xf32>
    %75 = linalg.fill ins(%cst_0 : f32) outs(%74 : tensor<?x6x?xf32>) -> tensor<?x6x?xf32>
    %76:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%71 : tensor<?x6x?x?xf32>) outs(%75, %73 : tensor<?x6x?xf32>, tensor<?x6x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_20: i64):
      %107 = linalg.index 3 : index
      %108 = arith.index_cast %107 : index to i64
      %109 = arith.maximumf %in, %out : f32
      %110 = arith.cmpf ogt, %in, %out : f32
      %111 = arith.select %110, %108, %out_20 : i64
      linalg.yield %109, %111 : f32, i64
    } -> (tensor<?x6x?xf32>, tensor<?x6x?xi64>)
    %expanded_14 = tensor.expand_shape %76#0 [[0], [1], [2, 3]] output_shape [%68, 6, %69, 1] : tensor<?x6x?xf32> into tensor<?x6x?x1xf32>
    %77 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%71, %expanded_14 : tensor<?x6x?x?xf32>, tensor<?x6x?x1xf32>) outs(%70 : tensor<?x6x?x?xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %107 = arith.subf %in, %in_20 : f32
      linalg.yield %107 : f32
    } -> tensor<?x6x?x?xf32>
    %78 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%77 : tensor<?x6x?x?xf32>) outs(%70 : tensor<?x6x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %107 = math.exp %in : f32
      linalg.yield %107 : f32
    } -> tensor<?x6x?x?xf32>
    %79 = tensor.empty(%68, %69) : tensor<?x6x?x1xf32>
    %80 = linalg.fill ins(%cst : f32) outs(%79 : tensor<?x6x?x1xf32>) -> tensor<?x6x?x1xf32>
    %81 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%78 : tensor<?x6x?x?xf32>) outs(%80 : tensor<?x6x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %107 = arith.addf %in, %out : f32
      linalg.yield %107 : f32
    } -> tensor<?x6x?x1xf32>
    %82 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%78, %81 : tensor<?x6x?x?xf32>, tensor<?x6x?x1xf32>) outs(%70 : tensor<?x6x?x?xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %107 = arith.divf %in, %in_20 : f32
      linalg.yield %107 : f32
    } -> tensor<?x6x?x?xf32>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %83 = tensor.empty(%dim_2, %dim, %dim) : tensor<?x6x?x?xf32>
    %84 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%83 : tensor<?x6x?x?xf32>) {
    ^bb0(%out: f32):
      %107 = linalg.index 0 : index
      %108 = linalg.index 1 : index
      %109 = linalg.index 2 : index
      %110 = linalg.index 3 : index
      %111 = arith.cmpi eq, %68, %c1 : index
      %112 = arith.select %111, %c0, %107 : index
      %113 = arith.cmpi eq, %69, %c1 : index
      %114 = arith.select %113, %c0, %109 : index
      %115 = arith.select %113, %c0, %110 : index
      %extracted = tensor.extract %82[%112, %108, %114, %115] : tensor<?x6x?x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x6x?x?xf32>
    %85 = arith.muli %34, %0 : i64
    %86 = arith.addi %35, %c1_i64 : i64
    %87 = arith.select %12, %30, %85 : i64
    %88 = arith.select %12, %86, %31 : i64
    %89 = arith.cmpi sle, %88, %c1_i64 : i64
    cf.assert %89, "must have at most one inferred (negative) dimension"
    %90 = arith.muli %18, %0 : i64
    %91 = arith.divsi %90, %87 : i64
    %92 = arith.select %29, %91, %17 : i64
    %93 = arith.select %12, %91, %0 : i64
    %from_elements_15 = tensor.from_elements %92, %93, %93 : tensor<3xi64>
    %reshape_16 = tensor.reshape %84(%from_elements_15) : (tensor<?x6x?x?xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %94 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%27 : tensor<?x6x?x8xf32>) {
    ^bb0(%out: f32):
      %107 = linalg.index 0 : index
      %108 = linalg.index 1 : index
      %109 = linalg.index 2 : index
      %110 = linalg.index 3 : index
      %111 = arith.cmpi eq, %24, %c1 : index
      %112 = arith.select %111, %c0, %107 : index
      %113 = arith.cmpi eq, %25, %c1 : index
      %114 = arith.select %113, %c0, %109 : index
      %extracted = tensor.extract %reshape_7[%112, %108, %114, %110] : tensor<?x6x?x8xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x6x?x8xf32>
    cf.assert %37, "must have at most one inferred (negative) dimension"
    %reshape_17 = tensor.reshape %94(%from_elements_8) : (tensor<?x6x?x8xf32>, tensor<3xi64>) -> tensor<?x?x8xf32>
    %95 = arith.index_cast %92 : i64 to index
    %96 = arith.index_cast %93 : i64 to index
    %97 = arith.cmpi eq, %92, %39 : i64
    cf.assert %97, "mismatching contracting dimension"
    %98 = arith.cmpi eq, %93, %40 : i64
    cf.assert %98, "mismatching contracting dimension"
    %99 = tensor.empty(%95, %96) : tensor<?x?x8xf32>
    %100 = linalg.fill ins(%cst : f32) outs(%99 : tensor<?x?x8xf32>) -> tensor<?x?x8xf32>
    %101 = linalg.batch_matmul ins(%reshape_16, %reshape_17 : tensor<?x?x?xf32>, tensor<?x?x8xf32>) outs(%100 : tensor<?x?x8xf32>) -> tensor<?x?x8xf32>
    cf.assert %16, "must have at most one inferred (negative) dimension"
    %102 = arith.muli %92, %93 : i64
    %103 = arith.muli %102, %c8_i64 : i64
    %104 = arith.divsi %103, %15 : i64
    %105 = arith.select %6, %104, %1 : i64
    %106 = arith.select %12, %104, %0 : i64
    %from_elements_18 = tensor.from_elements %105, %c6_i64, %106, %c8_i64 : tensor<4xi64>
    %reshape_19 = tensor.reshape %101(%from_elements_18) : (tensor<?x?x8xf32>, tensor<4xi64>) -> tensor<?x6x?x8xf32>
    return %reshape_19 : tensor<?x6x?x8xf32>
  }
}
