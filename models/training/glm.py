"""The Poisson GLM that stands beside the booster: fitted to the same claims, kept in the manifest, judged on the same rows."""

import numpy as np
from sklearn.linear_model import PoissonRegressor

from tables import Table, standardised


def fit_glm(table: Table, train: np.ndarray, exposure: np.ndarray, claims: np.ndarray) -> dict:
    """Fits claims per unit of exposure on standardised features, unknown at the mean.

    Returns `intercept` and by feature `mean`, `spread` and `effect`: log rate = intercept + sum of effect (value - mean) / spread.
    """
    rows = table.features[train].astype(np.float64)
    known = ~np.isnan(rows)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, rows, 0).sum(axis=0) / count
    spread = np.sqrt(np.where(known, (rows - mean) ** 2, 0).sum(axis=0) / count)
    weight = exposure[train] / exposure[train].mean()
    model = PoissonRegressor(alpha=1e-4, max_iter=300)
    model.fit(standardised(table, train)[train], claims[train] / exposure[train], sample_weight=weight)
    columns = zip(table.feature_names, mean, np.where(spread > 0, spread, 1), model.coef_, strict=True)
    return {
        "intercept": float(model.intercept_),
        "features": {name: {"mean": float(m), "spread": float(s), "effect": float(e)} for name, m, s, e in columns},
    }


def glm_rate(glm: dict, features: np.ndarray, names: list[str]) -> np.ndarray:
    """Claims per unit of exposure of rows of shape (N, features)."""
    log_rate = np.full(len(features), glm["intercept"])
    for column, name in enumerate(names):
        about = glm["features"][name]
        log_rate += about["effect"] * np.nan_to_num((features[:, column].astype(np.float64) - about["mean"]) / about["spread"])
    return np.exp(log_rate)
