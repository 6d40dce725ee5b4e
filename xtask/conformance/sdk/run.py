"""Lets two clients make the same calls, and compares each with what the document demands.

Usage: run.py DOCUMENT REPORT PROGRAM [ARGUMENT...]

One client is the vendor's own Python SDK, which runs in this process. The other one is PROGRAM: it
finds the cases in the file that DIFFERENTIAL_CASES names, the server at DIFFERENTIAL_URL, and writes
what it understood to DIFFERENTIAL_OUTCOMES. REPORT is written as JSON.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import sdk  # noqa: E402
from cases import generate  # noqa: E402
from compare import Difference, KnownDifferences, compare  # noqa: E402
from document import load  # noqa: E402
from recorder import Recorder  # noqa: E402

SHOWN = 20


def run_program(
    program: list[str], recorder: Recorder, cases: list[dict[str, Any]], folder: Path
) -> list[dict[str, Any]]:
    files = {name: folder / f"differential-{name}.json" for name in ("cases", "outcomes")}
    files["cases"].write_text(json.dumps(cases), encoding="utf-8")
    files["outcomes"].unlink(missing_ok=True)
    variables = {f"DIFFERENTIAL_{name.upper()}": str(path) for name, path in files.items()}
    environment = os.environ | variables | {"DIFFERENTIAL_URL": recorder.url}
    subprocess.run(program, env=environment, check=True)
    return json.loads(files["outcomes"].read_text(encoding="utf-8"))


def differences(
    client: str,
    cases: list[dict[str, Any]],
    requests: dict[int, list[dict[str, Any]]],
    outcomes: list[dict[str, Any]],
) -> list[Difference]:
    if len(outcomes) != len(cases):
        sys.exit(f"{client} carried out {len(outcomes)} of {len(cases)} cases")
    return [
        difference
        for index, case in enumerate(cases)
        for difference in compare(client, case, requests.get(index, []), outcomes[index])
    ]


def main(document: str, report: Path, program: list[str]) -> int:
    cases = generate(load(document))
    recorder = Recorder(cases)
    ours = run_program(program, recorder, cases, report.parent)
    found = differences("ours", cases, recorder.take(), ours)
    theirs = sdk.run(recorder.url, cases)
    found += differences("sdk", cases, recorder.take(), theirs)
    recorder.close()

    table = tomllib.loads((HERE / "differences.toml").read_text(encoding="utf-8"))
    known = KnownDifferences(table["difference"])
    unknown = [difference for difference in found if not known.explain(difference)]
    for difference in unknown[:SHOWN]:
        print(f"differs: {difference}")
    if len(unknown) > SHOWN:
        print(f"and {len(unknown) - SHOWN} more")
    for entry in known.unused():
        print(f"no longer differs: {entry['client']}, {entry['place']}: {entry['reason']}")

    counts = Counter(case["operation"] for case in cases)
    differing = Counter(difference.operation for difference in unknown)
    print(f"{'operation':<28} {'cases':>6} {'unexplained differences':>24}")
    for operation, count in counts.items():
        print(f"{operation:<28} {count:>6} {differing[operation]:>24}")
    print(f"{'all':<28} {counts.total():>6} {differing.total():>24}")
    summary = {
        "cases": counts,
        "differences": [
            entry | {"count": count} for entry, count in zip(known.entries, known.counts)
        ],
    }
    report.write_text(json.dumps(summary, indent=2, ensure_ascii=False), encoding="utf-8")
    return 1 if unknown or known.unused() else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3:]))
