"""The driver model: claim frequency by a monotone, shallow booster with log-km as offset; a Poisson GLM beside it."""

import numpy as np
import xgboost as xgb
from sklearn.linear_model import PoissonRegressor

from artifact import Artifact, native_margin
from metrics import poisson_deviance, spearman
from tables import Table, split_by_driver, standardised

ROUNDS = 160

# Exposure in 100,000 km keeps the margin near zero, where float32 sums are exact to 1e-6.
EXPOSURE_UNIT_KM = 100_000.0


def train_driver_model(table: Table, seed: int) -> Artifact:
    """Draws claims from column `hazardPerKm`, trains, and judges on drivers that training never saw."""
    train, test = split_by_driver(table, seed)
    hazard = table.labels["hazardPerKm"].astype(np.float64) * EXPOSURE_UNIT_KM
    exposure = np.ones(len(hazard))
    claims = np.random.default_rng(seed).poisson(hazard * exposure).astype(np.float64)
    base_rate = float(claims[train].sum() / exposure[train].sum())
    booster = xgb.train(
        {
            "objective": "count:poisson",
            "base_score": base_rate,
            "max_depth": 3,
            "eta": 0.06,
            "min_child_weight": 20,
            "subsample": 0.8,
            "colsample_bytree": 0.6,
            "lambda": 5.0,
            "max_delta_step": 0.5,
            "monotone_constraints": tuple(table.monotone),
            "tree_method": "hist",
            "nthread": 2,
            "seed": seed,
        },
        xgb.DMatrix(table.features[train], label=claims[train], base_margin=np.log(exposure[train] * base_rate)),
        num_boost_round=ROUNDS,
    )
    margins = native_margin(booster, table.features)
    # The portfolio's base: the margin at which expected and observed claims of the training drivers agree.
    off_balance = float(np.log(claims[train].sum() / (np.exp(margins[train]) * exposure[train]).sum()))
    metrics = _evaluate(table, train, test, margins + off_balance, claims, exposure, base_rate)
    return Artifact(
        name="driver-risk",
        kind="driver",
        booster=booster,
        table=table,
        base_margin=float(np.log(base_rate)),
        reference_margins=margins,
        metrics=metrics,
        card=_card(table, metrics),
        calibration={"portfolioMargin": round(float(np.log(base_rate)) - off_balance, 9)},
    )


def _evaluate(
    table: Table,
    train: np.ndarray,
    test: np.ndarray,
    margins: np.ndarray,
    claims: np.ndarray,
    exposure: np.ndarray,
    base_rate: float,
) -> dict:
    hazard = table.labels["hazardPerKm"].astype(np.float64) * EXPOSURE_UNIT_KM
    glm = _glm(table, train, exposure, claims)
    null = poisson_deviance(claims[test], exposure[test] * base_rate)
    ceiling = poisson_deviance(claims[test], exposure[test] * hazard[test])

    def skill(rate: np.ndarray) -> float:
        return round(1 - poisson_deviance(claims[test], exposure[test] * rate[test]) / null, 4)

    return {
        "heldOutDrivers": int(len(np.unique(table.driver[test]))),
        "trainingDrivers": int(len(np.unique(table.driver[train]))),
        "rows": int(len(claims)),
        "devianceSkill": {"booster": skill(np.exp(margins)), "glm": skill(glm), "ceiling": round(1 - ceiling / null, 4)},
        "rankCorrelationWithTrueHazard": {
            "booster": round(spearman(margins[test], hazard[test]), 4),
            "glm": round(spearman(glm[test], hazard[test]), 4),
        },
    }


def _glm(table: Table, train: np.ndarray, exposure: np.ndarray, claims: np.ndarray) -> np.ndarray:
    """Claims per unit of exposure by a Poisson GLM on standardised features, unknown at the mean."""
    scaled = standardised(table, train)
    model = PoissonRegressor(alpha=1e-3, max_iter=1000)
    model.fit(scaled[train], claims[train] / exposure[train], sample_weight=exposure[train] / exposure[train].mean())
    return model.predict(scaled)


def _card(table: Table, metrics: dict) -> str:
    skill, rank = metrics["devianceSkill"], metrics["rankCorrelationWithTrueHazard"]
    return f"""# driver-risk

**What it says.** The logarithm of a driver's expected claims per 100,000 km, from {len(table.feature_names)} features that are
pure functions of trip statistics. The price uses the exponential of its distance from the portfolio; people see a rank 0-100.

**What it was trained on.** {metrics["rows"]} rows of {metrics["trainingDrivers"] + metrics["heldOutDrivers"]} simulated drivers,
replayed through the agent's own pipeline so that the car's errors are in the features. Claims are drawn from a hazard of the drivers'
latent parameters (haste, inattention, clumsiness, with published effects cited in `sim/src/truth`), never from the features; each row
stands for {EXPOSURE_UNIT_KM:,.0f} km of claims, far more than a year of one person, so that a small portfolio has claims to learn from.
Kilometres enter as an offset and are no feature. Every harsh, speeding and phone rate is constrained to raise the risk.

**How good it is, on {metrics["heldOutDrivers"]} held-out drivers.** Deviance skill over the null model: booster {skill["booster"]}, Poisson GLM
{skill["glm"]}, ceiling (the true hazard) {skill["ceiling"]}. Rank correlation with the true hazard: booster {rank["booster"]},
GLM {rank["glm"]}. These numbers are of a simulated portfolio. On real claims an honest area under the curve is about 0.6.

**What it is not for.** It knows no real claim. An insurer has to train it on its own claims before it sets a real price.
"""
