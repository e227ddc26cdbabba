"""Base rates of real claims without telematics: CASdatasets' freMTPL2, 678,013 French policies, read and cleaned.

Cleaning follows what is published. Claims are counted from the severity file, as Wuethrich & Merz 2023 (appendix 13.1) do: 9,657
claims of the frequency file, nearly all of policies with a low number, have no amount there and are held to be wrong. Exposure is
capped at the one accounting year. Counts are capped at 4 where a count above it all but surely belongs to one driver's data error.
"""

import csv
import gzip
from array import array
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bad_input import BadInput

MOST_CLAIMS = 4
NUMBERS = ("VehPower", "VehAge", "DrivAge", "BonusMalus", "Density")
WORDS = ("Area", "VehBrand", "VehGas", "Region")
NEEDED = ("IDpol", "ClaimNb", "Exposure", *NUMBERS, *WORDS)


@dataclass(frozen=True)
class FrequencyClaims:
    """Arrays of shape (policies,). `profile` is the same for policies whose every rating factor is the same."""

    claims: np.ndarray
    exposure: np.ndarray
    numbers: dict[str, np.ndarray]
    words: dict[str, np.ndarray]
    profile: np.ndarray
    cleaning: dict


def read_frequency_claims(frequency: Path, severity: Path) -> FrequencyClaims:
    """Reads freMTPL2freq.csv.gz and freMTPL2sev.csv.gz. @raises BadInput naming the line"""
    paid = _claims_by_policy(severity)
    columns: dict[str, array] = {name: array("d") for name in (*NUMBERS, "Exposure", "ClaimNb", "paid", *WORDS)}
    codes: dict[str, dict[str, int]] = {name: {} for name in WORDS}
    seen: set[str] = set()
    for line, row in _rows(frequency, NEEDED):
        policy = row["IDpol"]
        if policy in seen:
            raise BadInput(f'"{frequency}" line {line}: policy {policy} is there twice')
        seen.add(policy)
        for name in (*NUMBERS, "Exposure", "ClaimNb"):
            columns[name].append(_number(frequency, line, name, row[name]))
        if columns["Exposure"][-1] <= 0:
            raise BadInput(f'"{frequency}" line {line}: Exposure is {row["Exposure"]}, must be above 0')
        columns["paid"].append(paid.get(policy, 0))
        for name in WORDS:
            columns[name].append(codes[name].setdefault(row[name], len(codes[name])))
    orphans = sum(count for policy, count in paid.items() if policy not in seen)
    return _cleaned({name: np.frombuffer(values) for name, values in columns.items()}, codes, orphans)


def _cleaned(columns: dict[str, np.ndarray], codes: dict[str, dict[str, int]], orphans: int) -> FrequencyClaims:
    paid, exposure, told = columns["paid"], columns["Exposure"], columns["ClaimNb"]
    # Codes by name, not by first appearance, so that the order of the file does not matter.
    order = {name: np.argsort(np.argsort(list(codes[name]))) for name in WORDS}
    words = {name: order[name][columns[name].astype(np.int64)] for name in WORDS}
    profile = np.zeros(len(paid), dtype=np.int64)
    for factor in (*(columns[name] for name in NUMBERS), *words.values()):
        values, place = np.unique(factor, return_inverse=True)
        profile = np.unique(profile * len(values) + place, return_inverse=True)[1]
    return FrequencyClaims(
        claims=np.minimum(paid, MOST_CLAIMS),
        exposure=np.minimum(exposure, 1.0),
        numbers={name: columns[name] for name in NUMBERS},
        words=words,
        profile=profile,
        cleaning={
            "policies": len(paid),
            "exposureCapped": int((exposure > 1).sum()),
            "claimsToldByFrequencyFile": int(told.sum()),
            "claimsWithAmount": int(paid.sum()),
            "claimsCutByCapOf4": int((paid - np.minimum(paid, MOST_CLAIMS)).sum()),
            "claimsWithoutPolicy": orphans,
            "distinctProfiles": int(profile.max()) + 1,
        },
    )


def _claims_by_policy(path: Path) -> Counter[str]:
    claims: Counter[str] = Counter()
    for line, row in _rows(path, ("IDpol", "ClaimAmount")):
        if _number(path, line, "ClaimAmount", row["ClaimAmount"]) > 0:
            claims[row["IDpol"]] += 1
    return claims


def _rows(path: Path, needed: tuple[str, ...]):
    """Line number and row of a CSV, gzipped or not."""
    try:
        with gzip.open(path, "rt", newline="") if path.suffix == ".gz" else path.open(newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in needed if name not in (reader.fieldnames or [])]
            if missing:
                raise BadInput(f'reading "{path}": no column {", ".join(missing)}')
            yield from enumerate(reader, 2)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadInput(f'reading "{path}": {error}') from error


def _number(path: Path, line: int, name: str, text: str | None) -> float:
    try:
        value = float(text or "")
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or value < 0:
        raise BadInput(f'"{path}" line {line}: {name} is "{text}", must be a number of at least 0')
    return value
