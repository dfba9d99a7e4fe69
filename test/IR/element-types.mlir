// Any element type that a tensor may have, in every form.
//
// RUN: ditto-opt %s | ditto-opt | FileCheck %s
// RUN: ditto-opt %s --mlir-print-op-generic | ditto-opt | FileCheck %s
// RUN: ditto-opt %s --emit-bytecode | ditto-opt | FileCheck %s

// CHECK-LABEL: func.func @element_i1
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi1> -> tensor<6xi1>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi1> -> tensor<6xi1>
func.func @element_i1(%x: tensor<3xi1>) -> (tensor<6xi1>, tensor<6xi1>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi1> -> tensor<6xi1>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi1> -> tensor<6xi1>
  return %0, %1 : tensor<6xi1>, tensor<6xi1>
}

// CHECK-LABEL: func.func @element_i2
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi2> -> tensor<6xi2>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi2> -> tensor<6xi2>
func.func @element_i2(%x: tensor<3xi2>) -> (tensor<6xi2>, tensor<6xi2>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi2> -> tensor<6xi2>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi2> -> tensor<6xi2>
  return %0, %1 : tensor<6xi2>, tensor<6xi2>
}

// CHECK-LABEL: func.func @element_i4
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi4> -> tensor<6xi4>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi4> -> tensor<6xi4>
func.func @element_i4(%x: tensor<3xi4>) -> (tensor<6xi4>, tensor<6xi4>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi4> -> tensor<6xi4>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi4> -> tensor<6xi4>
  return %0, %1 : tensor<6xi4>, tensor<6xi4>
}

// CHECK-LABEL: func.func @element_i7
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi7> -> tensor<6xi7>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi7> -> tensor<6xi7>
func.func @element_i7(%x: tensor<3xi7>) -> (tensor<6xi7>, tensor<6xi7>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi7> -> tensor<6xi7>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi7> -> tensor<6xi7>
  return %0, %1 : tensor<6xi7>, tensor<6xi7>
}

// CHECK-LABEL: func.func @element_i8
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi8> -> tensor<6xi8>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi8> -> tensor<6xi8>
func.func @element_i8(%x: tensor<3xi8>) -> (tensor<6xi8>, tensor<6xi8>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi8> -> tensor<6xi8>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi8> -> tensor<6xi8>
  return %0, %1 : tensor<6xi8>, tensor<6xi8>
}

// CHECK-LABEL: func.func @element_i16
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi16> -> tensor<6xi16>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi16> -> tensor<6xi16>
func.func @element_i16(%x: tensor<3xi16>) -> (tensor<6xi16>, tensor<6xi16>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi16> -> tensor<6xi16>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi16> -> tensor<6xi16>
  return %0, %1 : tensor<6xi16>, tensor<6xi16>
}

// CHECK-LABEL: func.func @element_i24
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi24> -> tensor<6xi24>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi24> -> tensor<6xi24>
func.func @element_i24(%x: tensor<3xi24>) -> (tensor<6xi24>, tensor<6xi24>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi24> -> tensor<6xi24>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi24> -> tensor<6xi24>
  return %0, %1 : tensor<6xi24>, tensor<6xi24>
}

// CHECK-LABEL: func.func @element_i32
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi32> -> tensor<6xi32>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi32> -> tensor<6xi32>
func.func @element_i32(%x: tensor<3xi32>) -> (tensor<6xi32>, tensor<6xi32>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi32> -> tensor<6xi32>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi32> -> tensor<6xi32>
  return %0, %1 : tensor<6xi32>, tensor<6xi32>
}

// CHECK-LABEL: func.func @element_i64
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi64> -> tensor<6xi64>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi64> -> tensor<6xi64>
func.func @element_i64(%x: tensor<3xi64>) -> (tensor<6xi64>, tensor<6xi64>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi64> -> tensor<6xi64>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi64> -> tensor<6xi64>
  return %0, %1 : tensor<6xi64>, tensor<6xi64>
}

