"""The driver model: claim frequency by a monotone, shallow booster with log-km as offset; a Poisson GLM beside it."""

import numpy as np
import xgboost as xgb
from scipy.stats import rankdata

from artifact import Artifact, native_margin
from credibility import fit_credibility
from glm import fit_glm, glm_rate
from metrics import deviance_skill, r2
from tables import Table, split_by_driver

ROUNDS = 400

# Exposure in 100,000 km keeps the margin near zero, where float32 sums are exact to 1e-6.
EXPOSURE_UNIT_KM = 100_000.0

# Claims of a coverage that the portfolio has, by their label; theft and hail do not follow how one drives.
COVERAGES = {"liability": "claims", "collision": "collisionClaims"}


def booster_parameters(monotone: list[int], base_rate: float, seed: int, device: str = "cpu") -> dict:
    """XGBoost's parameters: chosen by the deviance of claims of drivers that were held out, never by the simulator's truth."""
    return {
        "objective": "count:poisson",
        "base_score": base_rate,
        "max_depth": 3,
        "eta": 0.06,
        "min_child_weight": 20,
        "subsample": 0.6,
        "colsample_bytree": 0.5,
        "lambda": 2.0,
        "max_delta_step": 0.5,
        "monotone_constraints": tuple(monotone),
        "tree_method": "hist",
        "device": device,
        "nthread": 2,
        "seed": seed,
    }


def train_driver_model(table: Table, newcomers: Table, seed: int, device: str = "cpu") -> Artifact:
    """Trains on the claims of all drivers. What the manifest says of it is of a model of three quarters of them, on the others.

    `newcomers` are drivers of whom little was seen and from whom nothing is learnt but how far a margin of few kilometres is to be believed.
    """
    exposure, claims = exposure_of(table), table.labels["claims"].astype(np.float64)
    train, test = split_by_driver(table, seed)
    part = _train(table, train, exposure, claims, seed, device)
    margins = native_margin(part, table.features[test])
    metrics = _evaluate(table, train, test, margins, seed)
    coverages = {name: _slope(margins, exposure[test], table.labels[label][test]) for name, label in COVERAGES.items()}
    everyone = np.ones(len(claims), dtype=bool)
    booster = _train(table, everyone, exposure, claims, seed, device)
    reference = native_margin(booster, table.features).astype(np.float64)
    # The portfolio's base: the margin at which expected and observed claims agree.
    off_balance = float(np.log(claims.sum() / (np.exp(reference) * exposure).sum()))
    base_margin = float(np.log(claims.sum() / exposure.sum()))
    judged = newcomers.labels["gradableKm"] > 0
    new_margins = native_margin(booster, newcomers.features[judged])
    credibility = fit_credibility(new_margins, np.log(newcomers.labels["hazardPerKm"][judged]), newcomers.labels["gradableKm"][judged])
    return Artifact(
        name="driver-risk",
        kind="driver",
        booster=booster,
        table=table,
        base_margin=base_margin,
        reference_margins=reference,
        metrics=metrics,
        glm=fit_glm(table, everyone, exposure, claims),
        card=_card(table, metrics, _used(booster, table), coverages, credibility),
        calibration={
            "portfolioMargin": round(base_margin - off_balance, 9),
            **credibility,
            "coverages": {name: {"slope": round(slope, 4)} for name, slope in coverages.items()},
        },
    )


def exposure_of(table: Table) -> np.ndarray:
    """What claims are of: years at kilometres a year, in EXPOSURE_UNIT_KM."""
    return table.labels["years"].astype(np.float64) * table.labels["kmPerYear"] / EXPOSURE_UNIT_KM


def _train(table: Table, rows: np.ndarray, exposure: np.ndarray, claims: np.ndarray, seed: int, device: str) -> xgb.Booster:
    base_rate = float(claims[rows].sum() / exposure[rows].sum())
    data = xgb.DMatrix(table.features[rows], label=claims[rows], base_margin=np.log(exposure[rows] * base_rate))
    return xgb.train(booster_parameters(table.monotone, base_rate, seed, device), data, num_boost_round=ROUNDS)


def _evaluate(table: Table, train: np.ndarray, test: np.ndarray, margins: np.ndarray, seed: int) -> dict:
    exposure, claims = exposure_of(table), table.labels["claims"].astype(np.float64)
    hazard = table.labels["hazardPerKm"].astype(np.float64) * EXPOSURE_UNIT_KM
    null = exposure[test] * claims[train].sum() / exposure[train].sum()
    glm = fit_glm(table, train, exposure, claims)
    rate = {"booster": np.exp(margins), "glm": glm_rate(glm, table.features[test], table.feature_names), "ceiling": hazard[test]}
    rank = percent_rank(hazard[test])
    told = _told_the_truth(table, train, test, percent_rank(hazard), seed)
    return {
        "rows": int(len(claims)),
        "claims": int(claims.sum()),
        "trainingDrivers": int(train.sum()),
        "heldOutDrivers": int(test.sum()),
        "devianceSkill": {name: round(deviance_skill(claims[test], exposure[test] * one, null), 4) for name, one in rate.items()},
        "rankR2": {
            **{name: round(r2(rank, percent_rank(one)), 4) for name, one in rate.items() if name != "ceiling"},
            "ceilingOfFeatures": round(r2(rank, told), 4),
        },
    }


