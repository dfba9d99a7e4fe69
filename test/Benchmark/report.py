"""Tables out of results, and into a page.

REQUIRES: numpy
RUN: env PYTHONPATH=%ditto_src %python %s %t.md
"""

import pathlib
import sys
import unittest

from benchmark import pages, report

PAGE = pathlib.Path(sys.argv.pop())


def row(contender, role, spelling, median, **more):
    return {
        "case": "kv4_f32",
        "family": "copies",
        "title": "heads x4",
        "element": "f32",
        "mode": "warm",
        "threads": 1,
        "contender": contender,
        "role": role,
        "spelling": spelling,
        "median": median,
        **more,
    }


def document(*rows):
    return {
        "machine": "a machine",
        "threads": 1,
        "absent": {"jax": "not there: jax"},
        "rows": rows,
    }


COPIES = document(
    row("hand-written", "limit", "slow", 4e-3),
    row("hand-written", "limit", "fast", 2e-3),
    row("ditto", "ditto", "ditto ops", 3e-3),
    row("numpy", "peer", "copyto", 6e-3),
    row("torch", "peer", "copy_", 5e-3, samples=3, disturbed=9),
    {**row("torch", "peer", "out=", 0), "skipped": "no such thing", "median": None},
)
del COPIES["rows"][-1]["median"]


class Tables(unittest.TestCase):
    def test_summary(self):
        self.assertEqual(
            report.sections(COPIES)["copies-warm"].splitlines(),
            [
                "| case | hand-written | ditto | best peer | ditto / best peer |",
                "| --- | --- | --- | --- | --- |",
                "| heads x4, f32 | 2.000 ms (1.00) | 3.000 ms (1.50) "
                "| torch, copy_: 5.000 ms (2.50) | **0.60** |",
            ],
        )

    def test_bound(self):
        """The larger of two bounds is what counts."""
        rows = [
            row("bound", "bound", "read", 1e-3),
            row("bound", "bound", "multiply", 2e-3),
            row("ditto", "ditto", "repeat_kv", 5e-3),
        ]
        lines = report.sections(document(*rows))["copies-warm"].splitlines()
        self.assertEqual(lines[2], "| heads x4, f32 | 2.000 ms | 5.000 ms (2.50) |")

    def test_peers(self):
        lines = report.sections(COPIES)["copies-warm-peers"].splitlines()
        self.assertEqual(lines[0], "| case | numpy | torch |")
        self.assertEqual(
            lines[2], "| heads x4, f32 | 6.000 ms (3.00) | 5.000 ms (2.50) |"
        )

    def test_losses(self):
        """Only what is slower, by how much."""
        self.assertEqual(report.sections(COPIES)["losses"], "Nowhere.")
        rows = [*COPIES["rows"], row("numpy", "peer", "repeat", 1e-3)]
        self.assertEqual(
            report.sections(document(*rows))["losses"].splitlines()[2:],
            ["| heads x4, f32 | warm buffers | numpy, repeat | 3.00 |"],
        )

    def test_skipped(self):
        text = report.sections(COPIES)["skipped"]
        self.assertIn("- jax: not there: jax", text)
        self.assertIn("- torch, out=: no such thing (kv4_f32)", text)

    def test_disturbed(self):
        self.assertEqual(report.sections(COPIES)["disturbed"], "kv4_f32")

    def test_everything_has_a_heading(self):
        text = report.markdown({**COPIES, "micro": {"call/64": 50.0, "compile": 1e6}})
        self.assertIn("### Repeats that are materialised: warm buffers\n", text)
        self.assertIn("| call | 50 ns |", text)
        self.assertNotIn("compile", text)

    def test_units(self):
        times = [report.time(t) for t in (5e-8, 5e-6, 5e-4, 5e-2)]
        self.assertEqual(times, ["50 ns", "5.0 µs", "0.500 ms", "50.0 ms"])


class Page(unittest.TestCase):
    def test_update(self):
        PAGE.write_text(
            "before\n<!-- measured: machine -->\nold\n<!-- end -->\nbetween\n"
            "<!-- measured: memory -->\nkept\n<!-- end -->\n"
        )
        pages.update(PAGE, COPIES)
        self.assertEqual(
            PAGE.read_text(),
            "before\n<!-- measured: machine -->\na machine, 1 thread(s)\n<!-- end -->\n"
            "between\n"
            "<!-- measured: memory -->\nkept\n<!-- end -->\n",
        )


unittest.main()