// CHECK-LABEL: func.func @element_i128
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xi128> -> tensor<6xi128>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xi128> -> tensor<6xi128>
func.func @element_i128(%x: tensor<3xi128>) -> (tensor<6xi128>, tensor<6xi128>) {
  %0 = ditto.repeat %x by [2] : tensor<3xi128> -> tensor<6xi128>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xi128> -> tensor<6xi128>
  return %0, %1 : tensor<6xi128>, tensor<6xi128>
}

// CHECK-LABEL: func.func @element_si8
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xsi8> -> tensor<6xsi8>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xsi8> -> tensor<6xsi8>
func.func @element_si8(%x: tensor<3xsi8>) -> (tensor<6xsi8>, tensor<6xsi8>) {
  %0 = ditto.repeat %x by [2] : tensor<3xsi8> -> tensor<6xsi8>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xsi8> -> tensor<6xsi8>
  return %0, %1 : tensor<6xsi8>, tensor<6xsi8>
}

// CHECK-LABEL: func.func @element_ui8
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xui8> -> tensor<6xui8>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xui8> -> tensor<6xui8>
func.func @element_ui8(%x: tensor<3xui8>) -> (tensor<6xui8>, tensor<6xui8>) {
  %0 = ditto.repeat %x by [2] : tensor<3xui8> -> tensor<6xui8>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xui8> -> tensor<6xui8>
  return %0, %1 : tensor<6xui8>, tensor<6xui8>
}

// CHECK-LABEL: func.func @element_si64
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xsi64> -> tensor<6xsi64>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xsi64> -> tensor<6xsi64>
func.func @element_si64(%x: tensor<3xsi64>) -> (tensor<6xsi64>, tensor<6xsi64>) {
  %0 = ditto.repeat %x by [2] : tensor<3xsi64> -> tensor<6xsi64>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xsi64> -> tensor<6xsi64>
  return %0, %1 : tensor<6xsi64>, tensor<6xsi64>
}

// CHECK-LABEL: func.func @element_index
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xindex> -> tensor<6xindex>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xindex> -> tensor<6xindex>
func.func @element_index(%x: tensor<3xindex>) -> (tensor<6xindex>, tensor<6xindex>) {
  %0 = ditto.repeat %x by [2] : tensor<3xindex> -> tensor<6xindex>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xindex> -> tensor<6xindex>
  return %0, %1 : tensor<6xindex>, tensor<6xindex>
}

// CHECK-LABEL: func.func @element_f4E2M1FN
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf4E2M1FN> -> tensor<6xf4E2M1FN>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf4E2M1FN> -> tensor<6xf4E2M1FN>
func.func @element_f4E2M1FN(%x: tensor<3xf4E2M1FN>) -> (tensor<6xf4E2M1FN>, tensor<6xf4E2M1FN>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf4E2M1FN> -> tensor<6xf4E2M1FN>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf4E2M1FN> -> tensor<6xf4E2M1FN>
  return %0, %1 : tensor<6xf4E2M1FN>, tensor<6xf4E2M1FN>
}

// CHECK-LABEL: func.func @element_f6E2M3FN
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf6E2M3FN> -> tensor<6xf6E2M3FN>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf6E2M3FN> -> tensor<6xf6E2M3FN>
func.func @element_f6E2M3FN(%x: tensor<3xf6E2M3FN>) -> (tensor<6xf6E2M3FN>, tensor<6xf6E2M3FN>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf6E2M3FN> -> tensor<6xf6E2M3FN>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf6E2M3FN> -> tensor<6xf6E2M3FN>
  return %0, %1 : tensor<6xf6E2M3FN>, tensor<6xf6E2M3FN>
}

// CHECK-LABEL: func.func @element_f6E3M2FN
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf6E3M2FN> -> tensor<6xf6E3M2FN>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf6E3M2FN> -> tensor<6xf6E3M2FN>
func.func @element_f6E3M2FN(%x: tensor<3xf6E3M2FN>) -> (tensor<6xf6E3M2FN>, tensor<6xf6E3M2FN>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf6E3M2FN> -> tensor<6xf6E3M2FN>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf6E3M2FN> -> tensor<6xf6E3M2FN>
  return %0, %1 : tensor<6xf6E3M2FN>, tensor<6xf6E3M2FN>
}

