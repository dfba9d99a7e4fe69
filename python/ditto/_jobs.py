"""Waits for long work: with a progress bar from the first second on, and for Ctrl-C."""

import atexit
import os
import sys
import time


def wait(job, what):
    """The result of `job`. KeyboardInterrupt cancels it, as any exception does."""
    abandoned[:] = [other for other in abandoned if not other.wait(0)]
    bar = Bar(what)
    try:
        while not job.wait(0.05):
            bar.show(job)
    except BaseException:
        job.cancel()
        abandoned.append(job)
        raise
    finally:
        bar.clear()
    return job.result()


# Passes of MLIR can be skipped, LLVM's cannot: these jobs end some time later. The
# end of the process waits for them, because they use what it would destroy.
abandoned = []
atexit.register(abandoned.clear)


class Bar:
    """One line on stderr, where a person is looking."""

    WIDTH = 20

    def __init__(self, what):
        self.what = what
        self.begin = time.monotonic()
        self.shown = False

    def show(self, job):
        seconds = time.monotonic() - self.begin
        if seconds < 1 or not wants_progress():
            return
        name, passes = job.progress()
        # How much there is to do is not known: a block moves along.
        at = int(seconds * 4) % (2 * self.WIDTH)
        at = min(at, 2 * self.WIDTH - 1 - at)
        bar = "." * at + "#" + "." * (self.WIDTH - 1 - at)
        line = f"{self.what} [{bar}] {seconds:.0f} s, {passes} passes, {name}"
        sys.stderr.write("\r\x1b[2K" + line[: columns() - 1])
        sys.stderr.flush()
        self.shown = True

    def clear(self):
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def wants_progress():
    chosen = os.environ.get("DITTO_PROGRESS")
    if chosen is not None:
        return chosen not in ("", "0")
    return sys.stderr is not None and sys.stderr.isatty()


def columns():
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        return 80
