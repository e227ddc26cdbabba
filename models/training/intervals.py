"""95 % intervals: no number leaves an evaluation without one. A number with its interval is {"value", "ci95": [low, high]}."""

from collections.abc import Callable

import numpy as np
from scipy.stats import chi2, norm

LEVEL = 0.95
Z = float(norm.ppf((1 + LEVEL) / 2))


def estimate(value: float, low: float, high: float, digits: int = 4) -> dict:
    """A number with its interval, as it stands in the JSON."""
    return {"value": round(float(value), digits), "ci95": [round(float(low), digits), round(float(high), digits)]}


def garwood(count: float) -> tuple[float, float]:
    """Exact interval of a Poisson mean after `count` events (Garwood 1936, by chi-square quantiles)."""
    tail = (1 - LEVEL) / 2
    low = 0.0 if count == 0 else float(chi2.ppf(tail, 2 * count) / 2)
    return low, float(chi2.ppf(1 - tail, 2 * (count + 1)) / 2)


def poisson_ratio(count: float, expected: float, digits: int = 4) -> dict:
    """Observed / expected events, `expected` taken as known."""
    low, high = garwood(count)
    return estimate(count / expected, low / expected, high / expected, digits)


def mean_interval(values: np.ndarray, digits: int = 4) -> dict:
    """A mean with its normal interval; one value alone has no interval but everything."""
    mean = float(np.mean(values))
    half = Z * float(np.std(values, ddof=1)) / np.sqrt(len(values)) if len(values) > 1 else float("inf")
    return estimate(mean, mean - half, mean + half, digits) if np.isfinite(half) else {"value": round(mean, digits), "ci95": None}


def ratio_interval(part: np.ndarray, whole: np.ndarray, digits: int = 4) -> dict:
    """Sum of `part` / sum of `whole` over independent rows, with the linearised (Taylor) normal interval of a ratio estimator."""
    ratio = float(part.sum() / whole.sum())
    if len(part) < 2:
        return {"value": round(ratio, digits), "ci95": None}
    residual = part - ratio * whole
    half = Z * float(np.sqrt(len(part) / (len(part) - 1) * np.sum(residual**2)) / whole.sum())
    return estimate(ratio, max(0.0, ratio - half), ratio + half, digits)


def risk_ratio(hits: int, n: int, reference_hits: int, reference_n: int) -> dict:
    """Ratio of two shares with the interval on its logarithm (Katz 1978); half a hit is added to every cell where the logarithm would fail."""
    full = hits == n and reference_hits == reference_n
    more = 0.5 if hits == 0 or reference_hits == 0 or full else 0.0
    a, b, m, k = hits + more, reference_hits + more, n + 2 * more, reference_n + 2 * more
    ratio = (a / m) / (b / k)
    half = Z * float(np.sqrt(1 / a - 1 / m + 1 / b - 1 / k))
    return estimate(ratio, ratio * np.exp(-half), ratio * np.exp(half))


def win_kernel(label: np.ndarray, score: np.ndarray) -> np.ndarray:
    """For each (row with a claim, row without one): 1 where the first scores higher, 1/2 at a tie. Its mean is the AUC."""
    positive, negative = score[label > 0], score[label <= 0]
    if len(positive) < 2 or len(negative) < 2:
        raise ValueError(f"an AUC with an interval needs two rows of each kind, here are {len(positive)} with and {len(negative)} without")
    return (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])


def delong(kernel: np.ndarray, clip: tuple[float, float] = (0.0, 1.0)) -> dict:
    """Mean of a kernel of shape (with, without) with the interval of DeLong, DeLong & Clarke-Pearson 1988.

    A difference of two kernels gives the paired difference of two AUCs (with `clip` (-1, 1)); an average of kernels over repeated
    cross-validation gives the mean AUC. Both are U-statistics, so the same variance holds.
    """
    value = float(kernel.mean())
    variance = np.var(kernel.mean(axis=1), ddof=1) / kernel.shape[0] + np.var(kernel.mean(axis=0), ddof=1) / kernel.shape[1]
    half = Z * float(np.sqrt(variance))
    return estimate(value, max(clip[0], value - half), min(clip[1], value + half))


def auc_interval(label: np.ndarray, score: np.ndarray) -> dict:
    """AUC of one score with DeLong's interval. Holds with * without numbers in memory: for tables up to some ten thousand rows."""
    return delong(win_kernel(label, score))


def bootstrap(statistics: Callable[[np.ndarray], np.ndarray], clusters: np.ndarray, seed: int, replicates: int) -> np.ndarray:
    """Statistics of shape (replicates, k) under resampling of whole clusters.

    `statistics` takes row weights (how often each row was drawn) and gives k numbers at once, so that differences between models
    are paired. `clusters` holds each row's cluster: rows of a policy, or of a driver, are drawn together.
    """
    _, cluster_of_row = np.unique(clusters, return_inverse=True)
    n = int(cluster_of_row.max()) + 1
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(replicates):
        drawn = np.bincount(rng.integers(0, n, n), minlength=n)
        draws.append(statistics(drawn[cluster_of_row].astype(np.float64)))
    return np.array(draws)


def percentile_estimate(value: float, draws: np.ndarray, digits: int = 4) -> dict:
    """A number with the percentile interval of its bootstrap draws."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return estimate(value, low, high, digits)