// CHECK-LABEL: func.func @element_f8E5M2
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E5M2> -> tensor<6xf8E5M2>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E5M2> -> tensor<6xf8E5M2>
func.func @element_f8E5M2(%x: tensor<3xf8E5M2>) -> (tensor<6xf8E5M2>, tensor<6xf8E5M2>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E5M2> -> tensor<6xf8E5M2>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E5M2> -> tensor<6xf8E5M2>
  return %0, %1 : tensor<6xf8E5M2>, tensor<6xf8E5M2>
}

// CHECK-LABEL: func.func @element_f8E4M3
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E4M3> -> tensor<6xf8E4M3>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E4M3> -> tensor<6xf8E4M3>
func.func @element_f8E4M3(%x: tensor<3xf8E4M3>) -> (tensor<6xf8E4M3>, tensor<6xf8E4M3>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E4M3> -> tensor<6xf8E4M3>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E4M3> -> tensor<6xf8E4M3>
  return %0, %1 : tensor<6xf8E4M3>, tensor<6xf8E4M3>
}

// CHECK-LABEL: func.func @element_f8E4M3FN
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E4M3FN> -> tensor<6xf8E4M3FN>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E4M3FN> -> tensor<6xf8E4M3FN>
func.func @element_f8E4M3FN(%x: tensor<3xf8E4M3FN>) -> (tensor<6xf8E4M3FN>, tensor<6xf8E4M3FN>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E4M3FN> -> tensor<6xf8E4M3FN>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E4M3FN> -> tensor<6xf8E4M3FN>
  return %0, %1 : tensor<6xf8E4M3FN>, tensor<6xf8E4M3FN>
}

// CHECK-LABEL: func.func @element_f8E5M2FNUZ
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E5M2FNUZ> -> tensor<6xf8E5M2FNUZ>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E5M2FNUZ> -> tensor<6xf8E5M2FNUZ>
func.func @element_f8E5M2FNUZ(%x: tensor<3xf8E5M2FNUZ>) -> (tensor<6xf8E5M2FNUZ>, tensor<6xf8E5M2FNUZ>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E5M2FNUZ> -> tensor<6xf8E5M2FNUZ>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E5M2FNUZ> -> tensor<6xf8E5M2FNUZ>
  return %0, %1 : tensor<6xf8E5M2FNUZ>, tensor<6xf8E5M2FNUZ>
}

// CHECK-LABEL: func.func @element_f8E4M3FNUZ
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E4M3FNUZ> -> tensor<6xf8E4M3FNUZ>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E4M3FNUZ> -> tensor<6xf8E4M3FNUZ>
func.func @element_f8E4M3FNUZ(%x: tensor<3xf8E4M3FNUZ>) -> (tensor<6xf8E4M3FNUZ>, tensor<6xf8E4M3FNUZ>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E4M3FNUZ> -> tensor<6xf8E4M3FNUZ>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E4M3FNUZ> -> tensor<6xf8E4M3FNUZ>
  return %0, %1 : tensor<6xf8E4M3FNUZ>, tensor<6xf8E4M3FNUZ>
}

// CHECK-LABEL: func.func @element_f8E4M3B11FNUZ
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E4M3B11FNUZ> -> tensor<6xf8E4M3B11FNUZ>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E4M3B11FNUZ> -> tensor<6xf8E4M3B11FNUZ>
func.func @element_f8E4M3B11FNUZ(%x: tensor<3xf8E4M3B11FNUZ>) -> (tensor<6xf8E4M3B11FNUZ>, tensor<6xf8E4M3B11FNUZ>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E4M3B11FNUZ> -> tensor<6xf8E4M3B11FNUZ>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E4M3B11FNUZ> -> tensor<6xf8E4M3B11FNUZ>
  return %0, %1 : tensor<6xf8E4M3B11FNUZ>, tensor<6xf8E4M3B11FNUZ>
}

// CHECK-LABEL: func.func @element_f8E3M4
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E3M4> -> tensor<6xf8E3M4>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E3M4> -> tensor<6xf8E3M4>
func.func @element_f8E3M4(%x: tensor<3xf8E3M4>) -> (tensor<6xf8E3M4>, tensor<6xf8E3M4>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E3M4> -> tensor<6xf8E3M4>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E3M4> -> tensor<6xf8E3M4>
  return %0, %1 : tensor<6xf8E3M4>, tensor<6xf8E3M4>
}

