"""Names of row groups in (none: all), a table of measurements out, as `python -m tests.benchmarks [GROUP ...]`.

Ends with 1 where a bound is broken. Nothing is compared with a clock: each row has its reference in the same run.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.history import case_rows, growth_rows, memory_rows, register_rows
from tests.benchmarks.measure import Failed
from tests.benchmarks.site import serve_rows, site_rows
from tests.benchmarks.table import Row, print_table
from tests.support.environment import clean_environment

BUNDLE = Path(__file__).parents[3] / "shared" / "cases" / "eips" / "eips.bundle"

ON_THE_CASE: dict[str, Callable[[Path, Path], Iterator[Row]]] = {
    "case": case_rows,
    "site": site_rows,
    "serve": serve_rows,
}
ON_THEIR_OWN: dict[str, Callable[[Path], Iterator[Row]]] = {
    "growth": growth_rows,
    "memory": memory_rows,
    "register": register_rows,
}


def main() -> int:
    """Measure, print, and say by the exit code whether every bound holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=" ".join([*ON_THE_CASE, *ON_THEIR_OWN]))
    groups = parser.parse_args().groups or [*ON_THE_CASE, *ON_THEIR_OWN]
    if unknown := [group for group in groups if group not in ON_THE_CASE and group not in ON_THEIR_OWN]:
        parser.error(f"no such group: {', '.join(unknown)}")

    git = subprocess.run(["git", "version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"Python {platform.python_version()}, {git}; medians of runs that take turns; peak of the largest process\n")
    rows: list[Row] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="minutebook-bench-") as name:
        scratch = Path(name)
        case = _clone_case(scratch) if BUNDLE.is_file() else None
        for group in groups:
            try:
                for row in _measure(group, case, scratch):
                    rows.append(row)
                    print(f"  {row.work}: {row.ratio:.2f} x {row.reference}", file=sys.stderr, flush=True)
            except Failed as problem:
                failed.append(f"{group}: {problem}")
    print_table(rows)
    broken = [row.work.strip() for row in rows if row.verdict == "BROKEN"]
    print(f"\n{len(broken)} of {len(rows)} rows over their bound" + (f": {'; '.join(broken)}" if broken else ""))
    for line in failed:
        print(f"Not measured: {line}")
    return 1 if broken or failed else 0


def _measure(group: str, case: Path | None, scratch: Path) -> Iterator[Row]:
    if group in ON_THEIR_OWN:
        yield from ON_THEIR_OWN[group](scratch)
    elif case is not None:
        yield from ON_THE_CASE[group](case, scratch)
    else:
        print(f"{group}: left out, {BUNDLE} is not on this machine", file=sys.stderr)


def _clone_case(scratch: Path) -> Path:
    case = scratch / "case.git"
    subprocess.run(
        ["git", "clone", "--quiet", "--bare", "--branch", "master", BUNDLE, case], check=True, env=clean_environment()
    )
    return case


if __name__ == "__main__":
    sys.exit(main())
