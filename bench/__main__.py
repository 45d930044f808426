"""`python -m bench`: every benchmark, one after another; each keeps its table in bench/results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = [
    path.stem
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if '__name__ == "__main__"' in path.read_text(encoding="utf-8") and path.stem != "__main__"
]


def main() -> int:
    """Run them; 1 where one failed."""
    failed = [name for name in NAMES if subprocess.call([sys.executable, "-m", f"bench.{name}"])]
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
