"""What can honestly be said about real claims: telematics (fretelematic.csv) and, where it lies beside, base rates (freMTPL2)."""

import sys
from pathlib import Path

from frequency_claims import read_frequency_claims
from frequency_models import evaluate_frequency_claims
from telematic_claims import evaluate_telematic_claims, read_telematic_claims

FREQUENCY_FILE = "freMTPL2freq.csv.gz"
SEVERITY_FILE = "freMTPL2sev.csv.gz"


def evaluate_real_claims(telematics: Path, seed: int) -> dict:
    """Both evaluations as plain JSON; `frequency` is {"missing": [names]} where a file of it is not beside `telematics`.

    @raises BadInput where a file cannot be read as what it should be
    """
    print(f"real claims with telematics: {telematics}", file=sys.stderr)
    out: dict = {"telematics": evaluate_telematic_claims(read_telematic_claims(telematics), seed)}
    frequency, severity = telematics.parent / FREQUENCY_FILE, telematics.parent / SEVERITY_FILE
    missing = [path.name for path in (frequency, severity) if not path.exists()]
    if missing:
        print(f"no frequency model: {' and '.join(missing)} not beside it", file=sys.stderr)
        return out | {"frequency": {"missing": missing}}
    print(f"real claims without telematics: {frequency}", file=sys.stderr)
    return out | {"frequency": evaluate_frequency_claims(read_frequency_claims(frequency, severity), seed)}
