"""One line about the machine and what runs on it."""

import importlib.metadata
import os
import platform
import re
import subprocess
import time

from . import paths

PACKAGES = (
    "numpy", "torch", "jax", "onnxruntime", "openvino", "iree-base-compiler",
)  # fmt: skip


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def fields():
    lines = output_of("lscpu").splitlines()
    return {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in lines)}


def last_level_cache():
    """Its size in bytes."""
    text = fields().get("L3 cache") or fields().get("L2 cache") or ""
    found = re.match(r"([\d.]+) ([KMG])iB", text)
    units = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    return int(float(found[1]) * units[found[2]]) if found else 32 << 20


def commit():
    """What is checked out."""
    return (
        output_of("git", "-C", str(paths.ROOT), "describe", "--always", "--dirty")
        or "?"
    )


def versions():
    for package in PACKAGES:
        try:
            yield f"{package} {importlib.metadata.version(package)}"
        except importlib.metadata.PackageNotFoundError:
            continue


def describe():
    cpu = fields()
    wide = [f for f in ("avx2", "avx512f", "avx512_bf16") if f in cpu.get("Flags", "")]
    parts = [
        cpu.get("Model name", platform.machine())
        + f" (family {cpu.get('CPU family', '?')}, model {cpu.get('Model', '?')}; "
        + f"{' '.join(wide)})",
        f"{cpu.get('CPU(s)', os.cpu_count())} cores",
        *(
            f"{name} {cpu[f'{name} cache']}"
            for name in ("L1d", "L2", "L3")
            if f"{name} cache" in cpu
        ),
        cpu.get("Hypervisor vendor", ""),
        f"{platform.system()} {platform.release()}",
        (output_of(paths.CLANG, "--version").splitlines() or ["no clang"])[0],
        f"ditto {commit()}",
        *versions(),
        "load " + " ".join(f"{load:.1f}" for load in os.getloadavg()),
        time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    ]
    return ", ".join(part for part in parts if part)
