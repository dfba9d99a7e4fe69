#!/usr/bin/env bash
# Builds llama.cpp's library for the contender `ggml` out of the sources that the Python
# package llama-cpp-python brings. utils/benchmark.sh runs this; it does nothing where
# that has been done. Takes a few minutes.

source "$(dirname "$0")/../utils/common.sh"

package=llama-cpp-python==0.3.36
work=$PWD/build/benchmark/ggml
pip=$PWD/build/benchmark/venv/bin/pip
clang=${DITTO_BENCHMARK_LLVM:-/usr/lib/llvm-22/bin}/clang

[ -e "$work/libggml-attention.so" ] && exit 0
say "building ggml from $package"
mkdir -p "$work"
cd "$work"
# No build dependencies: only its C++ sources are wanted.
"$pip" install --quiet --disable-pip-version-check scikit-build-core >log 2>&1 &&
  "$pip" download --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --no-binary :all: "$package" >>log 2>&1 || fail "cannot download $package"
tar xzf llama_cpp_python-*.tar.gz
ggml=$(echo "$work"/llama_cpp_python-*/vendor/llama.cpp/ggml)
# The package leaves out a file that the build only installs.
echo 'prefix=@CMAKE_INSTALL_PREFIX@' >"$ggml/ggml.pc.in"
cmake -S "$ggml" -B lib -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER="$clang" \
  -DCMAKE_CXX_COMPILER="$clang++" -DBUILD_SHARED_LIBS=ON -DGGML_NATIVE=ON \
  -DGGML_OPENMP=OFF -DGGML_BUILD_TESTS=OFF -DGGML_BUILD_EXAMPLES=OFF >>log 2>&1 &&
  cmake --build lib --parallel "$(nproc)" >>log 2>&1 || fail "ggml does not build; see $work/log"
"$clang" -O2 -shared -fPIC -I"$ggml/include" "$OLDPWD/benchmark/native/ggml.c" \
  -Llib/src -lggml -lggml-cpu -lggml-base -Wl,-rpath,"$work/lib/src" \
  -o libggml-attention.so
