"""Metrics beside their reference: a model's number says nothing without the null model and the ceiling."""

import numpy as np
from scipy.stats import rankdata


def poisson_deviance(claims: np.ndarray, expected: np.ndarray) -> float:
    """Mean Poisson deviance of claim counts."""
    with np.errstate(divide="ignore", invalid="ignore"):
        term = np.where(claims > 0, claims * np.log(claims / expected), 0.0)
    return float(2 * np.mean(term - (claims - expected)))


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
