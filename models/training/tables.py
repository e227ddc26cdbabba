"""Reads the tables that the TypeScript wrote. No feature is computed here."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Table:
    """One table: `features` of shape (rows, features) in float32, unknown is NaN; one array a label column."""

    name: str
    feature_names: list[str]
    monotone: list[int]
    features: np.ndarray
    labels: dict[str, np.ndarray]
    data_hash: str
    about: dict

    @property
    def driver(self) -> np.ndarray:
        """The driver of each row; every split is by driver."""
        return self.labels["driver"].astype(np.int64)


def read_table(folder: Path, name: str) -> Table:
    """Reads `NAME.json` (columns) and `NAME.f32` (row-major little-endian float32) from a folder."""
    about = json.loads((folder / f"{name}.json").read_text())
    raw = (folder / f"{name}.f32").read_bytes()
    names = [column["name"] for column in about["features"]]
    width = len(names) + len(about["labels"])
    if not raw or len(raw) % (4 * width):
        raise SystemExit(f"{folder / name}.f32 has {len(raw)} bytes, no multiple of {width} float32 columns: write the tables again")
    rows = np.frombuffer(raw, dtype="<f4").reshape(-1, width)
    labels = {label: rows[:, len(names) + index] for index, label in enumerate(about["labels"])}
    return Table(
        name=name,
        feature_names=names,
        monotone=[column["monotone"] for column in about["features"]],
        features=np.ascontiguousarray(rows[:, : len(names)]),
        labels=labels,
        data_hash=hashlib.sha256(raw).hexdigest(),
        about=about,
    )


def split_by_driver(table: Table, seed: int, held_out: float = 0.25) -> tuple[np.ndarray, np.ndarray]:
    """Row masks (train, test) in which no driver is on both sides."""
    drivers = np.unique(table.driver)
    np.random.default_rng(seed).shuffle(drivers)
    test_drivers = drivers[: max(1, round(len(drivers) * held_out))]
    test = np.isin(table.driver, test_drivers)
    return ~test, test


def standardised(table: Table, train: np.ndarray) -> np.ndarray:
    """Features for a linear model: centred and scaled by the training rows, unknown at their mean; never-known columns are zero."""
    rows = table.features.astype(np.float64)
    known = ~np.isnan(rows[train])
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, rows[train], 0).sum(axis=0) / count
    spread = np.sqrt(np.where(known, (rows[train] - mean) ** 2, 0).sum(axis=0) / count)
    return np.nan_to_num((rows - mean) / np.where(spread > 0, spread, 1))
