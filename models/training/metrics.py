"""Metrics beside their reference: a model's number says nothing without the null model and the ceiling. Intervals: intervals.py."""

from collections.abc import Callable

import numpy as np
from scipy.stats import rankdata

from intervals import garwood, poisson_ratio


def poisson_deviance(claims: np.ndarray, expected: np.ndarray) -> float:
    """Mean Poisson deviance of claim counts."""
    return float(np.mean(poisson_deviances(claims, expected)))


def poisson_deviances(claims: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Poisson deviance of each row: 2 (y log(y / m) - (y - m)), with y log y = 0 at no claim."""
    with np.errstate(divide="ignore", invalid="ignore"):
        term = np.where(claims > 0, claims * np.log(claims / expected), 0.0)
    return 2 * (term - (claims - expected))


def deviance_skill(claims: np.ndarray, expected: np.ndarray, null: np.ndarray, weights: np.ndarray | None = None) -> float:
    """1 - deviance of the model / deviance of the null model: 0 says nothing was learnt, 1 is never reached with counts."""
    model, reference = poisson_deviances(claims, expected), poisson_deviances(claims, null)
    return float(1 - np.average(model, weights=weights) / np.average(reference, weights=weights))


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Rank correlation."""
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def auc(label: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve by the rank sum (Mann-Whitney)."""
    positive = label > 0
    ranks = rankdata(score)
    n_positive, n_negative = int(positive.sum()), int((~positive).sum())
    if n_positive == 0 or n_negative == 0:
        return float("nan")
    return float((ranks[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative))


def log_loss(label: np.ndarray, probability: np.ndarray) -> float:
    """Mean negative log likelihood of a binary label."""
    p = np.clip(probability, 1e-9, 1 - 1e-9)
    return float(-np.mean(label * np.log(p) + (1 - label) * np.log(1 - p)))


def rmse(truth: np.ndarray, predicted: np.ndarray) -> float:
    """Root of the mean squared error, in the unit of the truth."""
    return float(np.sqrt(np.mean((truth - predicted) ** 2)))


def mae(truth: np.ndarray, predicted: np.ndarray) -> float:
    """Mean absolute error, in the unit of the truth."""
    return float(np.mean(np.abs(truth - predicted)))


def r2(truth: np.ndarray, predicted: np.ndarray) -> float:
    """Coefficient of determination: 1 - squared error / squared distance from the mean. A constant offset costs."""
    return float(1 - np.sum((truth - predicted) ** 2) / np.sum((truth - truth.mean()) ** 2))


def explained_variance(truth: np.ndarray, predicted: np.ndarray) -> float:
    """1 - variance of the error / variance of the truth: r2 without the cost of a constant offset."""
    return float(1 - np.var(truth - predicted) / np.var(truth))


def lorenz_curve(exposure: np.ndarray, claims: np.ndarray, rate: np.ndarray) -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """The Lorenz curve of claims over exposure, safest predicted rate first, as a function of row weights (for a bootstrap).

    The function gives (share of exposure, share of claims), both from 0 to 1; rows of the same rate are one step, so their order
    in the table does not matter.
    """
    values, place = np.unique(rate, return_inverse=True)

    def curve(weights: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        scale = np.ones(len(rate)) if weights is None else weights
        x = np.cumsum(np.bincount(place, exposure * scale, len(values)))
        y = np.cumsum(np.bincount(place, claims * scale, len(values)))
        return np.append(0, x / x[-1]), np.append(0, y / y[-1])

    return curve


def area_gini(curve: tuple[np.ndarray, np.ndarray]) -> float:
    """Gini index of a Lorenz curve: twice the area between it and the diagonal, 0 where the prediction sorts nothing."""
    x, y = curve
    return float(1 - np.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1])))


def gini(exposure: np.ndarray, claims: np.ndarray, rate: np.ndarray) -> float:
    """Exposure-weighted Gini index of the claims, ordered by predicted rate (claims per unit of exposure)."""
    return area_gini(lorenz_curve(exposure, claims, rate)())


def calibration(exposure: np.ndarray, claims: np.ndarray, expected: np.ndarray, bins: int = 10) -> list[dict]:
    """Observed beside expected claims in bins of equal exposure, lowest predicted rate first.

    The intervals are exact for a Poisson count (Garwood). Rows of the same rate share a bin, so there may be fewer than `bins`.
    """
    values, place = np.unique(expected / exposure, return_inverse=True)
    by_value = np.bincount(place, exposure, len(values))
    middle = (np.cumsum(by_value) - by_value / 2) / by_value.sum()
    bin_of_row = np.minimum((middle * bins).astype(int), bins - 1)[place]
    out = []
    for index in np.unique(bin_of_row):
        rows = bin_of_row == index
        total, seen, predicted = float(exposure[rows].sum()), float(claims[rows].sum()), float(expected[rows].sum())
        low, high = garwood(seen)
        out.append(
            {
                "bin": int(index) + 1,
                "exposure": round(total, 3),
                "claims": round(seen),
                "expectedClaims": round(predicted, 3),
                "frequency": {"value": seen / total, "ci95": [low / total, high / total]},
                "expectedFrequency": predicted / total,
                "observedToExpected": poisson_ratio(seen, predicted),
            }
        )
    return out
