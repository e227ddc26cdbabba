"""The driver model on an insurer's own claims: trained and judged out of fold, by driver, with a Poisson GLM beside it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xgboost as xgb
from sklearn.linear_model import PoissonRegressor
from sklearn.model_selection import StratifiedKFold

from bad_input import BadInput
from bias import bias_report
from claims_file import ClaimsFile, read_claims_file, read_group_labels
from intervals import bootstrap, delong, garwood, percentile_estimate, ratio_interval, win_kernel
from metrics import area_gini, calibration, lorenz_curve, poisson_deviances
from tables import Table, read_table, standardised

FOLDS = 5
REPLICATES = 300
EXPOSURE_UNIT_KM = 100_000.0
# Full credibility of a frequency within 10 % with 90 % probability takes 271 claims, 1,082 within 5 % (limited fluctuation).
FEW_CLAIMS = 271
# Claims are mostly chance: published AUCs are about 0.6. Who is surely above this has a column that knows of the claim.
TOO_GOOD_AUC = 0.75
# Pairs of drivers with and without a claim that are compared in memory; above it, drivers without one are drawn.
MOST_PAIRS = 20_000_000


@dataclass(frozen=True)
class BoosterSettings:
    """How the driver model is trained: XGBoost's parameters by (monotone, base rate, seed), and its rounds."""

    parameters: Callable[[list[int], float, int], dict]
    rounds: int


def driver_model_settings() -> BoosterSettings:
    """The settings of the driver model in this repository."""
    from driver_model import ROUNDS, booster_parameters

    return BoosterSettings(booster_parameters, ROUNDS)


@dataclass(frozen=True)
class OwnClaims:
    """Claims with their drivers' features: `table` has the row of each row of `file`; `groups` a label each, where there are any."""

    table: Table
    file: ClaimsFile
    claims_hash: str
    groups: list[str] | None


def read_own_claims(claims: Path, groups: Path | None, tables: Path) -> OwnClaims:
    """Reads and checks claims, labels and the driver table, and joins them. @raises BadInput"""
    table = _one_row_a_driver(_driver_table(tables))
    ids = _driver_ids(table)
    file = read_claims_file(claims, set(ids))
    if groups and file.groups is not None:
        raise BadInput(f'"{claims}" has a column group and "{groups}" is given too: leave one out')
    row_of = {driver: row for row, driver in enumerate(ids)}
    return OwnClaims(
        table=_rows(table, np.array([row_of[driver] for driver in file.drivers])),
        file=file,
        claims_hash=hashlib.sha256(claims.read_bytes()).hexdigest(),
        groups=read_group_labels(groups, file.drivers) if groups else file.groups,
    )


def evaluate_own_claims(own: OwnClaims, reference: str | None, seed: int, settings: BoosterSettings) -> dict:
    """Judges the driver model out of fold; with group labels also the bias report. @raises BadInput"""
    if reference and own.groups is None:
        raise BadInput(f'the reference group "{reference}" is given, but no group labels')
    expected = out_of_fold(own.table, own.file, seed, settings)
    inventory = {"claimsSha256": own.claims_hash, "tableSha256": own.table.data_hash, "features": own.table.feature_names}
    out = _judge(own.file, expected, seed) | {"inventory": inventory}
    if own.groups is not None:
        out["bias"] = bias_report(own.groups, own.file.exposure_km, own.file.claims, expected["booster"], reference)
    return out


def _driver_table(folder: Path) -> Table:
    missing = [name for name in ("driver.json", "driver.f32") if not (folder / name).exists()]
    if missing:
        raise BadInput(f'reading the driver table: "{folder}" has no {" and no ".join(missing)}; models/training/driver-table.ts writes them')
    try:
        table = read_table(folder, "driver")
    except (SystemExit, ValueError, KeyError) as error:
        raise BadInput(f'reading the driver table in "{folder}": {error}') from error
    if "driver" not in table.labels:
        raise BadInput(f'reading the driver table in "{folder}": it has no label column "driver"')
    return table


def _one_row_a_driver(table: Table) -> Table:
    """The first row of each driver: it holds all trips together, the others leave one out."""
    return _rows(table, np.sort(np.unique(table.driver, return_index=True)[1]))


def _rows(table: Table, rows: np.ndarray) -> Table:
    return Table(
        name=table.name,
        feature_names=table.feature_names,
        monotone=table.monotone,
        features=table.features[rows],
        labels={name: values[rows] for name, values in table.labels.items()},
        data_hash=table.data_hash,
        about=table.about,
    )


