"""What driving says about real claims: the 1,177 French policies of CASdatasets' `fretelematic`, judged out of fold.

Each column has a role, and only `exposure`, `telematics` and `insured` may enter a model. The package says of the columns no more
than their names, so a role is chosen from the name and from what the values look like, and the doubt is kept in the text.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xgboost as xgb
from sklearn.linear_model import LogisticRegression, PoissonRegressor
from sklearn.model_selection import StratifiedKFold

from bad_input import BadInput
from intervals import delong, win_kernel

FOLDS = 5
REPEATS = 20
HIGH_LOW = {"High": 1.0, "Low": 0.0}

COLUMNS: dict[str, tuple[str, str]] = {
    "Policy_ID": ("identifier", "numbers the rows; not used"),
    "Total_Time": ("exposure", "driving time over the observed period (hours, by its ratio to the distance); runs beside the claim, not before it"),
    "Total_Distance": ("exposure", "distance over the same period (kilometres, by its ratio to the time)"),
    "Total_Night_Time": ("telematics", "1 to 100 whatever the driving time is: a score or a share of night driving, not a time"),
    "Time_Day": ("telematics", "a score of the time of day; scale not documented"),
    "Drive_Score": ("telematics", "the vendor's overall score"),
    "Style_Score": ("telematics", "a score of the vendor"),
    "Corner_Score": ("telematics", "a score of the vendor"),
    "Acceleration_Score": ("telematics", "a score of the vendor"),
    "Braking_Score": ("telematics", "a score of the vendor"),
    "Acceleration": ("telematics", "High or Low, made from the driving; the cut is not documented"),
    "Brake": ("telematics", "High or Low, as above"),
    "Corner": ("telematics", "High or Low, as above"),
    "Insured_Age": ("insured", "age of the insured, known before the claim"),
    "Insured_Gender": ("barred", "may not price insurance in the EU (CJEU C-236/09, Test-Achats)"),
    "Claim": ("label", "yes where the policy had a claim in the observed period"),
}
VENDOR_SCORES = ("Drive_Score", "Style_Score", "Corner_Score", "Acceleration_Score", "Braking_Score")
# What may only raise the chance of a claim: driving more. Which way a vendor's score points is not documented, and reading it from
# these claims would leak the test folds into the model, so the scores are free.
MORE_IS_NEVER_SAFER = {"Total_Time", "Total_Distance"}


@dataclass(frozen=True)
class TelematicClaims:
    """`columns`: float64 of shape (policies,) each, without identifier, barred column and label; `claim`: 0 or 1."""

    columns: dict[str, np.ndarray]
    claim: np.ndarray

    def matrix(self, names: tuple[str, ...]) -> np.ndarray:
        """Columns side by side, (policies, names)."""
        return np.column_stack([self.columns[name] for name in names])


def read_telematic_claims(path: Path) -> TelematicClaims:
    """Reads fretelematic.csv. @raises BadInput naming the line and the column"""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise BadInput(f'reading "{path}": no column {", ".join(missing)}; --real takes fretelematic.csv of CASdatasets')
            unknown = [name for name in reader.fieldnames or [] if name not in COLUMNS]
            if unknown:
                raise BadInput(f'reading "{path}": column {", ".join(unknown)} has no role here, so it could leak; take it out')
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f'reading "{path}": {error}') from error
    used = [name for name, (role, _) in COLUMNS.items() if role in ("exposure", "telematics", "insured")]
    values = {name: np.array([_number(path, line, name, row[name]) for line, row in enumerate(rows, 2)]) for name in used}
    claim = np.array([_one_of(path, line, "Claim", row["Claim"], {"yes": 1.0, "no": 0.0}) for line, row in enumerate(rows, 2)])
    if min(claim.sum(), (1 - claim).sum()) < FOLDS:
        raise BadInput(f'reading "{path}": {len(claim)} policies, {int(claim.sum())} with a claim: too few for {FOLDS} folds')
    return TelematicClaims(values, claim)


def _number(path: Path, line: int, name: str, text: str | None) -> float:
    if name in ("Acceleration", "Brake", "Corner"):
        return _one_of(path, line, name, text, HIGH_LOW)
    try:
        value = float(text or "")
    except ValueError:
        value = float("nan")
    positive = COLUMNS[name][0] == "exposure"
    if not np.isfinite(value) or (positive and value <= 0):
        raise BadInput(f'"{path}" line {line}: {name} is "{text}", must be a number{" above 0" if positive else ""}')
    return value


def _one_of(path: Path, line: int, name: str, text: str | None, values: dict[str, float]) -> float:
    if text not in values:
        raise BadInput(f'"{path}" line {line}: {name} is "{text}", must be {" or ".join(values)}')
    return values[text]


def evaluate_telematic_claims(data: TelematicClaims, seed: int, repeats: int = REPEATS) -> dict:
    """AUC with interval of each model, and of its difference from exposure alone, from predictions of policies it never saw."""
    models = _models()
    kernels = {name: np.zeros((int(data.claim.sum()), int((1 - data.claim).sum()))) for name in models}
    for repeat in range(repeats):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed + repeat)
        scores = {name: np.empty(len(data.claim)) for name in models}
        for train, test in folds.split(data.claim, data.claim):
            for name, model in models.items():
                scores[name][test] = model(data, train, test, seed)
        for name, score in scores.items():
            kernels[name] += win_kernel(data.claim, score) / repeats
    base = kernels["exposureAlone"]
    return {
        "policies": len(data.claim),
        "withClaim": int(data.claim.sum()),
        "method": (
            f"mean AUC of {repeats} repeats of {FOLDS}-fold stratified cross-validation, predictions out of fold; 95 % interval of "
            "DeLong on the averaged pairs. It covers the draw of policies, not the draw of another training set"
        ),
        "columns": {name: {"role": role, "what": what} for name, (role, what) in COLUMNS.items()},
        "auc": {name: delong(kernel) for name, kernel in kernels.items()},
        "aucOverExposureAlone": {name: delong(kernel - base, (-1, 1)) for name, kernel in kernels.items() if name != "exposureAlone"},
        "boosterOverGlm": delong(kernels["booster"] - kernels["glm"], (-1, 1)),
    }


def _models() -> dict:
    """Name → function (data, train rows, test rows, seed) → scores of the test rows."""
    every = tuple(name for name, (role, _) in COLUMNS.items() if role in ("exposure", "telematics", "insured"))
    return {
        "exposureAlone": lambda data, train, test, seed: data.columns["Total_Time"][test],
        "vendorScores": lambda data, train, test, seed: _logistic(data.matrix(VENDOR_SCORES), data.claim, train, test),
        "timeAndDriveScore": lambda data, train, test, seed: _logistic(data.matrix(("Total_Time", "Drive_Score")), data.claim, train, test),
        "glm": lambda data, train, test, seed: _logistic(data.matrix(every), data.claim, train, test),
        "glmWithOffset": lambda data, train, test, seed: _poisson_with_offset(data, every, train, test),
        "booster": lambda data, train, test, seed: _booster(data, every, train, test, seed),
    }


def _scaled(rows: np.ndarray, train: np.ndarray) -> np.ndarray:
    """Centred and scaled by the training rows alone."""
    spread = rows[train].std(axis=0)
    return (rows - rows[train].mean(axis=0)) / np.where(spread > 0, spread, 1)


def _logistic(rows: np.ndarray, claim: np.ndarray, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    scaled = _scaled(rows, train)
    return LogisticRegression(C=1.0, solver="newton-cholesky").fit(scaled[train], claim[train]).decision_function(scaled[test])


def _poisson_with_offset(data: TelematicClaims, names: tuple[str, ...], train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Claims per driving time by all but the exposure, times the driving time: a price per hour, told for the whole period."""
    exposure = data.columns["Total_Time"] / data.columns["Total_Time"][train].mean()
    scaled = _scaled(data.matrix(tuple(name for name in names if COLUMNS[name][0] != "exposure")), train)
    model = PoissonRegressor(alpha=1e-3, solver="newton-cholesky")
    model.fit(scaled[train], data.claim[train] / exposure[train], sample_weight=exposure[train])
    return model.predict(scaled[test]) * exposure[test]


def _booster(data: TelematicClaims, names: tuple[str, ...], train: np.ndarray, test: np.ndarray, seed: int) -> np.ndarray:
    """Shallow and monotone in exposure; its settings were fixed before any fold was looked at."""
    rows = data.matrix(names)
    booster = xgb.train(
        {
            "objective": "binary:logistic",
            "base_score": float(data.claim[train].mean()),
            "max_depth": 2,
            "eta": 0.05,
            "min_child_weight": 5,
            "subsample": 0.8,
            "colsample_bytree": 0.6,
            "lambda": 5.0,
            "monotone_constraints": tuple(int(name in MORE_IS_NEVER_SAFER) for name in names),
            "tree_method": "hist",
            "nthread": 1,
            "seed": seed,
        },
        xgb.DMatrix(rows[train], label=data.claim[train]),
        num_boost_round=100,
    )
    return booster.predict(xgb.DMatrix(rows[test]), output_margin=True)
