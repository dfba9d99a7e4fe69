// RUN: %check_idiom %s
//
// StableHLO's concatenate of one value: a generic that asks of each index which
// operand it lies in, but all operands are the same.
//
// VALUE @pattern(3x5): repeat(x, [1, 3])
// RAISED @pattern: ditto.repeat by [1, 3]
// LEFT @pattern: ditto.repeat by [1, 3]

#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<3x15xf32> {
  %c5 = arith.constant 5 : index
  %c10 = arith.constant 10 : index
  %e = tensor.empty() : tensor<3x15xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<3x15xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %p = arith.cmpi ult, %j, %c5 : index
    %v = scf.if %p -> (f32) {
      %a = tensor.extract %x[%i, %j] : tensor<3x5xf32>
      scf.yield %a : f32
    } else {
      %p2 = arith.cmpi ult, %j, %c10 : index
      %w = scf.if %p2 -> (f32) {
        %j2 = arith.subi %j, %c5 : index
        %a = tensor.extract %x[%i, %j2] : tensor<3x5xf32>
        scf.yield %a : f32
      } else {
        %j3 = arith.subi %j, %c10 : index
        %a = tensor.extract %x[%i, %j3] : tensor<3x5xf32>
        scf.yield %a : f32
      }
      scf.yield %w : f32
    }
    linalg.yield %v : f32
  } -> tensor<3x15xf32>
  return %r : tensor<3x15xf32>
}
