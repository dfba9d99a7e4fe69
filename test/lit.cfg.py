"""lit's view of the tests: where tools are and what a test may rely on."""

import os
import shutil
import subprocess
import sys

import lit.formats

sys.path.insert(0, os.path.dirname(__file__))
import sanitizers

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
    "sanitizers.py",
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

# What programs that were built without sanitizers load before ditto.
preload = sanitizers.set_up(config) or ""
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
        f"env LD_PRELOAD={preload} mlir-opt --load-dialect-plugin={config.ditto_plugin}"
        f" --load-pass-plugin={config.ditto_plugin}",
    ),
    ("%ditto_plugin", config.ditto_plugin),
    ("%preload", preload),
    (
        "%tsan_environment",
        " ".join(f"{name}={value}" for name, value in sanitizers.get_tsan(config).items()),
    ),
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
# Compiled code can be instrumented.
if sanitizers.find_runtime(config, "tsan"):
    config.available_features.add("sanitizers")
if shutil.which("valgrind") and os.uname().machine == "x86_64":
    config.available_features.add("valgrind")
