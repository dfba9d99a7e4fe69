"""lit's view of the tests: where tools are and what a test may rely on."""

import os
import subprocess

import lit.formats

config.name = "ditto"
config.test_format = lit.formats.ShTest(False)  # False: lit's own shell
config.suffixes = [".mlir", ".test", ".py"]
# Data, helpers without RUN lines, and projects that tests build.
config.excludes = [
    "Inputs",
    "Unit",
    "lib",
    "lit.cfg.py",
    "lit.site.cfg.py",
    "run-tests.py",
    "ditto_spec.py",
    "support",
]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.ditto_build_dir, "test")

tools_dir = os.path.join(config.ditto_build_dir, "bin")
config.environment["PATH"] = os.pathsep.join(
    [tools_dir, config.llvm_tools_dir, os.environ["PATH"]]
)
# A variable that no CHECK-LABEL block defines, and a prefix that no line uses,
# are mistakes.
config.environment["FILECHECK_OPTS"] = (
    "-enable-var-scope --allow-unused-prefixes=false"
)
config.environment["PYTHONPATH"] = config.test_source_root
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"

# What links ditto's libraries needs the sanitizers that they were built with.
link_flags = config.exe_linker_flags
if config.ditto_sanitizers:
    link_flags += " -fsanitize=" + config.ditto_sanitizers

config.substitutions += [
    ("%python", config.python),
    ("%cmake_generator", config.cmake_generator),
    ("%cmake_make_program", config.cmake_make_program),
    ("%cmake", config.cmake),
    ("%cxx_compiler", config.cxx_compiler),
    ("%c_compiler", config.c_compiler),
    ("%exe_linker_flags", link_flags),
    ("%mlir_dir", config.mlir_dir),
    ("%llvm_tools", config.llvm_tools_dir),
    ("%ditto_build", config.ditto_build_dir),
    ("%ditto_src", config.ditto_source_dir),
    ("%ditto_test_passes", config.ditto_test_passes),
    # Upstream's mlir-opt with ditto in it.
    (
        "%mlir_opt_ditto",
        f"mlir-opt --load-dialect-plugin={config.ditto_plugin}"
        f" --load-pass-plugin={config.ditto_plugin}",
    ),
    ("%ditto_plugin", config.ditto_plugin),
    # `ditto-opt` with the test-only passes; reached by --pass-pipeline.
    ("%ditto_opt_test", "ditto-opt --load-pass-plugin=" + config.ditto_test_passes),
]


def python_has(module):
    """Whether the tests' own Python can import `module`."""
    return (
        subprocess.run(
            [config.python, "-c", f"import {module}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ).returncode
        == 0
    )


for module in ["numpy", "torch"]:
    if python_has(module):
        config.available_features.add(module)
if config.ditto_sanitizers:
    config.available_features.add("asan")
    # libMLIR is not instrumented: its arenas look poisoned, its leaks are not
    # ours.
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0:detect_leaks=0"
    config.environment["UBSAN_OPTIONS"] = "halt_on_error=1:print_stacktrace=1"
