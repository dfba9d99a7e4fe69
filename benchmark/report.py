"""Results as tables in markdown.

A section is a part of the report: `machine`, one per family and mode (`copies-warm`), the
same with every peer (`copies-warm-peers`), `memory`, `micro`, `compile-time`, `skipped`.
"""

from .contenders import CONTENDERS

TITLES = {
    "copies": "Repeats that are materialised",
    "decode": "Attention of one query per head",
    "prefill": "Attention of as many queries as keys",
    "layer": "A whole attention layer",
    "scaling": "Scaling",
    "threads": "Threads",
}
MODES = {
    "warm": "warm buffers",
    "fresh": "a fresh result each call",
    "cold": "inputs not in a cache",
}
OURS = ("ditto", "ditto --lower-only", "stock A", "stock B")
ABSENT = "-"


def best_by_contender(rows):
    """The fastest spelling of each contender, by its median."""
    best = {}
    for row in rows:
        name = row["contender"]
        if "median" in row and (
            name not in best or row["median"] < best[name]["median"]
        ):
            best[name] = row
    return best


def group(rows, *keys):
    """Rows by the values of some fields, in the order of their first appearance."""
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def yardstick(rows):
    """What others are divided by, in seconds: the bound where there is one, else the
    fastest hand-written kernel."""
    times = {"bound": [], "limit": []}
    for row in rows:
        if "median" in row and row["role"] in times:
            times[row["role"]].append(row["median"])
    if times["bound"]:
        return max(times["bound"])
    return min(times["limit"], default=None)


def best_peer(best):
    peers = [row for row in best.values() if row["role"] == "peer"]
    return min(peers, key=lambda row: row["median"], default=None)


def time(seconds):
    """Three or four digits with a unit."""
    if seconds < 1e-6:
        return f"{seconds * 1e9:.0f} ns"
    if seconds < 1e-4:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.3f} ms" if seconds < 1e-2 else f"{seconds * 1e3:.1f} ms"


def cell(row, base):
    if not row:
        return ABSENT
    noted = f" {row['note']}" if row.get("note") else ""
    relative = f" ({row['median'] / base:.2f})" if base else ""
    return time(row["median"]) + relative + noted


def table(header, lines):
    """A table without the columns that are empty throughout."""
    kept = [
        i
        for i in range(len(header))
        if not lines or any(line[i] != ABSENT for line in lines)
    ]
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join("| " + " | ".join(row[i] for i in kept) + " |" for row in rows)


def name_of(rows):
    threads = (
        f", threads: {rows[0]['threads']}" if rows[0]["family"] == "threads" else ""
    )
    return f"{rows[0]['title']}, {rows[0]['element']}{threads}"


def summary_line(rows):
    best, base = best_by_contender(rows), yardstick(rows)
    peer, ditto = best_peer(best), best.get("ditto")
    bounded = any(row["role"] == "bound" for row in rows)
    return [
        name_of(rows),
        time(base) if bounded else ABSENT,
        cell(best.get("hand-written"), base),
        *(cell(best.get(name), base) for name in OURS),
        f"{peer['contender']}, {peer['spelling']}: {cell(peer, base)}"
        if peer
        else ABSENT,
        f"**{ditto['median'] / peer['median']:.2f}**" if ditto and peer else ABSENT,
    ]


def summary(rows):
    header = ["case", "bound", "hand-written", *OURS, "best peer", "ditto / best peer"]
    return table(
        header, [summary_line(part) for part in group(rows, "case", "threads").values()]
    )


def peers(rows):
    """The fastest spelling of each peer."""
    present = {row["contender"] for row in rows if row["role"] == "peer"}
    names = [name for name in CONTENDERS if name in present]
    if not names:
        return ""
    lines = []
    for part in group(rows, "case", "threads").values():
        best, base = best_by_contender(part), yardstick(part)
        lines.append([name_of(part), *(cell(best.get(name), base) for name in names)])
    return table(["case", *names], lines)


