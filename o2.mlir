#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3, 0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3, 0, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d1)>
module {
  func.func @graph8(%arg0: tensor<5x5x1xi64>, %arg1: tensor<5x1x10x1x1xi64>, %arg2: tensor<25x1x1x1xi64>) -> tensor<5x10x5xi64> {
    %c1_i64 = arith.constant 1 : i64
    %c2_i64 = arith.constant 2 : i64
    %0 = tensor.empty() : tensor<5x2x5x1xi64>
    %collapsed = tensor.collapse_shape %arg1 [[0], [1, 2], [3], [4]] : tensor<5x1x10x1x1xi64> into tensor<5x10x1x1xi64>
    %expanded = tensor.expand_shape %arg2 [[0, 1], [2], [3], [4]] output_shape [5, 5, 1, 1, 1] : tensor<25x1x1x1xi64> into tensor<5x5x1x1x1xi64>
    %expanded_0 = tensor.expand_shape %collapsed [[0], [1, 2], [3], [4]] output_shape [5, 2, 5, 1, 1] : tensor<5x10x1x1xi64> into tensor<5x2x5x1x1xi64>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_0, %expanded : tensor<5x2x5x1x1xi64>, tensor<5x5x1x1x1xi64>) outs(%0 : tensor<5x2x5x1xi64>) {
    ^bb0(%in: i64, %in_2: i64, %out: i64):
      %8 = arith.subi %in, %in_2 : i64
      linalg.yield %8 : i64
    } -> tensor<5x2x5x1xi64>
    %2 = tensor.empty() : tensor<5x5x1xi64>
    %3 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<5x5x1xi64>) outs(%2 : tensor<5x5x1xi64>) {
    ^bb0(%in: i64, %out: i64):
      %8 = arith.addi %in, %c2_i64 : i64
      linalg.yield %8 : i64
    } -> tensor<5x5x1xi64>
    %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<5x5x1xi64>) outs(%2 : tensor<5x5x1xi64>) {
    ^bb0(%in: i64, %out: i64):
      %8 = arith.addi %in, %c2_i64 : i64
      linalg.yield %8 : i64
    } -> tensor<5x5x1xi64>
    %collapsed_1 = tensor.collapse_shape %1 [[0], [1, 2], [3]] : tensor<5x2x5x1xi64> into tensor<5x10x1xi64>
    %5 = tensor.empty() : tensor<5x10x5xi64>
    %6 = linalg.fill ins(%c1_i64 : i64) outs(%5 : tensor<5x10x5xi64>) -> tensor<5x10x5xi64>
    %7 = linalg.contract indexing_maps = [#map4, #map5, #map6] ins(%4, %collapsed_1 : tensor<5x5x1xi64>, tensor<5x10x1xi64>) outs(%6 : tensor<5x10x5xi64>) -> tensor<5x10x5xi64>
    return %7 : tensor<5x10x5xi64>
  }
}

