"""Results as plots: how time grows along each axis that was swept."""

from .report import best_by_contender, group, yardstick

AXES = {
    "bytes": ("bytes written", "GB/s (read once and written)"),
    "keys": ("keys", "ms"),
    "KV heads": ("KV heads, for 32 query heads", "ms"),
    "threads": ("threads", "ms"),
}
COLORS = {
    "ditto": "#d62728",
    "hand-written": "black",
    "stock A": "#8c564b",
    "stock B": "#c49c94",
    "ditto --lower-only": "#ff9896",
    "numpy": "#1f77b4",
    "torch": "#ff7f0e",
    "torch.compile": "#ffbb78",
    "jax": "#2ca02c",
    "onnxruntime": "#9467bd",
    "openvino": "#17becf",
    "ggml": "#e377c2",
    "iree": "#7f7f7f",
}


def points(rows, axis):
    """x and seconds by contender, for the bound too, in the order of x."""
    lines = {}

    def place(part):
        return part[0]["threads"] if axis == "threads" else part[0]["sweep"][1]

    parts = sorted(group(rows, "case", "threads").values(), key=place)
    for part in parts:
        for name, row in best_by_contender(part).items():
            if row["role"] != "bound":
                lines.setdefault(name, []).append((place(part), row))
        if any(row["role"] == "bound" for row in part):
            lines.setdefault("bound", []).append(
                (place(part), {"median": yardstick(part)})
            )
    return lines


def height(row, axis, bytes_by_place, place):
    if axis == "bytes":
        return bytes_by_place[place] / row["median"] / 1e9
    return row["median"] * 1e3


def short(number):
    """A power of two with as few digits as it needs."""
    for unit, size in (("Mi", 1 << 20), ("Ki", 1 << 10)):
        if number >= size and number % size == 0:
            return f"{number // size}{unit}"
    return str(number)


def draw(axes, rows, axis, title):
    from matplotlib import ticker

    sizes = {row["sweep"][1]: row["bytes"] for row in rows}
    for name, line in points(rows, axis).items():
        xs = [x for x, _ in line]
        ys = [height(row, axis, sizes, x) for x, row in line]
        bold = name in ("ditto", "hand-written")
        axes.plot(
            xs, ys,
            marker="o" if name != "bound" else None,
            markersize=5 if bold else 3,
            linewidth=2.5 if bold else 1.2,
            linestyle=":" if name == "bound" else "--" if name == "hand-written" else "-",
            color=COLORS.get(name, "black"),
            label=name,
            zorder=3 if bold else 2,
        )  # fmt: skip
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(ticker.FormatStrFormatter("%g"))
    axes.set_xlabel(AXES[axis][0])
    axes.set_ylabel(AXES[axis][1])
    axes.set_title(title, fontsize=10)
    axes.grid(True, which="both", alpha=0.25)
    places = sorted({x for line in points(rows, axis).values() for x, _ in line})
    if axis == "bytes":
        places = places[:: max(1, len(places) // 8)]
    axes.set_xticks(places, [short(place) for place in places], fontsize=8)
    axes.minorticks_off()


def write(document, directory):
    """Writes a PNG per axis; returns their paths, none where matplotlib is missing."""
    try:
        import matplotlib
    except ImportError:
        return []
    directory.mkdir(parents=True, exist_ok=True)
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    swept = [row for row in document["rows"] if row.get("sweep") and "median" in row]
    by_axis = {}
    for row in swept:
        by_axis.setdefault(row["sweep"][0], []).append(row)
    paths = []
    for axis, rows in by_axis.items():
        panels = group(rows, "panel", "mode")
        figure, all_axes = plt.subplots(
            1, len(panels), figsize=(1 + 6 * len(panels), 5), squeeze=False
        )
        for axes, ((panel, mode), part) in zip(all_axes[0], panels.items()):
            draw(axes, part, axis, f"{panel}, {mode}")
        # One legend for all panels: not everybody is in each.
        handles = {}
        for axes in all_axes[0]:
            handles.update(
                {h.get_label(): h for h in axes.get_legend_handles_labels()[0]}
            )
        known = [name for name in (*COLORS, "bound") if name in handles]
        all_axes[0][-1].legend(
            [handles[name] for name in known], known,
            loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=8,
        )  # fmt: skip
        figure.tight_layout()
        path = directory / f"{axis.replace(' ', '-').lower()}.png"
        figure.savefig(path, dpi=110)
        plt.close(figure)
        paths.append(path)
    return paths
