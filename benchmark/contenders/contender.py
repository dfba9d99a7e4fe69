"""What a contender is."""

import importlib.util
from dataclasses import dataclass, field
from typing import Any, Callable

# What its time is compared with: `bound` is what no program can beat, `limit` a
# hand-written kernel, `ditto` ours, `stock` upstream's passes, `peer` everybody else.
ROLES = ("bound", "limit", "ditto", "stock", "peer")


class Skip(Exception):
    """Why a contender cannot take part."""


@dataclass
class Prepared:
    """A computation that is ready to be timed."""

    run: Callable[[], Any]
    # The NumPy array that a value returned by run() stands for.
    result: Callable[[Any], Any]
    # What has to stay alive.
    keep: Any = field(default=None, repr=False)
    # What a reader of the table has to know.
    note: str = ""


class Contender:
    """One library. It may compute a case in several ways: the table has the best one.

    Subclasses define a method per kind of case that they know (copies, attention, layer).
    Called with a case and a mode, it returns a dictionary from a spelling to a function
    without arguments, which returns Prepared or raises Skip.
    """

    name = "?"
    role = "peer"
    # Modules that have to be there.
    needs = ()
    # Whether --quick has it: not where compiling takes longer than measuring.
    quick = True
    threads = 1

    def missing(self):
        """The name of what is not installed, or None."""
        for module in self.needs:
            try:
                found = importlib.util.find_spec(module)
            except ModuleNotFoundError:
                found = None
            if not found:
                return module
        return None

    def prepare_library(self):
        """Called once before anything else, where nothing is missing."""

    def spellings(self, case, mode):
        method = getattr(self, case.kind, None)
        return method(case, mode) if method else {}
