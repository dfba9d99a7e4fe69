"""What became of the repeats of a module: as a table, as JSON, as a page."""

import html
import json
from dataclasses import asdict, dataclass
from typing import List, Optional


@dataclass
class Repeat:
    """One repeat of a module; numbers that only a run can know are None."""

    site: str
    spelling: str
    bytes_before: Optional[int]
    bytes_after: Optional[int]
    outcome: str  # removed, sunk or kept
    detail: str  # the op that reads what was repeated, or the reason it is kept
    flops_before: Optional[int]
    flops_saved: Optional[int]


@dataclass
class Report:
    """The repeats of a module, in the order of its text.

    print(report) is a table, report.to_json() for programs, report.to_html() a page
    that needs no network. A notebook shows the last by itself.
    """

    name: str
    repeats: List[Repeat]

    @staticmethod
    def from_json(text, name="<module>"):
        return Report(name, [Repeat(**repeat) for repeat in json.loads(text)["repeats"]])

    def to_json(self):
        return json.dumps({"repeats": [asdict(repeat) for repeat in self.repeats]}, indent=2)

    @property
    def bytes_before(self):
        return sum(repeat.bytes_before or 0 for repeat in self.repeats)

    @property
    def bytes_after(self):
        return sum(repeat.bytes_after or 0 for repeat in self.repeats)

    @property
    def has_unknown_bytes(self):
        return any(None in (r.bytes_before, r.bytes_after) for r in self.repeats)

    def count(self, outcome):
        return sum(repeat.outcome == outcome for repeat in self.repeats)

    def summarize(self):
        """3 repeats: 2 removed, 1 kept; copies of 9.2 KB became 4.6 KB"""
        outcomes = [
            f"{self.count(outcome)} {outcome}"
            for outcome in ("removed", "sunk", "kept")
            if self.count(outcome)
        ]
        text = f"{len(self.repeats)} repeat{'s' * (len(self.repeats) != 1)}"
        if outcomes:
            text += ": " + ", ".join(outcomes)
            text += f"; copies of {size(self.bytes_before)} became {size(self.bytes_after)}"
        if self.has_unknown_bytes:
            text += ", without those whose size only a run knows"
        return text

    def __str__(self):
        rows = [("site", "spelling", "before", "after", "outcome")]
        for repeat in self.repeats:
            rows.append(
                (
                    repeat.site,
                    repeat.spelling,
                    size(repeat.bytes_before),
                    size(repeat.bytes_after),
                    describe(repeat),
                )
            )
        widths = [max(len(row[i]) for row in rows) for i in range(4)]
        lines = []
        for site, spelling, before, after, outcome in rows:
            lines.append(
                f"{site:<{widths[0]}}  {spelling:<{widths[1]}}  {before:>{widths[2]}}  "
                f"{after:>{widths[3]}}  {outcome}"
            )
        return "\n".join([*lines, self.summarize()])

    def _repr_html_(self):
        return f"<style>{STYLE}</style>{self.body()}"

    def to_html(self):
        """A page with nothing outside of it."""
        title = html.escape(f"ditto: {self.name}")
        return (
            '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><style>{PAGE_STYLE}{STYLE}</style>"
            f"<h1>{title}</h1>{self.body()}</html>\n"
        )

    def body(self):
        largest = max([r.bytes_before or 0 for r in self.repeats] + [1])
        rows = "".join(self.row(repeat, largest) for repeat in self.repeats)
        return (
            f'<div class="ditto"><p>{html.escape(self.summarize())}</p>'
            + bars("all copies", self.bytes_before, self.bytes_after, max(self.bytes_before, 1))
            + "<table><thead><tr><th>site<th>spelling<th>bytes before and after"
            "<th>operations<th>outcome</thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )

    @staticmethod
    def row(repeat, largest):
        flops = size(repeat.flops_before, units=FLOPS)
        if repeat.flops_saved:
            left = repeat.flops_before - repeat.flops_saved if repeat.flops_before else None
            flops += " → " + size(left, units=FLOPS)
        cells = [
            f"<code>{html.escape(repeat.site)}</code>",
            f"<code>{html.escape(repeat.spelling)}</code>",
            bars("", repeat.bytes_before, repeat.bytes_after, largest),
            html.escape("" if repeat.flops_before is None else flops),
            f'<span class="{html.escape(repeat.outcome)}">{html.escape(repeat.outcome)}</span> '
            + html.escape(describe(repeat)[len(repeat.outcome) :]),
        ]
        return "<tr>" + "".join(f"<td>{cell}" for cell in cells) + "</tr>"


def describe(repeat):
    """removed by linalg.batch_matmul, or kept: why"""
    return f"{repeat.outcome}{': ' if repeat.outcome == 'kept' else ' by '}{repeat.detail}"


BYTES = ["B", "KB", "MB", "GB", "TB", "PB", "EB"]
FLOPS = ["", "k", "M", "G", "T", "P", "E"]


def size(number, units=BYTES):
    """4608 is 4.6 KB; ? where only a run knows."""
    if number is None:
        return "?"
    value, unit = float(number), 0
    while value >= 1000 and unit + 1 < len(units):
        value, unit = value / 1000, unit + 1
    text = f"{value:.0f}" if unit == 0 else f"{value:.1f}"
    return f"{text} {units[unit]}".strip()


def bars(label, before, after, largest):
    """Two bars of the same scale, one above the other."""
    parts = [f'<div class="label">{html.escape(label)}</div>'] if label else []
    for name, number in (("before", before), ("after", after)):
        percent = 100 * min(number or 0, largest) / largest
        parts.append(
            f'<div class="bar"><i class="{name}" style="width:{percent:.2f}%"></i>'
            f"<span>{size(number)} {name}</span></div>"
        )
    return "".join(parts)


PAGE_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
:root { color-scheme: light dark }
"""

STYLE = """
.ditto table { border-collapse: collapse; width: 100%; margin-top: 1.5rem }
.ditto th, .ditto td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0;
  border-bottom: 1px solid #8884 }
.ditto code { font-size: .9em; overflow-wrap: anywhere }
.ditto .bar { display: flex; align-items: center; gap: .5rem; min-width: 16rem; height: 1.3rem }
.ditto .bar i { display: block; height: .8rem; min-width: 2px; flex-shrink: 1; border-radius: 2px }
.ditto .bar span { font-size: .8em; white-space: nowrap }
.ditto .before { background: #c4622d } .ditto .after { background: #2d8a5f }
.ditto .label { font-weight: 600 }
.ditto .removed, .ditto .sunk { color: #2d8a5f; font-weight: 600 }
.ditto .kept { color: #c4622d; font-weight: 600 }
"""
