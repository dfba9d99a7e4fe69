// What small-calls.cpp and invoke.cpp call: results of 64 bytes to 4 KiB, and of any size.

func.func @interleave64(%x: tensor<4xf32>) -> tensor<16xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<4xf32> -> tensor<16xf32>
  return %r : tensor<16xf32>
}
func.func @repeat64(%x: tensor<4xf32>) -> tensor<16xf32> {
  %r = ditto.repeat %x by [4] : tensor<4xf32> -> tensor<16xf32>
  return %r : tensor<16xf32>
}
func.func @interleave256(%x: tensor<16xf32>) -> tensor<64xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<16xf32> -> tensor<64xf32>
  return %r : tensor<64xf32>
}
func.func @repeat256(%x: tensor<16xf32>) -> tensor<64xf32> {
  %r = ditto.repeat %x by [4] : tensor<16xf32> -> tensor<64xf32>
  return %r : tensor<64xf32>
}
func.func @interleave1024(%x: tensor<64xf32>) -> tensor<256xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<64xf32> -> tensor<256xf32>
  return %r : tensor<256xf32>
}
func.func @repeat1024(%x: tensor<64xf32>) -> tensor<256xf32> {
  %r = ditto.repeat %x by [4] : tensor<64xf32> -> tensor<256xf32>
  return %r : tensor<256xf32>
}
func.func @interleave4096(%x: tensor<256xf32>) -> tensor<1024xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<256xf32> -> tensor<1024xf32>
  return %r : tensor<1024xf32>
}
func.func @repeat4096(%x: tensor<256xf32>) -> tensor<1024xf32> {
  %r = ditto.repeat %x by [4] : tensor<256xf32> -> tensor<1024xf32>
  return %r : tensor<1024xf32>
}
func.func @interleave(%x: tensor<?xf32>) -> tensor<?xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @repeat(%x: tensor<?xf32>) -> tensor<?xf32> {
  %r = ditto.repeat %x by [4] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}
