"""Long work: a progress bar from the first second on, and Ctrl-C."""

import atexit
import os
import sys
import threading
import time


def wait(job, what):
    """The result of `job`. KeyboardInterrupt cancels it, as any exception does."""
    abandoned[:] = [other for other in abandoned if not other.wait(0)]
    bar = Bar(what)
    try:
        while not job.wait(0.05):
            bar.show(*job.progress())
    except BaseException:
        job.cancel()
        abandoned.append(job)
        raise
    finally:
        bar.clear()
    return job.result()


# LLVM's code generator cannot be stopped: these jobs end some time later. The end of
# the process waits for them, because they use what it would destroy.
abandoned = []
atexit.register(abandoned.clear)


class Steps:
    """Work of other packages, in a number of steps, with a bar that a thread draws.

    >>> with Steps("ditto: loading a model", 2) as steps:  # doctest: +SKIP
    ...     steps.begin("tracing")
    """

    def __init__(self, what, number):
        self.bar = Bar(what)
        self.number = number
        self.begun = 0
        self.name = ""
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.draw, daemon=True)

    def begin(self, name):
        self.name = name
        self.begun += 1

    def draw(self):
        while not self.ended.wait(0.1):
            self.bar.show(self.name, max(0, self.begun - 1) / self.number)

    def __enter__(self):
        if wants_progress():
            self.thread.start()
        return self

    def __exit__(self, *error):
        if self.thread.is_alive():
            self.ended.set()
            self.thread.join()
        self.bar.clear()


class Bar:
    """One line on stderr, where a person is looking."""

    WIDTH = 20

    def __init__(self, what):
        self.what = what
        self.begin = time.monotonic()
        self.shown = False

    def show(self, step, finished):
        """What is done now, and which part of the whole is finished, from 0 to 1."""
        seconds = time.monotonic() - self.begin
        if seconds < 1 or not wants_progress():
            return
        bar = "#" * int(finished * self.WIDTH)
        # What may be long comes last: the line is cut where the terminal ends.
        line = f"[{bar:.<{self.WIDTH}}] {finished:.0%}, {seconds:.0f} s, {self.what}: {step}"
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