def _told_the_truth(table: Table, train: np.ndarray, test: np.ndarray, truth: np.ndarray, seed: int) -> np.ndarray:
    """What the features say of the rank at best: a larger booster that learns the true rank itself instead of claims."""
    parameters = {"max_depth": 6, "eta": 0.08, "subsample": 0.7, "colsample_bytree": 0.5, "min_child_weight": 20, "nthread": 2, "seed": seed}
    model = xgb.train(parameters, xgb.DMatrix(table.features[train], label=truth[train]), num_boost_round=300)
    return model.predict(xgb.DMatrix(table.features[test])).astype(np.float64)


def percent_rank(values: np.ndarray) -> np.ndarray:
    """Rank of each value, 0 to 100."""
    return (rankdata(values) - 1) / (len(values) - 1) * 100


def _slope(margins: np.ndarray, exposure: np.ndarray, claims: np.ndarray) -> float:
    """How the log frequency of a coverage follows the margin: a Poisson regression with a constant and one slope, by Newton's method."""
    x = np.column_stack([np.ones(len(margins)), margins])
    effect = np.array([np.log(claims.sum() / exposure.sum()), 0.0])
    for _ in range(50):
        expected = exposure * np.exp(x @ effect)
        step = np.linalg.solve(x.T @ (x * expected[:, None]), x.T @ (claims - expected))
        effect += step
        if np.max(np.abs(step)) < 1e-10:
            break
    return float(effect[1])


def _used(booster: xgb.Booster, table: Table) -> set[str]:
    return {table.feature_names[int(name[1:])] for name in booster.get_score(importance_type="weight")}


def _card(table: Table, metrics: dict, used: set[str], coverages: dict[str, float], credibility: dict) -> str:
    skill, rank = metrics["devianceSkill"], metrics["rankR2"]
    unused = ", ".join(name for name in table.feature_names if name not in used) or "none"
    return f"""# driver-risk

**What it says.** The logarithm of a driver's expected claims per 100,000 km, from {len(table.feature_names)} features that are
pure functions of trip statistics. The price uses the exponential of its distance from the portfolio; people see a rank 0-100.

**What it was trained on.** {metrics["claims"]:,} claims of {metrics["rows"]:,} drivers of a simulated portfolio: ten to 150 days of trips each, claims of
up to ten years. The trips come from a generator that is fitted to more than 300 h of physically simulated driving, replayed through the agent's
own pipeline, so that the car's errors are in the features (`models/training/portfolio`). Kilometres enter as an offset and are no feature; data quality is
none, nor is evidence below grade A: no use of a phone, no seconds above a limit that is not sure. Every harsh and speeding rate, and what goes with an event (strength,
jerk, unevenness between trips), is constrained to raise the risk, calm pedals to lower it; of speeding it sees the log and coach bands, the count band is the discount's. Features without a split, of which it learnt nothing: {unused}.

**Where claims come from.** From what is latent in a driver, never from the features: speed above the limit (power 2: Nilsson 2004), haste (an effect is
Simons-Morton 2012's, its size our assumption), the gap to the car ahead (an effect is Wang 2021's, its size ours), phone in the hand (relative risk 2.84:
Farmer 2015), looking away (2.0: Dingus 2016), clumsiness (ours), class of road (order after Destatis, sizes ours), night (square root of the 3.13 of fatal
crashes in Accid. Anal. Prev. 142, 105576), and a gamma frailty of variance 0.4 that no sensor can see. The formula is `models/training/portfolio/hazard.ts`.

**How good it is, on {metrics["heldOutDrivers"]:,} held-out drivers.** Deviance skill over the null model: booster {skill["booster"]}, Poisson GLM
{skill["glm"]}, ceiling (the true hazard without frailty) {skill["ceiling"]}. R2 of the rank against the true rank: booster {rank["booster"]}, GLM {rank["glm"]};
{rank["ceilingOfFeatures"]} is what a booster reaches with these features that is told the true rank. Everything else, with intervals and beside its ceiling, by
`npm run models:evaluate`. These numbers are of a simulated portfolio. On real claims an honest area under the curve is about 0.6.

**How sure it is of one driver.** Credibility n / (n + {credibility["credibilityKm"]:.0f} km); of what makes drivers differ it explains {100 * credibility["mostExplained"]:.0f} % at
most, however much they drive. By coverage, the log frequency follows the margin with slope {", ".join(f"{name} {slope:.2f}" for name, slope in coverages.items())}.

**What it is not for.** It knows no real claim. An insurer has to train it on its own claims before it sets a real price.
"""
