"""The wheel, built from the source and used in an environment that has nothing else of ditto."""

import email
import os
import pathlib
import shutil
import subprocess
import sys
import venv
import zipfile

import ditto
import pytest

SOURCE = pathlib.Path(os.environ.get("DITTO_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


def call(*command, **options):
    run = subprocess.run(
        [*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    assert run.returncode == 0, run.stdout[-4000:]
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("scikit_build_core")
    pytest.importorskip("nanobind")
    if not os.environ.get("DITTO_TEST_WHEEL"):
        pytest.skip("DITTO_TEST_WHEEL is not set: building takes minutes without ccache")
    # As users build it, but with the flags of `ci`, whose objects ccache has.
    call(
        *(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"),
        *("--wheel-dir", tmp_path_factory.getbasetemp(), SOURCE),
        *("-Ccmake.args=--preset=ci", "-Cbuild-dir=build/python-wheel"),
    )
    (path,) = tmp_path_factory.getbasetemp().glob("ditto-*.whl")
    return path


def test_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        info = f"ditto-{ditto.__version__}.dist-info/"
        metadata = email.message_from_bytes(archive.read(info + "METADATA"))
        entry_points = archive.read(info + "entry_points.txt").decode()
        license_text = archive.read(info + "licenses/LICENSE").decode()
    assert metadata["Name"] == "ditto" and metadata["Version"] == ditto.__version__
    assert metadata["License-Expression"] == "Apache-2.0 WITH LLVM-exception"
    assert "LLVM Exceptions" in license_text
    required = [r for r in metadata.get_all("Requires-Dist") if "extra ==" not in r]
    assert [r.split(">")[0] for r in required] == ["numpy"]
    assert "ditto = ditto.torch:backend" in entry_points
    files = {name for name in names if not name.startswith(info)}
    source = {p.name for p in (SOURCE / "python/ditto").iterdir() if p.is_file()}
    extension = {name for name in files if name.endswith(".so")}
    assert len(extension) == 1
    assert files - extension == {f"ditto/{name}" for name in source}


def test_in_a_clean_environment(wheel, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "DITTO_CACHE_DIR")}
    clean.update(XDG_CACHE_HOME=str(tmp_path / "cache"), DITTO_SOURCE_DIR=str(SOURCE))
    call(python, "-m", "pip", "install", "-q", wheel, "pytest", "hypothesis", "ml_dtypes", env=clean)
    tests = tmp_path / "tests"
    shutil.copytree(SOURCE / "test/Python", tests, ignore=shutil.ignore_patterns("__pycache__"))
    call(
        *(python, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("test_numpy.py", "test_report.py"),
        cwd=tests,
        env=clean,
    )
    (kernels,) = (tmp_path / "cache/ditto").iterdir()
    assert any(kernels.glob("*.o"))
