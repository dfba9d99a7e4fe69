// The tutorial's grouped-query attention with a dynamic sequence length, run on 5
// tokens.
//
// RUN: ditto-run %s \
// RUN:   --input=%S/Inputs/tutorial-gqa-dynseq.in0.npy \
// RUN:   --expect=%S/Inputs/tutorial-gqa-dynseq.out0.npy \
// RUN:   --rtol=1e-5 --atol=1e-5

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x?x16xf32>) -> tensor<1x?x16xf32> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cst = arith.constant 0.000000e+00 : f32
    %c8_i64 = arith.constant 8 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_2 = arith.constant dense_resource<torch_tensor_16_16_torch.float32_1> : tensor<16x16xf32>
    %cst_3 = arith.constant 1.4142135623730951 : f64
    %cst_4 = arith.constant dense_resource<torch_tensor_4_torch.float32_1> : tensor<4xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_4_16_torch.float32_1> : tensor<4x16xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_4_torch.float32> : tensor<4xf32>
    %cst_7 = arith.constant dense_resource<torch_tensor_4_16_torch.float32> : tensor<4x16xf32>
    %cst_8 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_9 = arith.constant dense_resource<torch_tensor_16_16_torch.float32> : tensor<16x16xf32>
    %dim = tensor.dim %arg0, %c1 : tensor<1x?x16xf32>
    %0 = arith.index_cast %dim : index to i64
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<1x?x16xf32> into tensor<?x16xf32>
    %1 = tensor.empty() : tensor<16x16xf32>
    %transposed = linalg.transpose ins(%cst_9 : tensor<16x16xf32>) outs(%1 : tensor<16x16xf32>) permutation = [1, 0] 
    %2 = tensor.empty(%dim) : tensor<?x16xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<?x16xf32>) -> tensor<?x16xf32>
    %4 = linalg.matmul ins(%collapsed, %transposed : tensor<?x16xf32>, tensor<16x16xf32>) outs(%3 : tensor<?x16xf32>) -> tensor<?x16xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%4, %cst_8 : tensor<?x16xf32>, tensor<16xf32>) outs(%2 : tensor<?x16xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %64 = arith.addf %in, %in_33 : f32
      linalg.yield %64 : f32
    } -> tensor<?x16xf32>
    %expanded = tensor.expand_shape %5 [[0, 1], [2, 3]] output_shape [1, %dim, 8, 2] : tensor<?x16xf32> into tensor<1x?x8x2xf32>
    %6 = tensor.empty(%dim) : tensor<1x8x?x2xf32>
    %transposed_10 = linalg.transpose ins(%expanded : tensor<1x?x8x2xf32>) outs(%6 : tensor<1x8x?x2xf32>) permutation = [0, 2, 1, 3] 
    %7 = tensor.empty() : tensor<16x4xf32>
    %transposed_11 = linalg.transpose ins(%cst_7 : tensor<4x16xf32>) outs(%7 : tensor<16x4xf32>) permutation = [1, 0] 
    %8 = tensor.empty(%dim) : tensor<?x4xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<?x4xf32>) -> tensor<?x4xf32>
    %10 = linalg.matmul ins(%collapsed, %transposed_11 : tensor<?x16xf32>, tensor<16x4xf32>) outs(%9 : tensor<?x4xf32>) -> tensor<?x4xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%10, %cst_6 : tensor<?x4xf32>, tensor<4xf32>) outs(%8 : tensor<?x4xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %64 = arith.addf %in, %in_33 : f32
      linalg.yield %64 : f32
    } -> tensor<?x4xf32>
    %expanded_12 = tensor.expand_shape %11 [[0, 1], [2, 3]] output_shape [1, %dim, 2, 2] : tensor<?x4xf32> into tensor<1x?x2x2xf32>
    %12 = tensor.empty(%dim) : tensor<1x2x?x2xf32>
    %transposed_13 = linalg.transpose ins(%expanded_12 : tensor<1x?x2x2xf32>) outs(%12 : tensor<1x2x?x2xf32>) permutation = [0, 2, 1, 3] 
    %transposed_14 = linalg.transpose ins(%cst_5 : tensor<4x16xf32>) outs(%7 : tensor<16x4xf32>) permutation = [1, 0] 
    %13 = linalg.matmul ins(%collapsed, %transposed_14 : tensor<?x16xf32>, tensor<16x4xf32>) outs(%9 : tensor<?x4xf32>) -> tensor<?x4xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%13, %cst_4 : tensor<?x4xf32>, tensor<4xf32>) outs(%8 : tensor<?x4xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %64 = arith.addf %in, %in_33 : f32
      linalg.yield %64 : f32
    } -> tensor<?x4xf32>
    %expanded_15 = tensor.expand_shape %14 [[0, 1], [2, 3]] output_shape [1, %dim, 2, 2] : tensor<?x4xf32> into tensor<1x?x2x2xf32>
    %transposed_16 = linalg.transpose ins(%expanded_15 : tensor<1x?x2x2xf32>) outs(%12 : tensor<1x2x?x2xf32>) permutation = [0, 2, 1, 3] 
    %expanded_17 = tensor.expand_shape %transposed_13 [[0], [1], [2, 3], [4]] output_shape [1, 2, 1, %dim, 2] : tensor<1x2x?x2xf32> into tensor<1x2x1x?x2xf32>
    %15 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %16 = tensor.empty(%dim) : tensor<1x2x4x?x2xf32>
    %17 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%16 : tensor<1x2x4x?x2xf32>) {
    ^bb0(%out: f32):
      %64 = linalg.index 1 : index
      %65 = linalg.index 3 : index
      %66 = linalg.index 4 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %extracted = tensor.extract %expanded_17[%c0, %64, %c0, %68, %66] : tensor<1x2x1x?x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x2x4x?x2xf32>
    %collapsed_18 = tensor.collapse_shape %17 [[0], [1, 2], [3], [4]] : tensor<1x2x4x?x2xf32> into tensor<1x8x?x2xf32>
    %expanded_19 = tensor.expand_shape %transposed_16 [[0], [1], [2, 3], [4]] output_shape [1, 2, 1, %dim, 2] : tensor<1x2x?x2xf32> into tensor<1x2x1x?x2xf32>
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %18 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%16 : tensor<1x2x4x?x2xf32>) {
    ^bb0(%out: f32):
      %64 = linalg.index 1 : index
      %65 = linalg.index 3 : index
      %66 = linalg.index 4 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %extracted = tensor.extract %expanded_19[%c0, %64, %c0, %68, %66] : tensor<1x2x1x?x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x2x4x?x2xf32>
    %collapsed_20 = tensor.collapse_shape %18 [[0], [1, 2], [3], [4]] : tensor<1x2x4x?x2xf32> into tensor<1x8x?x2xf32>
    %19 = tensor.empty(%dim) : tensor<1x8x2x?xf32>
    %transposed_21 = linalg.transpose ins(%collapsed_18 : tensor<1x8x?x2xf32>) outs(%19 : tensor<1x8x2x?xf32>) permutation = [0, 1, 3, 2] 
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %20 = tensor.empty(%dim) : tensor<1x8x?x2xf32>
    %21 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%20 : tensor<1x8x?x2xf32>) {
    ^bb0(%out: f32):
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %extracted = tensor.extract %transposed_10[%c0, %64, %68, %66] : tensor<1x8x?x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x8x?x2xf32>
    %collapsed_22 = tensor.collapse_shape %21 [[0, 1], [2], [3]] : tensor<1x8x?x2xf32> into tensor<8x?x2xf32>
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %22 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%19 : tensor<1x8x2x?xf32>) {
    ^bb0(%out: f32):
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %66 : index
      %extracted = tensor.extract %transposed_21[%c0, %64, %65, %68] : tensor<1x8x2x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x8x2x?xf32>
    %collapsed_23 = tensor.collapse_shape %22 [[0, 1], [2], [3]] : tensor<1x8x2x?xf32> into tensor<8x2x?xf32>
    %23 = tensor.empty(%dim, %dim) : tensor<8x?x?xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<8x?x?xf32>) -> tensor<8x?x?xf32>
    %25 = linalg.batch_matmul ins(%collapsed_22, %collapsed_23 : tensor<8x?x2xf32>, tensor<8x2x?xf32>) outs(%24 : tensor<8x?x?xf32>) -> tensor<8x?x?xf32>
    %26 = arith.muli %0, %c8_i64 : i64
    %27 = arith.cmpi slt, %0, %c0_i64 : i64
    %28 = arith.select %27, %c8_i64, %26 : i64
    %29 = arith.extui %27 : i1 to i64
    %30 = arith.muli %28, %0 : i64
    %31 = arith.addi %29, %c1_i64 : i64
    %32 = arith.select %27, %c8_i64, %30 : i64
    %33 = arith.select %27, %31, %29 : i64
    %34 = arith.cmpi sle, %33, %c1_i64 : i64
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %35 = arith.muli %26, %0 : i64
    %36 = arith.divsi %35, %32 : i64
    %37 = arith.select %27, %36, %0 : i64
    %from_elements = tensor.from_elements %c1_i64, %c8_i64, %37, %37 : tensor<4xi64>
    %reshape = tensor.reshape %25(%from_elements) : (tensor<8x?x?xf32>, tensor<4xi64>) -> tensor<1x8x?x?xf32>
    %38 = arith.index_cast %37 : i64 to index
    %39 = tensor.empty(%38, %38) : tensor<1x8x?x?xf32>
    %40 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape : tensor<1x8x?x?xf32>) outs(%39 : tensor<1x8x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %64 = arith.truncf %cst_3 : f64 to f32
      %65 = arith.divf %in, %64 : f32
      linalg.yield %65 : f32
    } -> tensor<1x8x?x?xf32>
    %41 = tensor.empty(%38) : tensor<1x8x?xi64>
    %42 = linalg.fill ins(%c0_i64 : i64) outs(%41 : tensor<1x8x?xi64>) -> tensor<1x8x?xi64>
    %43 = tensor.empty(%38) : tensor<1x8x?xf32>
    %44 = linalg.fill ins(%cst_0 : f32) outs(%43 : tensor<1x8x?xf32>) -> tensor<1x8x?xf32>
    %45:2 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<1x8x?x?xf32>) outs(%44, %42 : tensor<1x8x?xf32>, tensor<1x8x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_33: i64):
      %64 = linalg.index 3 : index
      %65 = arith.index_cast %64 : index to i64
      %66 = arith.maximumf %in, %out : f32
      %67 = arith.cmpf ogt, %in, %out : f32
      %68 = arith.select %67, %65, %out_33 : i64
      linalg.yield %66, %68 : f32, i64
    } -> (tensor<1x8x?xf32>, tensor<1x8x?xi64>)
    %expanded_24 = tensor.expand_shape %45#0 [[0], [1], [2, 3]] output_shape [1, 8, %38, 1] : tensor<1x8x?xf32> into tensor<1x8x?x1xf32>
    %46 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %expanded_24 : tensor<1x8x?x?xf32>, tensor<1x8x?x1xf32>) outs(%39 : tensor<1x8x?x?xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %64 = arith.subf %in, %in_33 : f32
      linalg.yield %64 : f32
    } -> tensor<1x8x?x?xf32>
    %47 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46 : tensor<1x8x?x?xf32>) outs(%39 : tensor<1x8x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %64 = math.exp %in : f32
      linalg.yield %64 : f32
    } -> tensor<1x8x?x?xf32>
    %48 = tensor.empty(%38) : tensor<1x8x?x1xf32>
    %49 = linalg.fill ins(%cst : f32) outs(%48 : tensor<1x8x?x1xf32>) -> tensor<1x8x?x1xf32>
    %50 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%47 : tensor<1x8x?x?xf32>) outs(%49 : tensor<1x8x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %64 = arith.addf %in, %out : f32
      linalg.yield %64 : f32
    } -> tensor<1x8x?x1xf32>
    %51 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47, %50 : tensor<1x8x?x?xf32>, tensor<1x8x?x1xf32>) outs(%39 : tensor<1x8x?x?xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %64 = arith.divf %in, %in_33 : f32
      linalg.yield %64 : f32
    } -> tensor<1x8x?x?xf32>
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %52 = tensor.empty(%dim, %dim) : tensor<1x8x?x?xf32>
    %53 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%52 : tensor<1x8x?x?xf32>) {
    ^bb0(%out: f32):
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %38, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %69 = arith.select %67, %c0, %66 : index
      %extracted = tensor.extract %51[%c0, %64, %68, %69] : tensor<1x8x?x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x8x?x?xf32>
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %from_elements_25 = tensor.from_elements %c8_i64, %37, %37 : tensor<3xi64>
    %reshape_26 = tensor.reshape %53(%from_elements_25) : (tensor<1x8x?x?xf32>, tensor<3xi64>) -> tensor<8x?x?xf32>
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %54 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%20 : tensor<1x8x?x2xf32>) {
    ^bb0(%out: f32):
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %extracted = tensor.extract %collapsed_20[%c0, %64, %68, %66] : tensor<1x8x?x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x8x?x2xf32>
    %collapsed_27 = tensor.collapse_shape %54 [[0, 1], [2], [3]] : tensor<1x8x?x2xf32> into tensor<8x?x2xf32>
    %55 = arith.cmpi eq, %37, %0 : i64
    cf.assert %55, "mismatching contracting dimension"
    %56 = tensor.empty(%38) : tensor<8x?x2xf32>
    %57 = linalg.fill ins(%cst : f32) outs(%56 : tensor<8x?x2xf32>) -> tensor<8x?x2xf32>
    %58 = linalg.batch_matmul ins(%reshape_26, %collapsed_27 : tensor<8x?x?xf32>, tensor<8x?x2xf32>) outs(%57 : tensor<8x?x2xf32>) -> tensor<8x?x2xf32>
    %expanded_28 = tensor.expand_shape %58 [[0, 1], [2], [3]] output_shape [1, 8, %38, 2] : tensor<8x?x2xf32> into tensor<1x8x?x2xf32>
    %59 = tensor.empty(%38) : tensor<1x?x8x2xf32>
    %transposed_29 = linalg.transpose ins(%expanded_28 : tensor<1x8x?x2xf32>) outs(%59 : tensor<1x?x8x2xf32>) permutation = [0, 2, 1, 3] 
    %collapsed_30 = tensor.collapse_shape %transposed_29 [[0, 1], [2, 3]] : tensor<1x?x8x2xf32> into tensor<?x16xf32>
    %transposed_31 = linalg.transpose ins(%cst_2 : tensor<16x16xf32>) outs(%1 : tensor<16x16xf32>) permutation = [1, 0] 
    %60 = tensor.empty(%38) : tensor<?x16xf32>
    %61 = linalg.fill ins(%cst : f32) outs(%60 : tensor<?x16xf32>) -> tensor<?x16xf32>
    %62 = linalg.matmul ins(%collapsed_30, %transposed_31 : tensor<?x16xf32>, tensor<16x16xf32>) outs(%61 : tensor<?x16xf32>) -> tensor<?x16xf32>
    %63 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%62, %cst_1 : tensor<?x16xf32>, tensor<16xf32>) outs(%60 : tensor<?x16xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %64 = arith.addf %in, %in_33 : f32
      linalg.yield %64 : f32
    } -> tensor<?x16xf32>
    %expanded_32 = tensor.expand_shape %63 [[0, 1], [2]] output_shape [1, %38, 16] : tensor<?x16xf32> into tensor<1x?x16xf32>
    return %expanded_32 : tensor<1x?x16xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_16_torch.float32_1: "0x040000006FD7F93DBAE79D3EE63038BE508B2BBC58F0C1BD85FC863E5C4AD2BE364C3B3D74B8A9BD08CB553EA323193ED33F683E266B10BE7AA4D8BD98AA863E02B699BC",
      torch_tensor_16_16_torch.float32_1: "0x04000000227E91BB9918BC3E90AECCBEC71B2A3FCA78D6BD09A9D4BD2FCB8F3E371677BEE0BCB6BE4187D03D72F1803E2A99313F94A9E43E418162BEA138B93ED1E510BFD68C583FC4EDEB3EBE6A3ABEE02B2E3E1BBD013FC1A0263EBA1645BE5EDE8EBD9AB4D33D1E7C283DD4040A3EC2B790BECC2DB03DB869C3BD6AAE173FFDABBBBD9E3AE6BED9D01DBC2C072D3F1274CBBEEE55A33F885E5ABE7A9636BEFA57273F24FC9CBD9A01F3BD1866F83E2A25013FE6F2943D7BE1163F64F812BE92ED053F429D033E02081ABF768661BE968C663ED61D283E862714BD7EA5FD3DB70390BD8AFF08BF728A633E6C5FDEBE12B75B3CCDE5A53D2AE3AFBEE8BE153FF76097BF9F7657BEED3B25BEBDEAFFBD427414BF62D7B4BBB238EB3E45FD183FAD9F1CBFDEB9AEBC00CA713EFC41D03D70B583BEDF9FD1BE7F3F213F3F1EA9BE8CBB5E3E43DD0B3EB95F073D4CEDFABE6E9F87BE6F3C7CBD9B85BABE0BECC5BE228E783E6C6492BDD498893EA70440BFC15367BF4A84A83D321723BFD068FB3EFB7B1FBF25B151BE07FD71BEA5B473BEB622BB3EB828A13DAFA4373C2A16243F7D588BBEE68494BE3DF2643E9714F0BE34F4DB3E22F48D3E309DF03E66B22ABE8D249D3E220F9DBE835C0A3EB0001BBF55716DBF22245E3C656903BEE29112BE15BBAEBC7DF9A13E9E1C833E55EEA23FE33320BF722B443EF4A2DBBDEEA8003E0F03E13E86BCF83EA20BAB3E061A3CBE7426E1BEA8E983BE7A2560BF5E72103DF9329BBDB0DBB6BC0623413FF85301BE585AFA3D7E844D3E906F3D3F505E9FBD98D93BBC89A7423DF64F083B3483983ED4581C3E21960ABEA591FB3E454AB9BED013A93E90661DBD66FC81BE99B11DBE9E611BBF6609433EEC005F3FAC77B03DF5624BBEC5ACA7BE1275D13AA683F1BEB237D0BE7292903EBC8FF83D2C35D3BD6FADFA3E1AA0A23DF8DDD03D32F4B1BE1C2F83BF88A458BE856ED2BDF6B3563DAE49433E06D0D43D6266BCBE96A8AA3EA09F163F8673FBBC6E2B06BEAC769B3D7D7ADDBDFEC8633DBD32683F6EF3FE3E08A5CABD75F40B3EBF39743F2C1881BF907D6A3F12F97E3B6A53BFBE3FDFBB3E468329BE367BC8BD2836993E5E92D4BE39BC5F3F25E292BE326336BEB22D3EBE435798BDE1A0543F27F451BDA47CC3BEEE03893D883745BE9EBD58BEA153B0BE8DEA8FBE28D111BDC65DD33EC49BFB3EBBE7E0BDB25C97BE3C3182BD66C950BF9A498A3E0039DB3D26E5AF3D3E63F63E586704BF89A64F3EA2FAB5BE1E3F9B3DF5AF06BE3248513ECCF4133FEA7D663E3ECC01BEFC631B3E107BAB3EBD970BBFAEFFE33EB408E6BD52725C3FEADBFD3D19C7503F1339EFBEC4AC6F3FB6B887BED9E2DC3E4F1C53BE57949C3E650D403F9DB528BE4ED925BEC79A35BE9F17FA3D6FEFBABE0232993EBA255CBEFB3E9E3D4126A43D",
      torch_tensor_4_torch.float32_1: "0x0400000074995ABDF66E6DBE3E1A433EDA69683E",
      torch_tensor_4_16_torch.float32_1: "0x04000000C71458BE86E39FBEECF805BF4E5419BE9A08EEBDD438ACBCC2AF463E1E3D19BF9B12093EEC8E5CBF7E3FA7BEE9B420BF9336583E37C409BFF01F8A3E7D9703BFCA59F73D23021CBDEA339E3D44A1E93E904BED3E44EC19BD47184D3F2822D73C5FA13F3EEF8EAD3C9EEE1B3EE8E126BFAE80E43E8BFB7C3F0673AF3D3DE1F83DB729D6BE685F523F5DCF313DE23D953EBBAED1BE56A7BBBC104E0FBF1B6229BFEF2136BFB2F65ABA2C533DBFF0A739BF02C04D3FB6D1B8BED26858BE98E11D3F709FE43D887B83BE17EB84BC1A93303F282055BE560E973E58DD823E7AB4113F99F073BEF5337ABDF64F3D3EAC9937BEBB2435BFBD9D8E3EE5030EBDD05D09BF",
      torch_tensor_4_torch.float32: "0x04000000823A9C3E21BB873EE63A943E5509703E",
      torch_tensor_4_16_torch.float32: "0x04000000F4ADB3BD1CCE873E0CBD5E3E560ECE3D7AA845BF5E104D3E76974DBEDCD2A5BE815910BCEAF5E03E8C18193E109D98BDCDF0DDBEC333F3BD8889B43E1C37DCBE9A94563E8304983EBCD48DBD15808CBE40C3F7BCF22BBCBE6DD4B93C32C23BBE853C9CBE62709D3E7A2373BEC997F83E7E6E0C3F1C3F6EBE4FC5BD3ED7F425BEE9506FBE9013A6BDC0A63BBE7618973E6542253D45B9CDBEC42B33BD2642C3BE0803E6BE58B8373E9511ECBE048603BF152E143F18064CBCA6C020BE5C4CC4BD787F46BD10B7A7BC1ECE1C3E2343D83EF8C3393FBC79C13E26E4C03EBA7826BE2A94EEBE34A2F63E9537BB3D5CA94B3EB98DB2BB03A156BF28BD0C3F260FEABE",
      torch_tensor_16_torch.float32: "0x0400000003E280BEC4F1053DF6B02DBEB0DB4FBEFB21AFBD6882E63CD5C7F13D4E8B303EDB30A83D7C38653D98A826BCBC7DD13CD0F32C3E529284BDBCE2513DAE55B63D",
      torch_tensor_16_16_torch.float32: "0x040000004829D8BECF40DDBEC171C0BD069C26BED0F3A23EA2DD843EA4B2F2BDA20F4BBFD481F73D6E8FF2BEBF64063E98A5EC3D9913383D5CA1ED3ED56BD63EDDE8BDBDD2DA01BF34CF22BF0698593E865A983E50F4653E044A15BF181503BE7AE3313F5009903EC0D460BE302B85BD3BE98C3D1061053FC049183F75B0B53E66FCA1BEAC9D6BBE161B423C1E303DBE54C8BE3DDCD7283EE0A92C3D7410763E6D67293ECB251DBD3526983EFC76DEBD914DA13C46C7483E00035D3F89030DBF765218BFB73B81BE6695A73EEEA0CA3E8095883DCCE5B0BD066F16BE0CA0503E91BD17BEEF582BBE1BDA8E3E9803123F42B4A33F63FE12BF34F4ECBE92B12E3F7AC953BE5D975ABE6FA2B03ED646D53EE4A7F73E9AE70DBF5074763F92AD35BEFBD9003E516A1CBF001A53BEA04138BEB2E03FBE38DCCCBE8211D63E421258BD66B49A3E05620FBDE4E9833EE0F4A0BEDC56AF39C7A4A13EF59C19BEA293C73EE287093EC1EDBCBDA50A5D3F65A434BFECC298BCCAA2C8BEEEA5B7BE0E054E3C2D56883ED4001E3F839302BF2950043E14A1473E04E17ABF8EDC22BF294AAFBD6401D73DB4A3BD3D6632EC3C53CB013E837D2E3E0B772F3EBC26A6BED902963E8EF1B1BE7410A8BD2AC469BF80FEDFBC00D050BCB3CDB83EA214063EB3EBB0BE61A1ACBCC01D6FBEBE1132BEB97D383FD6931ABE70503E3D70A3DF3EA849B13E2B2E053FB09BA9BEDFDC20BED5869ABEB031593E48616A3E8548333E5A433B3F6C1DCCBE728BEDBCD0C9323DAC1764BE8FD5EEBE75D01CBDF870C6BE4B1BF0BD64C3BC3D9C67C7BD06C4353D575CBB3D739ADF3E62A0DD3D1B74143EC66A9ABDC72235BDDF9B933D0E4194BEE36E36BF76B8483D753987BEA8B4F13D67C1713DB2FA133E25B1B93EB349BEBE0AA2E73DBCD624BD24B4BF3EA8813FBE2022923E726D6D3E7630F13DF9D6A33DE86538BDA26A0A3ECB2DF1BDA81CCFBE46F1B83DAE0906BFCC31CBBCBD9B09BEF1E815BFDA2E08BEE190CF3E46F3493D470F173FD808963E321ACFBE296A8ABE33320D3F0CB0D33DA005803E3EECBEBE9E5BE4BE4E9FE5BEE0E556BE6ADA4C3E953E1C3E6F85173E6EB8833D5A33A83EAE7BDCBDA727C43E8C8AE4BCFAB4D1BEC489163E4C4C643E30507E3E2D9CE7BEC041693EB41B52BE5DD9E03E0AC1153DC9F7B83E9157A13EA3B3F0BEF878BD3E92F23DBE2258F6BE1067B73E6972F63ED0B07FBEE702593ECAF4DC3DFE0D4DBCF1E1CBBE34C22FBD48D703BE68D7163F0529933DCEE5113EC8585EBD62D8743EE907D8BD0656FFBEEA205ABDAA1C4DBE40FA48BEA868A53E044CAABE740BA13E1A5BDD3EC01029BF02DD0DBF608B28BF74FBE93C8417CFBEDA450A3F68DF29BDAC835D3EFBEC81BD36AFC4BCB260C73E301CAE3EEA9836BECA2EA7BE38535E3D9AAC363F78E9153E"
    }
  }
#-}
