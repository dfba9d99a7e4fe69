"""What is computed: every case of every family, by name."""

from . import attention, copies, layers, sweeps


def all_cases():
    return [*copies.cases(), *attention.cases(), *layers.cases(), *sweeps.cases()]


def by_name(name):
    return next(case for case in all_cases() if case.name == name)
