"""Random choices that are recorded, so that what was made of them can be made smaller.

A generator asks for numbers and makes something of them. With some of the numbers left
out it makes something else, which is valid as well, and mostly smaller: after the last
number the simplest choice is made. Nothing has to know how a case is taken apart.
"""

import random
import time


class Exhausted(Exception):
    """Too many choices after the last number: the generator waits for others."""


class Choices(random.Random):
    """Numbers from a seed, or those of `replay`."""

    PATIENCE = 2000

    def __init__(self, seed=0, replay=None):
        super().__init__(seed)
        self.replay = replay
        self.used = []  # (bits, number); no bits for a fraction

    def draw(self, bits, fresh, simplest):
        at = len(self.used)
        if self.replay is None:
            number = fresh()
        elif at < len(self.replay):
            other, number = self.replay[at]
            if bits and other:
                number %= 1 << bits
            elif bits != other:  # a fraction, or to become one
                number = int(number * (1 << bits)) if bits else number / (1 << other)
        elif at < len(self.replay) + self.PATIENCE:
            number = simplest
        else:
            raise Exhausted
        self.used.append((bits, number))
        return number

    def random(self):
        return self.draw(0, super().random, 1 - 2**-53)

    def getrandbits(self, k):
        return self.draw(k, lambda: super(Choices, self).getrandbits(k), 0)


def shrink(numbers, measure, seconds):
    """The numbers, of those tried, of which the smallest case is made.

    `measure(numbers)` is the size of the case, or None if it is of no interest.
    """
    end = time.monotonic() + seconds
    best, size = list(numbers), measure(numbers)
    length = max(len(best) // 2, 1)
    while length and time.monotonic() < end:
        improved = False
        at = 0
        while at < len(best) and time.monotonic() < end:
            found = measure(best[:at] + best[at + length :])
            if found is not None and found < size:
                best, size, improved = best[:at] + best[at + length :], found, True
                continue
            part = [(bits, 0 if bits else 1 - 2**-53) for bits, _ in best[at : at + length]]
            simpler = best[:at] + part + best[at + length :]
            found = measure(simpler) if simpler != best else None
            if found is not None and found < size:
                best, size, improved = simpler, found, True
            at += length
        if not improved or length > 1:
            length //= 2
    return best
