"""The driver model on simulated drivers that training never saw, each number beside its ceiling and with its 95 % interval.

Margins and risks are those of the production code (`score-table.ts`); features are the TypeScript's too.
"""

import json
from pathlib import Path

import numpy as np
import xgboost as xgb
from scipy.stats import rankdata

from bad_input import BadInput
from driver_model import EXPOSURE_UNIT_KM, exposure_of, glm_rates
from intervals import bootstrap, estimate, percentile_estimate
from metrics import area_gini, auc, calibration, deviance_skill, explained_variance, lorenz_curve, mae, poisson_deviances, r2, rmse
from tables import Table, read_table, split_by_driver

REPLICATES = 200
PERTURBED_ROWS = 10_000
# Below this nobody has a score: fewer kilometres on which events could be graded say nothing.
LEAST_JUDGED_KM = 5.0
SCORE_COLUMNS = ("margin", "relativity", "risk", "low", "high")


def evaluate_portfolio(artifact: Path, tables: Path, names: list[str], seed: int) -> dict:
    """Judges `artifact` on each held-out table; `names[0]` is the one for claims. @raises BadInput"""
    manifest = json.loads((artifact / "manifest.json").read_text())
    booster = xgb.Booster(model_file=artifact / "model.json")
    parts = {name: read_table(tables, name) for name in names}
    first = parts[names[0]]
    out = {
        "model": {"name": manifest["name"], "version": manifest["version"], "features": len(manifest["features"])},
        "note": "simulated drivers that training never saw; true rank: by the claims per km that driving explains, without frailty",
        "rank": {name: _rank(table, _scores(tables, name, table), seed) for name, table in parts.items()},
        "claims": _claims(first, _scores(tables, names[0], first), seed),
        "monotone": _monotone(booster, first, seed),
    }
    return out


def _scores(folder: Path, name: str, table: Table) -> dict[str, np.ndarray]:
    path = folder / f"{name}.scores.f32"
    rows = np.fromfile(path, dtype="<f4").reshape(-1, len(SCORE_COLUMNS)).astype(np.float64)
    if len(rows) != len(table.features):
        raise BadInput(f'"{path}" has {len(rows)} rows, table "{name}" has {len(table.features)}: score it again')
    return dict(zip(SCORE_COLUMNS, rows.T))


def _rank(table: Table, scores: dict[str, np.ndarray], seed: int) -> dict:
    """Risk 0-100 against the true rank 0-100 of those who have a score, beside what the same features could say at best and what luck leaves."""
    scored = table.labels["gradableKm"] >= LEAST_JUDGED_KM
    hazard = table.labels["hazardPerKm"].astype(np.float64)
    truth, everything = _percent(hazard)[scored], _percent(hazard * table.labels["frailty"])[scored]
    test, best = _best_rank(table.features[scored], truth, seed)
    risk, low, high = (scores[name][scored] for name in ("risk", "low", "high"))
    inside = (low <= truth) & (truth <= high)
    return {
        "drivers": len(truth),
        "unscored": int(np.sum(~scored)),
        "medianObservedKm": round(float(np.median(table.labels["observedKm"])), 1),
        "risk": _errors(truth, risk, seed),
        "ceilingOfFeatures": _errors(truth[test], best, seed),
        "againstRankWithFrailty": _errors(everything, risk, seed),
        "ceilingWithFrailty": _errors(everything, truth, seed),
        "shareInside90PercentInterval": _mean(inside),
        "meanIntervalWidth": _mean(high - low),
    }


