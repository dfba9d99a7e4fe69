"""The pipelines of upstream passes that ditto is compared with."""

STOCK_A = ",".join(
    2 * [
        "resolve-ranked-shaped-type-result-dims,canonicalize,cse,"
        "linalg-generalize-named-ops,linalg-fuse-elementwise-ops,canonicalize,cse"
    ]
)  # fmt: skip
# Goes before A.
STOCK_B = "linalg-generalize-named-ops,linalg-fold-unit-extent-dims,canonicalize,cse"
