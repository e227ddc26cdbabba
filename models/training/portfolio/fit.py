"""Fits the portfolio's generator to physically simulated drives: python fit.py MEASURED.jsonl... --out fit.json.

For each class of road and each count, time or histogram bin of the trip statistics: a log-linear mean in the driver's latent parameters
(quasi-Poisson with a ridge), a dispersion (variance over mean), and how the residuals of all bins go together (factor loadings).
"""

import argparse
import itertools
import json
from pathlib import Path

import numpy as np

CLASSES = ("town", "country", "motorway")
HISTOGRAMS = (("speedHistS", 16), ("aLongHistS", 13), ("aLatHistS", 13), ("jerkHistS", 7), ("overLimitS", 3))
KINDS = ("harsh_braking", "harsh_acceleration", "harsh_cornering", "harsh_lane_change")
BANDS = ("coach", "count")
# Effects that bend: what a driver accepts shows in the rare bins by more than a power.
SQUARED = ("speedFactor", "accelerationMps2", "decelerationMps2", "corneringMps2", "jerkMps3", "lapsesPerHour")
SIGNED = ("haste", "inattention", "clumsiness")
FACTORS = 8
# Standard deviation that an effect on the log may have before there is any evidence.
PRIOR_SD = 0.5
# Effects are not carried on beyond so many standard deviations: hardly a drive lies there.
WIDEST = 2.5
# A class of a drive shorter than this says nothing, seconds.
LEAST_S = 30.0
# Fewer drives with both classes of road say nothing of what stays; and nothing stays wholly.
LEAST_PAIRS = 100
MOST_STAYING = 0.9
# Rates of stretches of at least this length are a driver's, not a moment's, seconds.
LONG_S = 180.0
# Middles of the bins in their unit: km/h, g, m/s3; the last are open.
MIDDLES = {
    "speed": np.array([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115, 125, 135, 150, 170]) / 3.6,
    "acceleration": np.array([-0.55, -0.45, -0.35, -0.25, -0.15, -0.075, 0, 0.075, 0.15, 0.25, 0.35, 0.45, 0.55]) * 9.80665,
    "jerk": np.array([0.25, 0.75, 1.5, 2.5, 4, 6.5, 10]),
}
# Mean square of what lies in the bin about zero, ±0.05 g: a third of the square of its edge.
CALM_SQUARE = (0.05 * 9.80665) ** 2 / 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measured", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    drives = [json.loads(line) for path in options.measured for line in path.read_text().splitlines()]
    latents = _latents(drives)
    classes = {name: _fit_class(drives, latents, name) for name in CLASSES}
    fit = {
        "drives": len(drives),
        "hours": round(sum(drive["whole"]["durationS"] for drive in drives if drive["whole"]) / 3600, 1),
        "latents": latents,
        "stays": _staying(classes),
        "classes": {name: {key: value for key, value in one.items() if key != "residuals"} for name, one in classes.items()},
    }
    options.out.write_text(json.dumps(_rounded(fit)) + "\n")
    print(f"{fit['drives']} drives, {fit['hours']} h")


def _latents(drives: list[dict]) -> dict:
    """Mean and Cholesky factor of the latent parameters, on the log but for the standard normal ones."""
    names = [name for name in drives[0]["driver"] if name != "id"]
    values = np.array([[_scaled(name, drive["driver"][name]) for name in names] for drive in drives])
    return {
        "names": names,
        "signed": [name in SIGNED for name in names],
        "mean": values.mean(axis=0).tolist(),
        "deviation": values.std(axis=0).tolist(),
        "cholesky": np.linalg.cholesky(np.cov(values.T) + 1e-9 * np.eye(len(names))).tolist(),
        "squared": list(SQUARED),
        "widest": WIDEST,
    }


def _scaled(name: str, value: float) -> float:
    return value if name in SIGNED else float(np.log(value))


def _design(drives: list[dict], latents: dict) -> np.ndarray:
    """Rows of standardised latents and the squares of some, shape (drives, effects)."""
    names, mean, deviation = latents["names"], np.array(latents["mean"]), np.array(latents["deviation"])
    x = np.array([[_scaled(name, drive["driver"][name]) for name in names] for drive in drives])
    x = np.clip((x - mean) / deviation, -WIDEST, WIDEST)
    squares = x[:, [names.index(name) for name in SQUARED]] ** 2
    return np.hstack([x, squares])


def _fit_class(drives: list[dict], latents: dict, name: str) -> dict:
    chosen = [drive for drive in drives if drive["classes"][name]["movingS"] >= LEAST_S]
    design = _design(chosen, latents)
    moving = np.array([drive["classes"][name]["movingS"] for drive in chosen])
    names, counts = _counts([drive["classes"][name] for drive in chosen])
    kept, effects, dispersions, residuals, most = [], [], [], [], []
    for column, count in zip(names, counts.T):
        if count.sum() <= 0 or np.count_nonzero(count) < 5:
            continue
        effect, dispersion, residual = _fit_count(design, count, moving)
        kept.append(column)
        effects.append(effect)
        dispersions.append(dispersion)
        residuals.append(residual)
        # Nobody is more extreme than the most extreme of the simulated: a power law does not know that cars have limits.
        most.append(float(np.max(count[moving >= LONG_S] / moving[moving >= LONG_S])))
    numbers = [number for number, drive in enumerate(drives) if drive["classes"][name]["movingS"] >= LEAST_S]
    return {
        "residuals": {column: dict(zip(numbers, residual)) for column, residual in zip(kept, residuals)},
        "hours": float(moving.sum() / 3600),
        "counts": kept,
        "effects": np.array(effects).tolist(),
        "dispersions": dispersions,
        "most": most,
        "loadings": _loadings(np.array(residuals)).tolist(),
        **_moments([drive["classes"][name] for drive in chosen]),
    }


