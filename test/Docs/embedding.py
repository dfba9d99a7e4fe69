"""docs/Embedding.md: its commands do what it says in an installed ditto, and what it
shows of the examples is there.

RUN: rm -rf %t && mkdir -p %t/bin
RUN: %cmake --install %ditto_build --prefix %t/installed >/dev/null
RUN: mv %t/installed %t/ditto
RUN: env CC=%c_compiler CXX=%cxx_compiler "LDFLAGS=%exe_linker_flags" "PRELOAD=%preload" "CMAKE_GENERATOR=%cmake_generator" %python %s %ditto_src %t
"""

import os
import pathlib
import re
import shutil
import sys

from Docs import transcripts

EXCERPT = re.compile(r"^```(?:cpp|c|cmake|mlir)\n(.*?)^```$", re.S | re.M)


def check_excerpts(page, examples):
    """Every excerpt is part of some example, line by line."""
    texts = [path.read_text() for path in examples.rglob("*") if path.is_file()]
    excerpts = EXCERPT.findall(page.read_text())
    missing = [e for e in excerpts if not any(e in text for text in texts)]
    for excerpt in missing:
        print(f"{page}: no example has\n{excerpt}")
    print(f"{len(excerpts)} excerpts, {len(missing)} missing")
    return bool(excerpts) and not missing


def main():
    root, work = map(pathlib.Path, sys.argv[1:])
    page = root / "docs/Embedding.md"
    ditto = work / "ditto"
    examples = ditto / "share/ditto/examples"
    fine = check_excerpts(page, examples)

    # `cc` is the compiler that ditto was built with.
    cc = work / "bin/cc"
    cc.write_text(f'#!/bin/sh\nexec {os.environ["CC"]} "$@" {os.environ["LDFLAGS"]}\n')
    cc.chmod(0o755)
    # A host of the plugin needs the sanitizers that ditto was built with.
    mlir_opt = work / "bin/mlir-opt-22"
    mlir_opt.write_text(
        f'#!/bin/sh\nLD_PRELOAD={os.environ["PRELOAD"]} exec {shutil.which(mlir_opt.name)} "$@"\n'
    )
    mlir_opt.chmod(0o755)
    os.environ["PATH"] = os.pathsep.join(
        [str(ditto / "bin"), str(work / "bin"), os.environ["PATH"]]
    )
    os.environ["DITTO"] = str(ditto)
    copy = shutil.copytree(examples, work / "examples")
    count, wrong = transcripts.check_file(copy, page)
    print(f"{count} commands, {wrong} wrong")
    return 0 if fine and count > 10 and wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