// CHECK-LABEL: func.func @element_f8E8M0FNU
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf8E8M0FNU> -> tensor<6xf8E8M0FNU>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf8E8M0FNU> -> tensor<6xf8E8M0FNU>
func.func @element_f8E8M0FNU(%x: tensor<3xf8E8M0FNU>) -> (tensor<6xf8E8M0FNU>, tensor<6xf8E8M0FNU>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf8E8M0FNU> -> tensor<6xf8E8M0FNU>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf8E8M0FNU> -> tensor<6xf8E8M0FNU>
  return %0, %1 : tensor<6xf8E8M0FNU>, tensor<6xf8E8M0FNU>
}

// CHECK-LABEL: func.func @element_bf16
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xbf16> -> tensor<6xbf16>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xbf16> -> tensor<6xbf16>
func.func @element_bf16(%x: tensor<3xbf16>) -> (tensor<6xbf16>, tensor<6xbf16>) {
  %0 = ditto.repeat %x by [2] : tensor<3xbf16> -> tensor<6xbf16>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xbf16> -> tensor<6xbf16>
  return %0, %1 : tensor<6xbf16>, tensor<6xbf16>
}

// CHECK-LABEL: func.func @element_f16
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf16> -> tensor<6xf16>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf16> -> tensor<6xf16>
func.func @element_f16(%x: tensor<3xf16>) -> (tensor<6xf16>, tensor<6xf16>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf16> -> tensor<6xf16>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf16> -> tensor<6xf16>
  return %0, %1 : tensor<6xf16>, tensor<6xf16>
}

// CHECK-LABEL: func.func @element_tf32
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xtf32> -> tensor<6xtf32>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xtf32> -> tensor<6xtf32>
func.func @element_tf32(%x: tensor<3xtf32>) -> (tensor<6xtf32>, tensor<6xtf32>) {
  %0 = ditto.repeat %x by [2] : tensor<3xtf32> -> tensor<6xtf32>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xtf32> -> tensor<6xtf32>
  return %0, %1 : tensor<6xtf32>, tensor<6xtf32>
}

// CHECK-LABEL: func.func @element_f32
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf32> -> tensor<6xf32>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf32> -> tensor<6xf32>
func.func @element_f32(%x: tensor<3xf32>) -> (tensor<6xf32>, tensor<6xf32>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf32> -> tensor<6xf32>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf32> -> tensor<6xf32>
  return %0, %1 : tensor<6xf32>, tensor<6xf32>
}

// CHECK-LABEL: func.func @element_f64
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf64> -> tensor<6xf64>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf64> -> tensor<6xf64>
func.func @element_f64(%x: tensor<3xf64>) -> (tensor<6xf64>, tensor<6xf64>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf64> -> tensor<6xf64>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf64> -> tensor<6xf64>
  return %0, %1 : tensor<6xf64>, tensor<6xf64>
}

// CHECK-LABEL: func.func @element_f80
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf80> -> tensor<6xf80>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf80> -> tensor<6xf80>
func.func @element_f80(%x: tensor<3xf80>) -> (tensor<6xf80>, tensor<6xf80>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf80> -> tensor<6xf80>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf80> -> tensor<6xf80>
  return %0, %1 : tensor<6xf80>, tensor<6xf80>
}

// CHECK-LABEL: func.func @element_f128
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf128> -> tensor<6xf128>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf128> -> tensor<6xf128>
func.func @element_f128(%x: tensor<3xf128>) -> (tensor<6xf128>, tensor<6xf128>) {
  %0 = ditto.repeat %x by [2] : tensor<3xf128> -> tensor<6xf128>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf128> -> tensor<6xf128>
  return %0, %1 : tensor<6xf128>, tensor<6xf128>
}

