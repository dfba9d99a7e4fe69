"""Shared libraries export ditto's own interface and nothing else, neither the
libraries of ditto that they are made of nor templates of LLVM's.

RUN: %python %s %llvm_tools %ditto_src/include/ditto-c %ditto_build/lib/libDittoC.so %ditto_plugin
"""

import pathlib
import re
import subprocess
import sys

HANDLE = "mlirGetDialectHandle__ditto__"
PLUGIN = {"mlirGetDialectPluginInfo", "mlirGetPassPluginInfo"}
FUNCTION = re.compile(r"\b(ditto[A-Z]\w*)\(")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def exported_by(tools, library):
    nm = [f"{tools}/llvm-nm", "-D", "--defined-only", "--format=just-symbols"]
    return set(subprocess.check_output([*nm, library], text=True).split())


def declared_in(headers):
    texts = [COMMENT.sub("", path.read_text()) for path in headers.glob("*.h")]
    return {name for text in texts for name in FUNCTION.findall(text)}


def main():
    tools, headers, library, plugin = sys.argv[1:]
    status = 0
    for path, expected in (
        (library, declared_in(pathlib.Path(headers)) | {HANDLE}),
        (plugin, PLUGIN),
    ):
        found = exported_by(tools, path)
        print(f"{path}: {len(found)} symbols")
        for symbol in sorted(found ^ expected):
            status = 1
            print(f"{symbol} is {'not declared' if symbol in found else 'missing'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
