"""Measures ditto beside its peers and hand-written kernels; see docs/Performance.md.

The parts: cases (what is computed), contenders (who computes it), checking, timing, worker
(one process that does these for a list of cases), driver (starts the workers), report and
plots (what comes out).
"""