def _driver_ids(table: Table) -> list[str]:
    """The id of each row: `driverIds` of the table's JSON by number, where it is there, else the number itself."""
    ids = table.about.get("driverIds")
    numbers = table.driver
    if ids is None:
        return [str(number) for number in numbers]
    if not isinstance(ids, list) or numbers.min() < 0 or numbers.max() >= len(ids):
        raise BadInput(f"reading the driver table: driverIds must list an id for each of the drivers 0 to {numbers.max()}")
    return [str(ids[number]) for number in numbers]


def out_of_fold(table: Table, file: ClaimsFile, seed: int, settings: BoosterSettings) -> dict[str, np.ndarray]:
    """Expected claims of each driver by models that never saw that driver; exposure is an offset, a group label is nowhere."""
    with_claim = file.claims > 0
    if min(with_claim.sum(), (~with_claim).sum()) < FOLDS:
        raise BadInput(f"{int(with_claim.sum())} of {len(with_claim)} drivers have a claim: too few of one kind for {FOLDS} folds")
    exposure = file.exposure_km / EXPOSURE_UNIT_KM
    out = {name: np.empty(len(exposure)) for name in ("null", "glm", "booster")}
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(with_claim, with_claim):
        base = float(file.claims[train].sum() / exposure[train].sum())
        out["null"][test] = base * exposure[test]
        scaled = standardised(table, np.isin(np.arange(len(exposure)), train))
        glm = PoissonRegressor(alpha=1e-3, solver="newton-cholesky")
        glm.fit(scaled[train], file.claims[train] / exposure[train] / base, sample_weight=exposure[train])
        out["glm"][test] = glm.predict(scaled[test]) * base * exposure[test]
        offset = np.log(exposure * base)
        booster = xgb.train(
            settings.parameters(table.monotone, base, seed),
            xgb.DMatrix(table.features[train], label=file.claims[train], base_margin=offset[train]),
            num_boost_round=settings.rounds,
        )
        out["booster"][test] = booster.predict(xgb.DMatrix(table.features[test], base_margin=offset[test]))
    return out


def _judge(file: ClaimsFile, expected: dict[str, np.ndarray], seed: int) -> dict:
    """The report without groups, plain JSON."""
    exposure, claims = file.exposure_km / EXPOSURE_UNIT_KM, file.claims
    deviances = {name: poisson_deviances(claims, value) for name, value in expected.items()}
    curves = {name: lorenz_curve(exposure, claims, expected[name] / exposure) for name in ("glm", "booster")}

    def figures(weights: np.ndarray) -> np.ndarray:
        null = np.average(deviances["null"], weights=weights)
        skill = [1 - np.average(deviances[name], weights=weights) / null for name in curves]
        gini = [area_gini(curve(weights)) for curve in curves.values()]
        return np.array([*skill, skill[1] - skill[0], *gini])

    point = figures(np.ones(len(claims)))
    draws = bootstrap(figures, np.arange(len(claims)), seed, REPLICATES)
    skill_glm, skill_booster, difference, gini_glm, gini_booster = (percentile_estimate(v, d) for v, d in zip(point, draws.T, strict=True))
    total = float(claims.sum())
    low, high = garwood(total)
    out = {
        "drivers": len(claims),
        "claims": int(total),
        "exposureKm": round(float(file.exposure_km.sum()), 1),
        "method": (
            f"{FOLDS}-fold cross-validation by driver; 95 % percentile intervals of {REPLICATES} bootstrap draws of drivers, models kept as "
            "trained; AUC by DeLong; calibration exact for a Poisson count"
        ),
        "claimsPer100000Km": {"value": total / exposure.sum(), "ci95": [low / exposure.sum(), high / exposure.sum()]},
        "devianceSkill": {"glm": skill_glm, "booster": skill_booster},
        "devianceSkillBoosterOverGlm": difference,
        "gini": {"glm": gini_glm, "booster": gini_booster},
        "aucOfAnyClaim": _auc(claims, {"exposureAlone": exposure, "glm": expected["glm"], "booster": expected["booster"]}, seed),
        "calibration": {name: calibration(exposure, claims, expected[name]) for name in curves},
        "fewClaims": total < FEW_CLAIMS,
    }
    out["suspectLeak"] = out["aucOfAnyClaim"]["booster"]["ci95"][0] > TOO_GOOD_AUC
    if file.amount_minor is not None and total:
        out["meanClaimMinor"] = ratio_interval(file.amount_minor, claims, digits=0)
    return out


def _auc(claims: np.ndarray, scores: dict[str, np.ndarray], seed: int) -> dict:
    with_claim = np.flatnonzero(claims > 0)
    without = np.flatnonzero(claims == 0)
    most = max(2, MOST_PAIRS // len(with_claim))
    if len(without) > most:
        without = np.sort(np.random.default_rng(seed).choice(without, most, replace=False))
    rows = np.concatenate([with_claim, without])
    return {name: delong(win_kernel(claims[rows], score[rows])) for name, score in scores.items()}
