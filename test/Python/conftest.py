"""What the tests of the Python package share."""

import hypothesis

# The same examples in every run; a longer search is `--hypothesis-profile=search`.
hypothesis.settings.register_profile(
    "fixed", derandomize=True, deadline=None, max_examples=200, database=None
)
hypothesis.settings.register_profile("search", deadline=None, max_examples=20000)
hypothesis.settings.load_profile("fixed")
