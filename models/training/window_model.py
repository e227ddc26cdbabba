"""The window model: the chance of a conflict or a count-band event in the next 60 s from the last 10 s. Advice only, it never enters a price."""

import numpy as np
import xgboost as xgb
from sklearn.linear_model import LogisticRegression

from artifact import Artifact, native_margin
from metrics import auc, log_loss
from tables import Table, split_by_driver, standardised

ROUNDS = 40


def train_window_model(table: Table, seed: int, device: str = "cpu") -> Artifact:
    """Trains on column `eventAhead` (0 or 1), judges on drivers that training never saw."""
    train, test = split_by_driver(table, seed)
    label = table.labels["eventAhead"].astype(np.float64)
    base = float(label[train].mean())
    booster = xgb.train(
        {
            "objective": "binary:logistic",
            "base_score": base,
            "max_depth": 3,
            "eta": 0.03,
            # Windows of a minute share its event: there are far fewer events than rows.
            "min_child_weight": 300,
            "subsample": 0.5,
            "colsample_bytree": 0.5,
            "lambda": 50.0,
            "monotone_constraints": tuple(table.monotone),
            "tree_method": "hist",
            "device": device,
            "nthread": 2,
            "seed": seed,
        },
        xgb.DMatrix(table.features[train], label=label[train]),
        num_boost_round=ROUNDS,
    )
    margins = native_margin(booster, table.features)
    metrics = _evaluate(table, train, test, margins, label, base)
    return Artifact(
        name="window-risk",
        kind="window",
        booster=booster,
        table=table,
        base_margin=float(np.log(base / (1 - base))),
        reference_margins=margins,
        metrics=metrics,
        card=_card(table, metrics),
    )


def _evaluate(table: Table, train: np.ndarray, test: np.ndarray, margins: np.ndarray, label: np.ndarray, base: float) -> dict:
    scaled = standardised(table, train)
    glm = LogisticRegression(max_iter=500).fit(scaled[train], label[train]).predict_proba(scaled)[:, 1]
    null = log_loss(label[test], np.full(int(test.sum()), base))
    probability = 1 / (1 + np.exp(-margins))
    return {
        "rows": int(len(label)),
        "trainingDrivers": int(len(np.unique(table.driver[train]))),
        "heldOutDrivers": int(len(np.unique(table.driver[test]))),
        "baseRate": round(float(label[test].mean()), 5),
        "auc": {"booster": round(auc(label[test], margins[test]), 4), "glm": round(auc(label[test], glm[test]), 4)},
        "logLossSkill": {
            "booster": round(1 - log_loss(label[test], probability[test]) / null, 4),
            "glm": round(1 - log_loss(label[test], glm[test]) / null, 4),
        },
    }


def _card(table: Table, metrics: dict) -> str:
    return f"""# window-risk

**What it says.** The log-odds that a harsh event of the count band begins, or a conflict happens, within the next 60 s, from {len(table.feature_names)}
features of the last 100 motion samples (10 s). Shown as 0-100 by rank in the windows it was trained on. Advice to the driver: it never
enters a price.

**What it was trained on.** {metrics["rows"]} windows of {metrics["trainingDrivers"] + metrics["heldOutDrivers"]} simulated drivers, replayed through the
agent's own pipeline. The label comes from the simulated car's true accelerations and near-crashes, never from the features. No time column, split by driver.

**How good it is, on {metrics["heldOutDrivers"]} held-out drivers.** Area under the curve: booster {metrics["auc"]["booster"]}, logistic GLM
{metrics["auc"]["glm"]}, at a base rate of {metrics["baseRate"]}. Log-loss skill over the base rate: booster {metrics["logLossSkill"]["booster"]},
GLM {metrics["logLossSkill"]["glm"]}. These numbers are of simulated driving.

Where the GLM is as good or better, that is how it is: there are few events to learn from, and the booster is kept because it stays monotone and explains itself.

**What it is not for.** Judging a person, pricing, or any decision that is not the driver's own.
"""
