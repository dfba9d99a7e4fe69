"""Reports: the object, and `python -m ditto report`."""

import html.parser
import json
import os
import pathlib
import subprocess
import sys

import ditto

SOURCE = pathlib.Path(os.environ.get("DITTO_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
KEPT = """
func.func @main(%x: tensor<?x4xf32>, %n: index) -> tensor<?x8xf32> {
  %r = ditto.repeat %x by [%n, 2] : tensor<?x4xf32> -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}
"""


def report_of(source):
    return ditto.optimize(source, report=True)[1]


def run(*arguments):
    command = [sys.executable, "-m", "ditto", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=SOURCE)


def test_table():
    text = str(report_of(SOURCE / "examples/attention.mlir"))
    assert "attention.mlir:9:17" in text and "4.6 KB" in text
    assert text.endswith("2 repeats: 2 removed; copies of 9.2 KB became 0 B")


def test_unknown_sizes():
    report = report_of(KEPT)
    (repeat,) = report.repeats
    assert repeat.outcome == "kept" and repeat.bytes_before is None
    assert "?" in str(report) and "only a run knows" in report.summarize()
    assert "?" in report.to_html()


def test_no_repeats():
    report = report_of("func.func @main() { return }")
    assert report.summarize() == "0 repeats" and "0 repeats" in report.to_html()


def test_json_comes_back():
    report = report_of(SOURCE / "examples/attention.mlir")
    assert ditto.Report.from_json(report.to_json(), report.name) == report
    assert set(json.loads(report.to_json())["repeats"][0]) >= {"site", "bytes_before", "outcome"}


class Page(html.parser.HTMLParser):
    """Which addresses a page would load, and which widths its bars have."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.widths, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("src", "href"):
                self.addresses.append(value)
            if name == "style":
                self.widths.append(value)

    def handle_data(self, data):
        self.text += data


def test_page_stands_alone():
    report = report_of(SOURCE / "examples/attention.mlir")
    page = Page(report.to_html())
    assert page.addresses == [] and "url(" not in report.to_html()
    assert page.widths == ["width:100.00%", "width:0.00%"] * 3
    assert "attention.mlir:10:19" in page.text
    assert "width:100.00%" in report._repr_html_()


def test_page_escapes():
    report = ditto.Report("<script>", [ditto.Repeat("<a>", "&", 1, 1, "kept", "<b>", None, None)])
    assert "<script>" not in report.to_html() and "&lt;b&gt;" in report.to_html()


def test_command(tmp_path):
    page = tmp_path / "report.html"
    done = run("report", "examples/attention.mlir", "--html", page)
    assert done.returncode == 0 and "2 removed" in done.stdout
    assert "<!doctype html>" in page.read_text()
    done = run("report", "examples/attention.mlir", "--json")
    assert len(json.loads(done.stdout)["repeats"]) == 2


def test_command_on_bad_input(tmp_path):
    broken = tmp_path / "broken.mlir"
    broken.write_text("func.func @f(")
    done = run("report", broken)
    assert done.returncode == 1 and "broken.mlir:1:13: error" in done.stderr
    assert run("report", tmp_path / "nothing.mlir").returncode == 1
    assert run("nonsense").returncode == 2