def _counts(classes: list[dict]) -> tuple[list[str], np.ndarray]:
    names = [f"{name}.{index}" for name, bins in HISTOGRAMS for index in range(bins)] + ["idleS", "stops"]
    rows = [[*(value for name, _ in HISTOGRAMS for value in one[name]), one["idleS"], one["stops"]] for one in classes]
    for kind in KINDS:
        for band in BANDS:
            names.append(f"event.{kind}.{band}")
            for row, one in zip(rows, classes):
                same = (entry["count"] for entry in one["events"] if entry["kind"] == kind and entry["band"] == band and entry["grade"] == "A")
                row.append(sum(same))
    return names, np.array(rows, dtype=np.float64)


def _fit_count(design: np.ndarray, count: np.ndarray, moving: np.ndarray) -> tuple[list[float], float, np.ndarray]:
    """Log effects of the rate a moving second (constant first), variance over mean, Pearson residuals."""
    mean_rate = count.sum() / moving.sum()
    dispersion = 1.0
    effect = np.zeros(design.shape[1] + 1)
    for _ in range(4):
        effect = _poisson(design, count, mean_rate * moving, dispersion / PRIOR_SD**2, effect)
        expected = np.exp(effect[0] + design @ effect[1:]) * mean_rate * moving
        degrees = max(1, len(count) - design.shape[1] - 1)
        dispersion = float(np.sum((count - expected) ** 2 / expected) / degrees)
    effect[0] += np.log(mean_rate)
    return effect.tolist(), dispersion, (count - expected) / np.sqrt(dispersion * expected)


def _poisson(design: np.ndarray, count: np.ndarray, offset: np.ndarray, penalty: float, start: np.ndarray) -> np.ndarray:
    """Penalised maximum likelihood of a Poisson regression with a log link by Newton's method; the constant is not penalised."""
    x = np.hstack([np.ones((len(design), 1)), design])
    ridge = penalty * np.eye(x.shape[1])
    ridge[0, 0] = 1e-9
    effect = start.copy()
    for _ in range(50):
        expected = offset * np.exp(np.clip(x @ effect, -30, 30))
        step = np.linalg.solve(x.T @ (x * expected[:, None]) + ridge, x.T @ (count - expected) - ridge @ effect)
        effect += np.clip(step, -1, 1)
        if np.max(np.abs(step)) < 1e-8:
            break
    return effect


def _loadings(residuals: np.ndarray) -> np.ndarray:
    """Loadings of the bins on the first factors of their residuals' correlation, shape (bins, factors)."""
    values, vectors = np.linalg.eigh(np.corrcoef(np.clip(residuals, -4, 4)))
    first = np.argsort(values)[::-1][:FACTORS]
    loadings = vectors[:, first] * np.sqrt(np.maximum(values[first], 0))
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    return loadings * np.minimum(1, 0.97 / np.maximum(length, 1e-9))


def _staying(classes: dict[str, dict]) -> dict[str, float]:
    """Of each count the part of the residual variance that a person takes from one class of road to the next: their box, their car.

    It is the mean correlation of the residuals of one drive on two classes of road, weighed by the drives that have both.
    """
    out = {}
    for count in sorted({count for one in classes.values() for count in one["counts"]}):
        total = weight = 0.0
        for a, b in itertools.combinations(classes.values(), 2):
            x, y = a["residuals"].get(count, {}), b["residuals"].get(count, {})
            both = sorted(set(x) & set(y))
            if len(both) < LEAST_PAIRS:
                continue
            pair = np.corrcoef(np.clip([x[n] for n in both], -4, 4), np.clip([y[n] for n in both], -4, 4))[0, 1]
            total += len(both) * pair
            weight += len(both)
        out[count] = float(np.clip(total / weight, 0, MOST_STAYING)) if weight else 0.0
    return out


def _moments(classes: list[dict]) -> dict:
    """What the sums are of what the middles of the bins would give."""
    hist = {name: np.array([one[name] for one in classes]).sum(axis=0) for name, _ in HISTOGRAMS}
    total = {name: sum(one[name] for one in classes) for name in ("speedSum", "speedSquareSum", "aLongSquareSum", "aLatSquareSum", "jerkSquareSum")}
    squares = MIDDLES["acceleration"] ** 2
    squares[6] = CALM_SQUARE
    expected = {
        "speedSum": hist["speedHistS"] @ MIDDLES["speed"],
        "speedSquareSum": hist["speedHistS"] @ MIDDLES["speed"] ** 2,
        "aLongSquareSum": hist["aLongHistS"] @ squares,
        "aLatSquareSum": hist["aLatHistS"] @ squares,
        "jerkSquareSum": hist["jerkHistS"] @ MIDDLES["jerk"] ** 2,
    }
    return {"moments": {name: float(total[name] / expected[name]) for name in total}}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return value


if __name__ == "__main__":
    main()
