// RUN: ditto-opt %s --pass-pipeline='builtin.module(llvm.func(ditto-carry-bf16-as-integers),canonicalize)' --split-input-file | FileCheck %s

// Loaded before a loop, stored inside it, as interleaved elements are.
// CHECK-LABEL: llvm.func @across_blocks
// CHECK:         %[[X:.*]] = llvm.load {{.*}} -> i16
// CHECK:         llvm.br ^[[LOOP:.*]](%[[X]] : i16)
// CHECK:       ^[[LOOP]](%[[V:.*]]: i16):
// CHECK-NOT:     bf16
// CHECK:         llvm.store %[[V]], {{.*}} : i16
llvm.func @across_blocks(%x: !llvm.ptr, %y: !llvm.ptr, %more: i1) {
  %v = llvm.load %x : !llvm.ptr -> bf16
  llvm.br ^loop(%v : bf16)
^loop(%w: bf16):
  llvm.store %w, %y : bf16, !llvm.ptr
  %next = llvm.load %y : !llvm.ptr -> bf16
  llvm.cond_br %more, ^loop(%next : bf16), ^done
^done:
  llvm.return
}

// -----

// CHECK-LABEL: llvm.func @vector
// CHECK-NOT:     bf16
// CHECK:         llvm.store {{.*}} : vector<4xi16>
llvm.func @vector(%x: !llvm.ptr, %y: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %poison = llvm.mlir.poison : vector<4xbf16>
  %v = llvm.load %x : !llvm.ptr -> bf16
  %one = llvm.insertelement %v, %poison[%zero : i64] : vector<4xbf16>
  %all = llvm.shufflevector %one, %poison [0, 0, 0, 0] : vector<4xbf16>
  llvm.store %all, %y : vector<4xbf16>, !llvm.ptr
  llvm.return
}

// -----

// A complex<bf16>.
// CHECK-LABEL: llvm.func @aggregate
// CHECK:         llvm.load {{.*}} -> !llvm.struct<(i16, i16)>
// CHECK:         ^{{.*}}:
// CHECK:         llvm.store {{.*}} : !llvm.struct<(i16, i16)>
llvm.func @aggregate(%x: !llvm.ptr, %y: !llvm.ptr, %c: i1) {
  %v = llvm.load %x : !llvm.ptr -> !llvm.struct<(bf16, bf16)>
  llvm.cond_br %c, ^done, ^store
^store:
  llvm.store %v, %y : !llvm.struct<(bf16, bf16)>, !llvm.ptr
  llvm.br ^done
^done:
  llvm.return
}

// -----

// The padding of an element: a scalar argument, a constant.
// CHECK-LABEL: llvm.func @select
// CHECK-SAME:    (%[[ARGUMENT:.*]]: bf16,
// CHECK-DAG:     %[[A:.*]] = llvm.bitcast %[[ARGUMENT]] : bf16 to i16
// CHECK-DAG:     %[[X:.*]] = llvm.load {{.*}} -> i16
// CHECK:         %[[S:.*]] = llvm.select %{{.*}}, %[[A]], %[[X]] : i1, i16
// CHECK:         llvm.store %[[S]]
llvm.func @select(%a: bf16, %inside: i1, %x: !llvm.ptr, %y: !llvm.ptr) {
  %v = llvm.load %x : !llvm.ptr -> bf16
  %s = llvm.select %inside, %a, %v : i1, bf16
  llvm.store %s, %y : bf16, !llvm.ptr
  llvm.return
}

// -----

// Results and arguments keep their types, of aggregates too.
// CHECK-LABEL: llvm.func @boundary
// CHECK-SAME:    (%[[A:.*]]: !llvm.struct<(i1, bf16)>, %[[X:.*]]: !llvm.ptr) -> bf16
// CHECK:         %[[PART:.*]] = llvm.extractvalue %[[A]][1]
// CHECK:         %[[BITS:.*]] = llvm.bitcast %[[PART]] : bf16 to i16
// CHECK:         llvm.insertvalue %[[BITS]]
// CHECK:         %[[V:.*]] = llvm.load %[[X]] : !llvm.ptr -> i16
// CHECK:         %[[RESULT:.*]] = llvm.bitcast %[[V]] : i16 to bf16
// CHECK:         llvm.return %[[RESULT]] : bf16
llvm.func @boundary(%a: !llvm.struct<(i1, bf16)>, %x: !llvm.ptr) -> bf16 {
  llvm.store %a, %x : !llvm.struct<(i1, bf16)>, !llvm.ptr
  %v = llvm.load %x : !llvm.ptr -> bf16
  llvm.return %v : bf16
}

// -----

// What the emulation of arithmetic makes: its casts vanish.
// CHECK-LABEL: llvm.func @computed
// CHECK:         %[[V:.*]] = llvm.load {{.*}} -> i16
// CHECK-NEXT:    llvm.zext %[[V]] : i16 to i32
// CHECK-NEXT:    llvm.store
llvm.func @computed(%x: !llvm.ptr, %y: !llvm.ptr) {
  %v = llvm.load %x : !llvm.ptr -> bf16
  %bits = llvm.bitcast %v : bf16 to i16
  %wide = llvm.zext %bits : i16 to i32
  llvm.store %wide, %y : i32, !llvm.ptr
  llvm.return
}

// -----

// CHECK-LABEL: llvm.func @negative_other_types
// CHECK:         llvm.load {{.*}} -> f16
// CHECK:         llvm.intr.fabs(%{{.*}}) : (bf16) -> bf16
llvm.func @negative_other_types(%x: !llvm.ptr, %y: !llvm.ptr, %a: bf16) -> bf16 {
  %v = llvm.load %x : !llvm.ptr -> f16
  llvm.store %v, %y : f16, !llvm.ptr
  %abs = llvm.intr.fabs(%a) : (bf16) -> bf16
  llvm.return %abs : bf16
}

// -----

// CHECK-LABEL: llvm.func @external(bf16) -> bf16
llvm.func @external(bf16) -> bf16
