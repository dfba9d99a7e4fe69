"""The page of the documentation that shows results.

A part of it between `<!-- measured: NAME -->` and `<!-- end -->` is the section NAME of the
report, or the plots. A section that was not measured stays as it is.
"""

import re

from . import plots, report

PART = re.compile(r"(<!-- measured: ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def update(page, document):
    sections = report.sections(document)
    pictures = plots.write(document, page.parent / "images")
    if pictures:
        sections["plots"] = "\n".join(
            f"![{path.stem}]({path.relative_to(page.parent)})" for path in pictures
        )

    def replace(found):
        begin, name, end = found.groups()
        if not sections.get(name):
            return found[0]
        return f"{begin}{sections[name].strip()}\n{end}"

    page.write_text(PART.sub(replace, page.read_text()))
