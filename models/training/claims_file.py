"""An insurer's own claims: `driver_id,exposure_km,claims[,claim_amount_minor][,group]`, and group labels `driver_id,group`."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bad_input import BadInput

MOST_PROBLEMS = 20
NEEDED = ("driver_id", "exposure_km", "claims")
ALLOWED = (*NEEDED, "claim_amount_minor", "group")
WHOLE = re.compile(r"\d{1,15}")


@dataclass(frozen=True)
class ClaimsFile:
    """Rows in the order of the file: `drivers` their ids, arrays of shape (rows,); `amount_minor` and `groups` where told."""

    drivers: list[str]
    exposure_km: np.ndarray
    claims: np.ndarray
    amount_minor: np.ndarray | None
    groups: list[str] | None


def read_claims_file(path: Path, known: set[str]) -> ClaimsFile:
    """Reads and checks every row. @raises BadInput that lists what is wrong, each with its line; `known` are the table's drivers"""
    fields, rows = _read(path)
    missing, unknown = [name for name in NEEDED if name not in fields], [name for name in fields if name not in ALLOWED]
    if missing or unknown:
        what = f"no column {', '.join(missing)}" if missing else f"unknown column {', '.join(unknown)}"
        raise BadInput(f'reading "{path}": {what}; the columns are {", ".join(NEEDED)} and, where there are any, {", ".join(ALLOWED[3:])}')
    problems: list[str] = []
    line_of: dict[str, int] = {}
    for line, row in rows:
        for problem in _problems(row, fields, line_of, known):
            problems.append(f"line {line}: {problem}")
        line_of.setdefault(row["driver_id"] or "", line)
    _refuse(path, problems)
    if not rows:
        raise BadInput(f'reading "{path}": it has no row')

    def column(name: str) -> list[str]:
        return [row[name] or "" for _, row in rows]

    return ClaimsFile(
        drivers=column("driver_id"),
        exposure_km=np.array([float(text) for text in column("exposure_km")]),
        claims=np.array([float(text) for text in column("claims")]),
        amount_minor=np.array([float(text or 0) for text in column("claim_amount_minor")]) if "claim_amount_minor" in fields else None,
        groups=column("group") if "group" in fields else None,
    )


def read_group_labels(path: Path, drivers: list[str]) -> list[str]:
    """The label of each of `drivers`. @raises BadInput where a driver has none, or two; labels of other drivers are passed over"""
    fields, rows = _read(path)
    if sorted(fields) != ["driver_id", "group"]:
        raise BadInput(f'reading "{path}": the columns are {", ".join(fields) or "none"}, must be driver_id and group')
    label_of: dict[str, str] = {}
    problems = []
    for line, row in rows:
        driver, label = row["driver_id"], row["group"]
        if not driver or not label:
            problems.append(f"line {line}: {'driver_id' if not driver else 'group'} is blank")
        elif driver in label_of:
            problems.append(f'line {line}: driver "{driver}" is there twice')
        else:
            label_of[driver] = label
    _refuse(path, problems)
    without = [driver for driver in drivers if driver not in label_of]
    if without:
        named = ", ".join(f'"{driver}"' for driver in without[:5])
        raise BadInput(f'reading "{path}": {len(without)} drivers of the claims have no group: {named}; write "unknown" where it is not known')
    return [label_of[driver] for driver in drivers]


def _read(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str | None]]]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            rows = [(reader.line_num, {key: _stripped(value) for key, value in row.items()}) for row in reader]
            fields = list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f'reading "{path}": {error}') from error
    _refuse(path, [f"line {line}: more values than the {len(fields)} columns" for line, row in rows if "" in row])
    return fields, rows


def _stripped(value: str | list[str] | None) -> str | None:
    return value.strip() if isinstance(value, str) else None


def _problems(row: dict[str, str | None], fields: list[str], line_of: dict[str, int], known: set[str]) -> list[str]:
    """What is wrong with one row, in sentences."""
    out = []
    driver = row["driver_id"]
    if not driver:
        out.append("driver_id is blank")
    elif driver in line_of:
        out.append(f'driver "{driver}" is there already, on line {line_of[driver]}; add the rows up to one a driver')
    elif driver not in known:
        out.append(f'driver "{driver}" is not in the driver table')
    try:
        exposure = float(row["exposure_km"] or "")
    except ValueError:
        exposure = float("nan")
    if not (np.isfinite(exposure) and exposure > 0):
        out.append(f'exposure_km is "{row["exposure_km"] or ""}", must be a number above 0')
    if not WHOLE.fullmatch(row["claims"] or ""):
        out.append(f'claims is "{row["claims"] or ""}", must be a whole number of at least 0')
    amount = row.get("claim_amount_minor")
    if amount and not WHOLE.fullmatch(amount):
        out.append(f'claim_amount_minor is "{amount}", must be a whole number of cents, or blank')
    elif amount and int(amount) > 0 and row["claims"] == "0":
        out.append(f"claim_amount_minor is {amount} with no claim")
    if "group" in fields and not row["group"]:
        out.append('group is blank; write "unknown" where it is not known')
    return out


def _refuse(path: Path, problems: list[str]) -> None:
    if not problems:
        return
    more = len(problems) - MOST_PROBLEMS
    shown = "\n  ".join(problems[:MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else []))
    raise BadInput(f'reading "{path}": {len(problems)} problem{"s" if len(problems) > 1 else ""}\n  {shown}')
