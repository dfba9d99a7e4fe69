"""Results as tables in markdown."""

TITLES = {
    "copies": "Repeats that are materialised",
    "decode": "Attention of one query per head",
    "prefill": "Attention of as many queries as keys",
    "layer": "A whole attention layer",
    "scaling": "Scaling",
}
MODES = {
    "warm": "warm buffers",
    "fresh": "a fresh result each call",
    "cold": "inputs not in a cache",
}
OURS = ("ditto", "ditto --lower-only", "stock A", "stock B")


def best_by_contender(rows):
    """The fastest spelling of each contender, by its median."""
    best = {}
    for row in rows:
        if "median" not in row:
            continue
        name = row["contender"]
        if name not in best or row["median"] < best[name]["median"]:
            best[name] = row
    return best


def group(rows, *keys):
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def yardstick(rows):
    """What others are divided by, in seconds: the bound where there is one, else the
    fastest hand-written kernel."""
    bounds = [row["median"] for row in rows if row["role"] == "bound" and "median" in row]
    limits = [row["median"] for row in rows if row["role"] == "limit" and "median" in row]
    return max(bounds) if bounds else min(limits) if limits else None


def time(seconds):
    if seconds < 1e-4:
        return f"{seconds * 1e6:.3g} µs"
    return f"{seconds * 1e3:.4g} ms" if seconds >= 1e-2 else f"{seconds * 1e3:.3f} ms"


def ratio(seconds, base):
    return f"{seconds / base:.2f}" if base else "-"


def cell(row, base):
    if not row:
        return "-"
    return f"{time(row['median'])} ({ratio(row['median'], base)})" if base else time(row["median"])


def line_of(rows):
    """The cells of one case in one mode."""
    best, base = best_by_contender(rows), yardstick(rows)
    peers = [row for row in best.values() if row["role"] == "peer"]
    peer = min(peers, key=lambda row: row["median"], default=None)
    ditto = best.get("ditto")
    against = ratio(ditto["median"], peer["median"]) if ditto and peer else "-"
    return [
        rows[0]["title"] + f", {rows[0]['element']}",
        time(base) if base else "-",
        cell(best.get("hand-written"), base),
        *(cell(best.get(name), base) for name in OURS),
        f"{peer['contender']} `{peer['spelling']}` {cell(peer, base)}" if peer else "-",
        f"**{against}**" if against != "-" else "-",
    ]


def table(header, lines):
    return "\n".join(
        ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
        + ["| " + " | ".join(line) + " |" for line in lines]
    )


def summary(rows, family, mode):
    base = "limit" if family == "copies" else "bound"
    header = ["case", base, "hand-written", *OURS, "best peer", "ditto / best peer"]
    lines = [line_of(part) for part in group(rows, "case").values()]
    return f"### {TITLES[family]}: {MODES[mode]}\n\n{table(header, lines)}\n"


def peers(rows, family, mode):
    """Every peer's fastest spelling."""
    names = list(dict.fromkeys(row["contender"] for row in rows if row["role"] == "peer"))
    lines = []
    for part in group(rows, "case").values():
        best, base = best_by_contender(part), yardstick(part)
        cells = [cell(best.get(name), base) for name in names]
        lines.append([f"{part[0]['title']}, {part[0]['element']}", *cells])
    return f"{TITLES[family]}, {MODES[mode]}, peers:\n\n{table(['case', *names], lines)}\n"


def skipped(document):
    lines = [f"- {name}: {reason}" for name, reason in document["absent"].items()]
    reasons = {}
    for row in document["rows"]:
        if "skipped" in row:
            key = (row["contender"], row["spelling"], row["skipped"])
            reasons.setdefault(key, []).append(row["case"])
    for (name, spelling, reason), cases in reasons.items():
        cases = list(dict.fromkeys(cases))
        more = f" and {len(cases) - 3} more" if len(cases) > 3 else ""
        lines.append(f"- {name} `{spelling}`: {reason} ({', '.join(cases[:3])}{more})")
    return "\n".join(["What did not take part:", "", *lines, ""]) if lines else ""


def disturbed(document):
    rows = [row for row in document["rows"] if row.get("disturbed", 0) > row.get("samples", 0)]
    cases = list(dict.fromkeys(row["case"] for row in rows))
    if not cases:
        return ""
    return f"Other processes disturbed most samples of: {', '.join(cases)}.\n"


def markdown(document):
    parts = [f"{document['machine']}, {document['threads']} thread(s)\n"]
    for (family, mode), rows in group(document["rows"], "family", "mode").items():
        parts += [summary(rows, family, mode), peers(rows, family, mode)]
    return "\n".join(part for part in [*parts, disturbed(document), skipped(document)] if part)
