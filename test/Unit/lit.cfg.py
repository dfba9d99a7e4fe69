"""Runs the GoogleTest binaries; each of their cases counts as a test."""

import os
import sys

import lit.formats

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import sanitizers

config.name = "ditto-unit"
config.suffixes = []
config.test_source_root = config.ditto_unit_dir
config.test_exec_root = config.ditto_unit_dir
config.test_format = lit.formats.GoogleTest(".", "Tests")
sanitizers.set_up(config)