// CHECK-LABEL: func.func @element_complex_f32_
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xcomplex<f32>> -> tensor<6xcomplex<f32>>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xcomplex<f32>> -> tensor<6xcomplex<f32>>
func.func @element_complex_f32_(%x: tensor<3xcomplex<f32>>) -> (tensor<6xcomplex<f32>>, tensor<6xcomplex<f32>>) {
  %0 = ditto.repeat %x by [2] : tensor<3xcomplex<f32>> -> tensor<6xcomplex<f32>>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xcomplex<f32>> -> tensor<6xcomplex<f32>>
  return %0, %1 : tensor<6xcomplex<f32>>, tensor<6xcomplex<f32>>
}

// CHECK-LABEL: func.func @element_complex_i8_
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xcomplex<i8>> -> tensor<6xcomplex<i8>>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xcomplex<i8>> -> tensor<6xcomplex<i8>>
func.func @element_complex_i8_(%x: tensor<3xcomplex<i8>>) -> (tensor<6xcomplex<i8>>, tensor<6xcomplex<i8>>) {
  %0 = ditto.repeat %x by [2] : tensor<3xcomplex<i8>> -> tensor<6xcomplex<i8>>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xcomplex<i8>> -> tensor<6xcomplex<i8>>
  return %0, %1 : tensor<6xcomplex<i8>>, tensor<6xcomplex<i8>>
}

// CHECK-LABEL: func.func @element_vector_4xf32_
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xvector<4xf32>> -> tensor<6xvector<4xf32>>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xvector<4xf32>> -> tensor<6xvector<4xf32>>
func.func @element_vector_4xf32_(%x: tensor<3xvector<4xf32>>) -> (tensor<6xvector<4xf32>>, tensor<6xvector<4xf32>>) {
  %0 = ditto.repeat %x by [2] : tensor<3xvector<4xf32>> -> tensor<6xvector<4xf32>>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xvector<4xf32>> -> tensor<6xvector<4xf32>>
  return %0, %1 : tensor<6xvector<4xf32>>, tensor<6xvector<4xf32>>
}

// CHECK-LABEL: func.func @element_vector_2x3xi1_
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xvector<2x3xi1>> -> tensor<6xvector<2x3xi1>>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xvector<2x3xi1>> -> tensor<6xvector<2x3xi1>>
func.func @element_vector_2x3xi1_(%x: tensor<3xvector<2x3xi1>>) -> (tensor<6xvector<2x3xi1>>, tensor<6xvector<2x3xi1>>) {
  %0 = ditto.repeat %x by [2] : tensor<3xvector<2x3xi1>> -> tensor<6xvector<2x3xi1>>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xvector<2x3xi1>> -> tensor<6xvector<2x3xi1>>
  return %0, %1 : tensor<6xvector<2x3xi1>>, tensor<6xvector<2x3xi1>>
}

// CHECK-LABEL: func.func @element_vector__4_xf32_
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xvector<[4]xf32>> -> tensor<6xvector<[4]xf32>>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xvector<[4]xf32>> -> tensor<6xvector<[4]xf32>>
func.func @element_vector__4_xf32_(%x: tensor<3xvector<[4]xf32>>) -> (tensor<6xvector<[4]xf32>>, tensor<6xvector<[4]xf32>>) {
  %0 = ditto.repeat %x by [2] : tensor<3xvector<[4]xf32>> -> tensor<6xvector<[4]xf32>>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xvector<[4]xf32>> -> tensor<6xvector<[4]xf32>>
  return %0, %1 : tensor<6xvector<[4]xf32>>, tensor<6xvector<[4]xf32>>
}

// CHECK-LABEL: func.func @element__llvm_ptr
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3x!llvm.ptr> -> tensor<6x!llvm.ptr>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3x!llvm.ptr> -> tensor<6x!llvm.ptr>
func.func @element__llvm_ptr(%x: tensor<3x!llvm.ptr>) -> (tensor<6x!llvm.ptr>, tensor<6x!llvm.ptr>) {
  %0 = ditto.repeat %x by [2] : tensor<3x!llvm.ptr> -> tensor<6x!llvm.ptr>
  %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x!llvm.ptr> -> tensor<6x!llvm.ptr>
  return %0, %1 : tensor<6x!llvm.ptr>, tensor<6x!llvm.ptr>
}
