"""What the families of cases have in common."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mode:
    """Which memory a call finds."""

    name: str
    title: str
    # Each call allocates its result.
    fresh: bool = False
    # Inputs are evicted from the caches before each call.
    cold: bool = False


WARM = Mode("warm", "in warm buffers of the caller")
FRESH = Mode("fresh", "a fresh result each call", fresh=True)
COLD = Mode("cold", "inputs not in a cache", cold=True)


class Case:
    """One computation on given inputs.

    Subclasses set `title`, `inputs` (names to arrays) in load(), and say what is right.
    """

    # Which method of a contender computes it; the table it is in.
    kind = family = "?"
    modes = (WARM,)
    # Bytes that have to be read or written, and operations that have to be done.
    bytes = 0
    flops = 0
    # The largest difference from the reference that is no mistake; 0: equal bits.
    tolerance = 0.0
    quick = False
    # The axis of a scaling plot with the place on it, and which plot of that axis.
    sweep = panel = None

    def load(self):
        """Allocates and fills the inputs."""
        raise NotImplementedError

    def unload(self):
        self.inputs = {}

    def spoil_result(self):
        """Makes the caller's memory for the result wrong, where there is such memory."""

    def reference(self):
        """The result, computed in float64 where there is arithmetic."""
        raise NotImplementedError

    def describe(self):
        """What the report has to know."""
        return {
            "case": self.name,
            "family": self.family,
            "title": self.title,
            "element": self.element,
            "bytes": self.bytes,
            "flops": self.flops,
            "sweep": self.sweep,
            "panel": self.panel,
        }
