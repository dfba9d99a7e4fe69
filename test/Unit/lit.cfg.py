"""Runs the GoogleTest binaries; each of their cases counts as a test."""

import lit.formats

config.name = "ditto-unit"
config.suffixes = []
config.test_source_root = config.ditto_unit_dir
config.test_exec_root = config.ditto_unit_dir
config.test_format = lit.formats.GoogleTest(".", "Tests")
if config.ditto_sanitizers:
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0:detect_leaks=0"
    config.environment["UBSAN_OPTIONS"] = "halt_on_error=1:print_stacktrace=1"