def memory(rows):
    def megabytes(row, field):
        return f"{row[field] / 1e6:.0f}" if field in row else ABSENT

    lines = [
        [
            f"{row['contender']}, {row['spelling']}",
            *(megabytes(row, field) for field in ("first", "later", "retained")),
            row.get("skipped", ABSENT),
        ]
        for row in rows
    ]
    return table(
        ["contender", "MB in the first run", "in a later run", "retained", ""], lines
    )


def micro(results):
    if "skipped" in results:
        return results["skipped"]
    names = {}
    for name, nanoseconds in results.items():
        stem, _, size = name.rpartition("/")
        names.setdefault(stem or size, {})[size if stem else ""] = nanoseconds
    sizes = sorted(
        {size for times in names.values() for size in times if size}, key=int
    )
    lines = [
        [
            name,
            *(time(times[size] * 1e-9) if size in times else ABSENT for size in sizes),
        ]
        for name, times in names.items()
        if "" not in times
    ]
    return table(["call", *(f"{size} bytes" for size in sizes)], lines)


def losses(rows):
    """Where somebody else is faster than ditto, the worst first."""
    lines = []
    for part in group(rows, "case", "mode", "threads").values():
        best = best_by_contender(part)
        peer, ditto = best_peer(best), best.get("ditto")
        if ditto and peer and ditto["median"] > peer["median"]:
            factor = ditto["median"] / peer["median"]
            faster = f"{peer['contender']}, {peer['spelling']}"
            lines.append((factor, [name_of(part), MODES[part[0]["mode"]], faster]))
    if not lines:
        return "Nowhere."
    lines.sort(key=lambda line: -line[0])
    header = ["case", "memory", "faster", "times as fast"]
    return table(header, [[*cells, f"{factor:.2f}"] for factor, cells in lines])


def skipped(document):
    lines = [f"- {name}: {reason}" for name, reason in document["absent"].items()]
    with_reason = [row for row in document["rows"] if "skipped" in row]
    for (name, spelling, reason), rows in group(
        with_reason, "contender", "spelling", "skipped"
    ).items():
        names = list(dict.fromkeys(row["case"] for row in rows))
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        lines.append(f"- {name}, {spelling}: {reason} ({', '.join(names[:3])}{more})")
    return "\n".join(lines)


def disturbed(document):
    rows = [
        row
        for row in document["rows"]
        if row.get("disturbed", 0) * 2 > row.get("samples", 0)
    ]
    names = list(dict.fromkeys(row["case"] for row in rows))
    return ", ".join(names)


def sections(document):
    """The text of each section by name, without headings."""
    result = {"machine": f"{document['machine']}, {document['threads']} thread(s)"}
    for (family, mode), rows in group(document["rows"], "family", "mode").items():
        result[f"{family}-{mode}"] = summary(rows)
        result[f"{family}-{mode}-peers"] = peers(rows)
    if document.get("memory"):
        result["memory"] = memory(document["memory"])
    if document.get("micro"):
        result["micro"] = micro(document["micro"])
    if document.get("compile_time"):
        result["compile-time"] = document["compile_time"]
    result["losses"] = losses(document["rows"])
    result["disturbed"] = disturbed(document)
    result["skipped"] = skipped(document)
    return result


HEADINGS = {
    "memory": "Memory beyond the inputs, decoding with 16384 keys, 32/8 heads",
    "micro": "Small calls, from C++",
    "compile-time": "Time of compiling",
    "losses": "Where others are faster than ditto",
    "disturbed": "Cases in which other processes disturbed many samples",
    "skipped": "What did not take part",
}


def heading(name):
    family, mode, *more = [*name.split("-"), ""]
    if family in TITLES and mode in MODES:
        return f"{TITLES[family]}: {MODES[mode]}" + (", every peer" if more[0] else "")
    return HEADINGS[name]


def markdown(document):
    texts = sections(document)
    parts = [texts.pop("machine")]
    parts += [
        f"### {heading(name)}\n\n{text.strip()}" for name, text in texts.items() if text
    ]
    return "\n\n".join(parts) + "\n"
