"""Side-by-side measurements. Each prints a table and writes `build/bench/NAME.json`.

`python -m benchmarks` runs all, `python -m benchmarks web` one. Speeds of a shared machine drift: every figure
stands beside a reference measured in the same run, and the ratio is what is worth quoting.
"""
