"""Writes one artifact folder: model.onnx, model.json, manifest.json, parity.json, MODEL_CARD.md."""

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
import xgboost as xgb

from export_onnx import export_onnx
from tables import Table

PARITY_ROWS = 48
PARITY_TOLERANCE = 1e-5


@dataclass
class Artifact:
    """A trained model with what its users need to know."""

    name: str
    kind: str
    booster: xgb.Booster
    table: Table
    base_margin: float
    reference_margins: np.ndarray
    metrics: dict
    card: str
    calibration: dict = field(default_factory=dict)
    # The GLM beside it, where there is one.
    glm: dict | None = None


def native_margin(booster: xgb.Booster, rows: np.ndarray) -> np.ndarray:
    """XGBoost's own margins of shape (N,), without an offset."""
    return booster.predict(xgb.DMatrix(rows), output_margin=True)


def write_artifact(artifact: Artifact, folder: Path, version: str, seed: int) -> None:
    """Writes the folder and proves that ONNX answers as XGBoost does, missing values included.

    Raises SystemExit where a margin differs by more than PARITY_TOLERANCE.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Drivers are scored by the thousand, windows one by one.
    export_onnx(artifact.booster, artifact.base_margin, folder / "model.onnx", many_rows=artifact.kind == "driver")
    (folder / "model.json").write_bytes(bytes(artifact.booster.save_raw("json")))
    worst = _write_parity(artifact, folder, seed)
    manifest = {
        "name": artifact.name,
        "version": version,
        "kind": artifact.kind,
        "featureVersion": artifact.table.about["featureVersion"],
        "features": artifact.table.feature_names,
        "files": {name: _sha256(folder / name) for name in ("model.onnx", "model.json", "parity.json")},
        "calibration": {
            "baseMargin": round(float(artifact.base_margin), 9),
            "riskQuantiles": _quantiles(artifact.reference_margins),
            **artifact.calibration,
        },
        "reference": _reference(artifact),
        **({"glm": artifact.glm} if artifact.glm else {}),
        "metrics": {**artifact.metrics, "parityMaxError": worst},
        "dataHash": artifact.table.data_hash,
        "seed": seed,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    (folder / "MODEL_CARD.md").write_text(artifact.card)


def _reference(artifact: Artifact) -> dict:
    """The training portfolio by deciles, for telling how far life has drifted from it."""
    features = {}
    for column, name in enumerate(artifact.table.feature_names):
        values = artifact.table.features[:, column]
        known = values[~np.isnan(values)]
        if len(known):
            features[name] = {"quantiles": _deciles(known), "unknownShare": round(1 - len(known) / len(values), 4)}
    return {"scoreQuantiles": _deciles(artifact.reference_margins), "features": features}


def _deciles(values: np.ndarray) -> list[float]:
    """Minimum, nine deciles, maximum."""
    return [float(f"{value:.6g}") for value in np.quantile(values.astype(np.float64), np.linspace(0, 1, 11))]


def _quantiles(margins: np.ndarray) -> list[float]:
    """Margins at risk 0, 1 … 100 of the frozen reference portfolio."""
    return [round(float(value), 6) for value in np.quantile(margins.astype(np.float64), np.linspace(0, 1, 101))]


def _write_parity(artifact: Artifact, folder: Path, seed: int) -> float:
    """Rows with XGBoost's margins and SHAP values, for the tests in TypeScript; returns ONNX's largest error over 10,000 rows."""
    rng = np.random.default_rng(seed)
    rows = artifact.table.features
    sample = rows[rng.integers(0, len(rows), 10_000)].copy()
    sample[rng.random(sample.shape) < 0.1] = np.nan
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    onnx_margins = session.run(["margin"], {"features": sample})[0][:, 0]
    worst = float(np.max(np.abs(onnx_margins - native_margin(artifact.booster, sample))))
    if not worst <= PARITY_TOLERANCE:
        raise SystemExit(f"{artifact.name}: ONNX differs from XGBoost by {worst}, more than {PARITY_TOLERANCE}")
    shown = sample[:PARITY_ROWS]
    shap = artifact.booster.predict(xgb.DMatrix(shown), pred_contribs=True)
    parity = {
        "rows": [[None if math.isnan(value) else float(value) for value in row] for row in shown],
        "margins": [float(value) for value in native_margin(artifact.booster, shown)],
        "contributions": [[float(value) for value in row] for row in shap],
    }
    (folder / "parity.json").write_text(json.dumps(parity) + "\n")
    return worst


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
