"""A Poisson frequency GLM on freMTPL2 with log-exposure as offset, a booster beside it, both against the null model."""

import numpy as np
import xgboost as xgb
from sklearn.linear_model import PoissonRegressor

from frequency_claims import FrequencyClaims
from intervals import bootstrap, percentile_estimate
from metrics import area_gini, calibration, lorenz_curve, poisson_deviances

HELD_OUT = 0.25
REPLICATES = 300
CURVE = np.linspace(0, 1, 21)


def evaluate_frequency_claims(data: FrequencyClaims, seed: int) -> dict:
    """Deviance, Gini and calibration on held-out policies, each with its 95 % interval.

    Policies that share every rating factor (a contract is often cut into several rows) fall on one side of the split and are drawn
    together by the bootstrap.
    """
    profiles = np.random.default_rng(seed).permutation(int(data.profile.max()) + 1)
    test = np.isin(data.profile, profiles[: round(len(profiles) * HELD_OUT)])
    train = ~test
    base = float(data.claims[train].sum() / data.exposure[train].sum())
    exposure, claims = data.exposure[test], data.claims[test]
    expected = {
        "null": exposure * base,
        "glm": _glm(data, train, test, base),
        "booster": _booster(data, train, test, base, seed),
    }
    draws = _draws(exposure, claims, expected, data.profile[test], seed)
    models = [name for name in expected if name != "null"]
    return {
        "policies": len(data.claims),
        "heldOutPolicies": int(test.sum()),
        "heldOutClaims": int(claims.sum()),
        "cleaning": data.cleaning,
        "method": (
            f"split by profile, {HELD_OUT:.0%} held out; 95 % percentile intervals of {REPLICATES} bootstrap draws of held-out profiles, "
            "models kept as they were trained; calibration intervals exact for a Poisson count"
        ),
        "poissonDeviance": {name: draws(f"deviance {name}") for name in expected},
        "devianceSkill": {name: draws(f"skill {name}") for name in models},
        "devianceSkillBoosterOverGlm": draws("skill booster - glm"),
        "gini": {name: draws(f"gini {name}") for name in models},
        "giniBoosterOverGlm": draws("gini booster - glm"),
        "observedToExpected": {name: draws(f"balance {name}") for name in models},
        "calibration": {name: calibration(exposure, claims, expected[name]) for name in models},
        "lorenz": {
            name: {"exposure": CURVE.tolist(), "claims": [draws(f"lorenz {name} {x:.2f}") for x in CURVE]} for name in models
        },
    }


def _draws(exposure: np.ndarray, claims: np.ndarray, expected: dict[str, np.ndarray], clusters: np.ndarray, seed: int):
    """Function that gives any of the figures, by name, with its interval."""
    deviances = {name: poisson_deviances(claims, value) for name, value in expected.items()}
    curves = {name: lorenz_curve(exposure, claims, value / exposure) for name, value in expected.items() if name != "null"}

    def figures(weights: np.ndarray) -> dict[str, float]:
        out = {f"deviance {name}": float(np.average(value, weights=weights)) for name, value in deviances.items()}
        seen = float(np.sum(claims * weights))
        for name, curve_of in curves.items():
            curve = curve_of(weights)
            out[f"skill {name}"] = 1 - out[f"deviance {name}"] / out["deviance null"]
            out[f"gini {name}"] = area_gini(curve)
            out[f"balance {name}"] = seen / float(np.sum(expected[name] * weights))
            out |= {f"lorenz {name} {x:.2f}": y for x, y in zip(CURVE, np.interp(CURVE, *curve), strict=True)}
        for kind in ("skill", "gini"):
            out[f"{kind} booster - glm"] = out[f"{kind} booster"] - out[f"{kind} glm"]
        return out

    point = figures(np.ones(len(claims)))
    drawn = bootstrap(lambda weights: np.array(list(figures(weights).values())), clusters, seed, REPLICATES)
    place = {name: index for index, name in enumerate(point)}
    return lambda name: percentile_estimate(point[name], drawn[:, place[name]], digits=5)


def _one_hot(codes: np.ndarray) -> np.ndarray:
    """All levels but the most frequent one, which is the base."""
    levels, counts = np.unique(codes, return_counts=True)
    return (codes[:, None] == np.delete(levels, np.argmax(counts))[None, :]).astype(np.float64)


def _glm(data: FrequencyClaims, train: np.ndarray, test: np.ndarray, base: float) -> np.ndarray:
    """Expected claims; age and power in bands as in the published case study (Noll, Salzmann & Wuethrich 2020), log density, area."""
    numbers = data.numbers
    rows = np.hstack(
        [
            _one_hot(np.minimum(numbers["VehPower"], 9)),
            _one_hot(np.digitize(numbers["VehAge"], [1, 11])),
            _one_hot(np.digitize(numbers["DrivAge"], [21, 26, 31, 41, 51, 71])),
            _one_hot(data.words["VehBrand"]),
            _one_hot(data.words["VehGas"]),
            _one_hot(data.words["Region"]),
            np.column_stack([np.minimum(numbers["BonusMalus"], 150) / 50 - 1, np.log(np.maximum(numbers["Density"], 1)) / 5, data.words["Area"] / 5]),
        ]
    )
    # Frequencies weighted by exposure have the likelihood of counts with log-exposure as offset.
    model = PoissonRegressor(alpha=1e-6, solver="newton-cholesky")
    model.fit(rows[train], data.claims[train] / data.exposure[train] / base, sample_weight=data.exposure[train])
    return model.predict(rows[test]) * base * data.exposure[test]


def _booster(data: FrequencyClaims, train: np.ndarray, test: np.ndarray, base: float, seed: int) -> np.ndarray:
    """Expected claims by shallow trees, monotone in the bonus-malus; settings fixed beforehand, nothing is tuned on held-out rows."""
    names = ["BonusMalus", *(name for name in data.numbers if name != "BonusMalus")]
    words = [data.words["Area"], *(column for name in ("VehBrand", "VehGas", "Region") for column in _one_hot(data.words[name]).T)]
    rows = np.column_stack([*(data.numbers[name] for name in names), *words]).astype(np.float32)
    offset = np.log(data.exposure * base)
    booster = xgb.train(
        {
            "objective": "count:poisson",
            "base_score": base,
            "max_depth": 4,
            "eta": 0.1,
            "min_child_weight": 20,
            "subsample": 0.8,
            "colsample_bytree": 0.8,
            "lambda": 5.0,
            "max_delta_step": 0.7,
            "monotone_constraints": (1,) + (0,) * (rows.shape[1] - 1),
            "tree_method": "hist",
            "nthread": 2,
            "seed": seed,
        },
        xgb.DMatrix(rows[train], label=data.claims[train], base_margin=offset[train]),
        num_boost_round=200,
    )
    return booster.predict(xgb.DMatrix(rows[test], base_margin=offset[test])).astype(np.float64)
