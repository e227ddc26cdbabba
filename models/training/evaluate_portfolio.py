"""The driver model on simulated drivers that training never saw, each number beside its ceiling and with its 95 % interval.

Margins and risks are those of the production code (`score-table.ts`); features are the TypeScript's too.
"""

import dataclasses
import json
from pathlib import Path

import numpy as np
import xgboost as xgb

from bad_input import BadInput
from driver_model import EXPOSURE_UNIT_KM, exposure_of, percent_rank
from glm import glm_rate
from intervals import bootstrap, estimate, percentile_estimate
from metrics import area_gini, auc, calibration, deviance_skill, explained_variance, lorenz_curve, mae, poisson_deviances, r2, rmse
from tables import Table, read_table

REPLICATES = 200
PERTURBED_ROWS = 10_000
FOLDS = 5
# Below this nobody has a score: fewer kilometres on which events could be graded say nothing.
LEAST_JUDGED_KM = 5.0
SCORE_COLUMNS = ("margin", "relativity", "risk", "low", "high")


def evaluate_portfolio(artifact: Path, tables: Path, names: list[str], seed: int) -> dict:
    """Judges `artifact` on each held-out table; `names[0]` is the one for claims. @raises BadInput"""
    manifest = json.loads((artifact / "manifest.json").read_text())
    if manifest.get("kind") != "driver":
        raise BadInput(f'"{artifact}" is a {manifest.get("kind")} model: give the folder of a driver model')
    booster = xgb.Booster(model_file=artifact / "model.json")
    parts = {name: _columns(read_table(tables, name), manifest["features"]) for name in names}
    first = parts[names[0]]
    out = {
        "model": {"name": manifest["name"], "version": manifest["version"], "features": len(manifest["features"])},
        "note": "simulated drivers that training never saw; true rank: by the claims per km that driving explains, without frailty",
        "rank": {name: _rank(table, _scores(tables, name, table), seed) for name, table in parts.items()},
        "claims": _claims(first, _scores(tables, names[0], first), manifest.get("glm"), seed),
        "monotone": _monotone(booster, first, seed),
    }
    return out


def _columns(table: Table, features: list[str]) -> Table:
    """The table with the features of a model alone, in its order."""
    columns = [table.feature_names.index(name) for name in features]
    monotone = [table.monotone[column] for column in columns]
    return dataclasses.replace(table, feature_names=features, monotone=monotone, features=table.features[:, columns])


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
    truth, everything = percent_rank(hazard)[scored], percent_rank(hazard * table.labels["frailty"])[scored]
    best = _best_rank(np.column_stack([table.features[scored], scores["margin"][scored]]), truth, seed)
    risk, low, high = (scores[name][scored] for name in ("risk", "low", "high"))
    inside = (low <= truth) & (truth <= high)
    return {
        "drivers": len(truth),
        "unscored": int(np.sum(~scored)),
        "medianObservedKm": round(float(np.median(table.labels["observedKm"])), 1),
        "risk": _errors(truth, risk, seed),
        "ceilingOfFeatures": _errors(truth, best, seed),
        "againstRankWithFrailty": _errors(everything, risk, seed),
        "ceilingWithFrailty": _errors(everything, truth, seed),
        "shareInside90PercentInterval": _mean(inside),
        "meanIntervalWidth": _mean(high - low),
    }


def _best_rank(features: np.ndarray, truth: np.ndarray, seed: int) -> np.ndarray:
    """What features say of the rank at best, as far as these drivers let one learn it: boosters that are told the true rank, out of fold.

    `features` hold the model's own margin too, so that they know at least as much. The ceiling that a large portfolio gives is in the manifest
    (`metrics.rankR2`).
    """
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(truth))
    out = np.empty(len(truth))
    parameters = {"max_depth": 4, "eta": 0.04, "subsample": 0.7, "colsample_bytree": 0.5, "min_child_weight": 10, "nthread": 2, "seed": seed}
    for number in range(FOLDS):
        test = fold == number
        model = xgb.train(parameters, xgb.DMatrix(features[~test], label=truth[~test]), num_boost_round=300)
        out[test] = model.predict(xgb.DMatrix(features[test]))
    return out


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


def _claims(table: Table, scores: dict[str, np.ndarray], glm: dict | None, seed: int) -> dict:
    """Deviance skill, Gini and calibration of booster, GLM and truth; and how well one year's claims can be told at all."""
    exposure, claims = exposure_of(table), table.labels["claims"].astype(np.float64)
    rate = {
        "booster": np.exp(scores["margin"]),
        **({"glm": glm_rate(glm, table.features, table.feature_names)} if glm else {}),
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
    if glm:
        two = np.column_stack([poisson_deviances(claims, exposure * rate[name]) for name in ("booster", "glm")])
        skill["boosterOverGlm"] = _over(two, seed)
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
            **({"glm": _auc(year, rate["glm"], seed)} if glm else {}),
            "ceiling": _auc(year, rate["ceiling"], seed),
            "ceilingTimesExposure": _auc(year, rate["ceiling"] * km, seed),
        },
    }


def _over(deviances: np.ndarray, seed: int) -> dict:
    """1 - deviance of the first / deviance of the second, paired."""
    draws = bootstrap(lambda weights: np.array([1 - (weights @ deviances[:, 0]) / (weights @ deviances[:, 1])]), np.arange(len(deviances)), seed, REPLICATES)
    return percentile_estimate(1 - deviances[:, 0].sum() / deviances[:, 1].sum(), draws[:, 0])


def _auc(claims: np.ndarray, score: np.ndarray, seed: int) -> dict:
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(REPLICATES):
        pick = rng.integers(0, len(claims), len(claims))
        draws.append(auc(claims[pick], score[pick]))
    return percentile_estimate(auc(claims, score), np.array(draws))


def _monotone(booster: xgb.Booster, table: Table, seed: int) -> dict:
    """Each feature that may only raise (or lower) the risk is moved that way in each row: how often did the margin go the other way?"""
    rng = np.random.default_rng(seed)
    rows = table.features[rng.integers(0, len(table.features), PERTURBED_ROWS)]
    before = booster.predict(xgb.DMatrix(rows), output_margin=True)
    moved, violations, checked = [], {}, 0
    for column, (name, monotone) in enumerate(zip(table.feature_names, table.monotone, strict=True)):
        if monotone == 0:
            continue
        worse = rows.copy()
        # A feature that all have alike is moved by one of its unit.
        spread = np.nanstd(table.features[:, column]) or 1.0
        worse[:, column] += (monotone * spread * rng.exponential(1, len(rows))).astype(np.float32)
        known = ~np.isnan(rows[:, column])
        after = booster.predict(xgb.DMatrix(worse), output_margin=True)
        checked += int(known.sum())
        if np.any(after[known] != before[known]):
            moved.append(name)
        fell = int(np.sum(after[known] < before[known]))
        if fell:
            violations[name] = fell
    constrained = [name for name, monotone in zip(table.feature_names, table.monotone, strict=True) if monotone]
    return {
        "rows": PERTURBED_ROWS,
        "features": len(constrained),
        "withoutEffect": [name for name in constrained if name not in moved],
        "perturbations": checked,
        "violations": sum(violations.values()),
        "byFeature": violations,
    }