def _best_rank(features: np.ndarray, truth: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The noise ceiling: rows that a booster was not told of, and what it says of them once told the true rank of the others."""
    test = np.random.default_rng(seed).random(len(truth)) < 0.3
    train = ~test
    parameters = {"max_depth": 4, "eta": 0.04, "subsample": 0.7, "colsample_bytree": 0.4, "min_child_weight": 10, "nthread": 2, "seed": seed}
    model = xgb.train(parameters, xgb.DMatrix(features[train], label=truth[train]), num_boost_round=500)
    return test, model.predict(xgb.DMatrix(features[test])).astype(np.float64)


def _errors(truth: np.ndarray, predicted: np.ndarray, seed: int) -> dict:
    measures = {"r2": r2, "explainedVariance": explained_variance, "rmse": rmse, "mae": mae}
    rng = np.random.default_rng(seed)
    picks = [rng.integers(0, len(truth), len(truth)) for _ in range(REPLICATES)]
    return {
        name: percentile_estimate(measure(truth, predicted), np.array([measure(truth[pick], predicted[pick]) for pick in picks]))
        for name, measure in measures.items()
    }


def _mean(values: np.ndarray) -> dict:
    values = values.astype(np.float64)
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return estimate(values.mean(), values.mean() - half, values.mean() + half)


def _claims(table: Table, scores: dict[str, np.ndarray], seed: int) -> dict:
    """Deviance skill, Gini and calibration of booster, GLM and truth; and how well one year's claims can be told at all."""
    exposure, claims = exposure_of(table), table.labels["claims"].astype(np.float64)
    rate = {
        "booster": np.exp(scores["margin"]),
        "glm": glm_rates(*_halves(table, exposure, claims, seed)),
        "ceiling": table.labels["hazardPerKm"].astype(np.float64) * EXPOSURE_UNIT_KM,
    }
    null = np.full(len(claims), claims.sum() / exposure.sum())
    clusters = np.arange(len(claims))
    curves = {name: lorenz_curve(exposure, claims, one) for name, one in rate.items()}
    skill, gini = {}, {}
    for name, one in rate.items():
        deviances = np.column_stack([poisson_deviances(claims, exposure * one), poisson_deviances(claims, exposure * null)])
        draws = bootstrap(lambda weights, d=deviances: np.array([1 - (weights @ d[:, 0]) / (weights @ d[:, 1])]), clusters, seed, REPLICATES)
        skill[name] = percentile_estimate(deviance_skill(claims, exposure * one, exposure * null), draws[:, 0])
        draws = bootstrap(lambda weights, c=curves[name]: np.array([area_gini(c(weights))]), clusters, seed, REPLICATES)
        gini[name] = percentile_estimate(area_gini(curves[name]()), draws[:, 0])
    year = np.random.default_rng(seed).poisson(table.labels["hazardPerKm"] * table.labels["frailty"] * table.labels["kmPerYear"])
    km = table.labels["kmPerYear"].astype(np.float64)
    return {
        "drivers": len(claims),
        "claims": int(claims.sum()),
        "devianceSkill": skill,
        "gini": gini,
        "calibrationByDecile": {name: calibration(exposure, claims, exposure * one) for name, one in rate.items() if name != "ceiling"},
        "aucOfAYearsClaims": {
            "exposureAlone": _auc(year, km, seed),
            "booster": _auc(year, rate["booster"], seed),
            "boosterTimesExposure": _auc(year, rate["booster"] * km, seed),
            "glm": _auc(year, rate["glm"], seed),
            "ceiling": _auc(year, rate["ceiling"], seed),
            "ceilingTimesExposure": _auc(year, rate["ceiling"] * km, seed),
        },
    }


def _halves(table: Table, exposure: np.ndarray, claims: np.ndarray, seed: int):
    train, _ = split_by_driver(table, seed, held_out=0.5)
    return table, train, exposure, claims


def _auc(claims: np.ndarray, score: np.ndarray, seed: int) -> dict:
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(REPLICATES):
        pick = rng.integers(0, len(claims), len(claims))
        draws.append(auc(claims[pick], score[pick]))
    return percentile_estimate(auc(claims, score), np.array(draws))


def _monotone(booster: xgb.Booster, table: Table, seed: int) -> dict:
    """Each feature that may only raise the risk is raised in each row: how often did the margin fall?"""
    rng = np.random.default_rng(seed)
    rows = table.features[rng.integers(0, len(table.features), PERTURBED_ROWS)]
    before = booster.predict(xgb.DMatrix(rows), output_margin=True)
    violations, checked = {}, 0
    for column, (name, monotone) in enumerate(zip(table.feature_names, table.monotone)):
        if not monotone:
            continue
        raised = rows.copy()
        spread = np.nanstd(table.features[:, column])
        raised[:, column] += (spread * rng.exponential(1, len(rows))).astype(np.float32)
        known = ~np.isnan(rows[:, column])
        after = booster.predict(xgb.DMatrix(raised), output_margin=True)
        checked += int(known.sum())
        fell = int(np.sum(after[known] < before[known]))
        if fell:
            violations[name] = fell
    return {"rows": PERTURBED_ROWS, "features": int(sum(table.monotone)), "perturbations": checked, "violations": sum(violations.values()), "byFeature": violations}


def _percent(values: np.ndarray) -> np.ndarray:
    """Rank of each value, 0 to 100."""
    return (rankdata(values) - 1) / (len(values) - 1) * 100
