"""The bias report: what a model does to groups that it was never told of.

Group labels come from outside, are used here alone and never become a feature. The adverse impact ratio and its line at four fifths
are the screening rule of the US guidelines on employee selection (29 CFR 1607.4 D); no law makes it the measure of insurance, and a
ratio on either side of the line proves nothing. Claims frequency differs between groups for many reasons: read the calibration with it.
"""

import numpy as np

from bad_input import BadInput
from intervals import garwood, mean_interval, poisson_ratio, ratio_interval, risk_ratio
from metrics import calibration

FOUR_FIFTHS = 0.8
# Calibration within a group is told in fifths, and a group with fewer claims than this is marked: its figures say little.
GROUP_BINS = 5
THIN_CLAIMS = 30
EXPOSURE_UNIT_KM = 100_000.0


def bias_report(
    groups: list[str], exposure_km: np.ndarray, claims: np.ndarray, expected: np.ndarray, reference: str | None = None
) -> dict:
    """By group: size, frequency seen and predicted, calibration, relativity, adverse impact ratio, each with its interval.

    `expected` are claims predicted for the driver's own exposure by a model that never saw the driver. A relativity is the driver's
    predicted frequency over the portfolio's; favourable is a relativity at or below the median driver's.

    @param reference group that the others are compared with. @default the one with the most drivers
    @raises BadInput where the reference is no group, or there is only one group
    """
    labels = np.array(groups)
    names, sizes = np.unique(labels, return_counts=True)
    if len(names) < 2:
        raise BadInput(f'the bias report compares groups, and all drivers are "{names[0]}"')
    if reference is not None and reference not in names:
        raise BadInput(f'the reference group "{reference}" is none of {", ".join(names)}')
    chosen = reference or str(names[np.argmax(sizes)])
    exposure = exposure_km / EXPOSURE_UNIT_KM
    relativity = (expected / exposure) / (expected.sum() / exposure.sum())
    favourable = relativity <= np.median(relativity)
    hits = {name: int(favourable[labels == name].sum()) for name in names}
    count = dict(zip(names, sizes.tolist(), strict=True))

    def of(name: str) -> dict:
        rows = labels == name
        total, seen, predicted = float(exposure[rows].sum()), float(claims[rows].sum()), float(expected[rows].sum())
        low, high = garwood(seen)
        return {
            "drivers": count[name],
            "exposureKm": round(float(exposure_km[rows].sum()), 1),
            "claims": int(seen),
            "thin": seen < THIN_CLAIMS,
            "claimsPer100000Km": {"value": round(seen / total, 4), "ci95": [round(low / total, 4), round(high / total, 4)]},
            "predictedPer100000Km": ratio_interval(expected[rows], exposure[rows]),
            "observedToExpected": poisson_ratio(seen, predicted),
            "meanRelativity": mean_interval(relativity[rows]),
            "adverseImpact": None if name == chosen else _impact(hits[name], count[name], hits[chosen], count[chosen]),
            "calibration": calibration(exposure[rows], claims[rows], expected[rows], GROUP_BINS),
        }

    return {
        "reference": chosen,
        "favourable": "a relativity at or below the median driver's",
        "rule": "four fifths, 29 CFR 1607.4 D: a screening rule of US employment practice; it proves nothing and is no law of insurance",
        "groups": {str(name): of(name) for name in names},
    }


def _impact(hits: int, n: int, reference_hits: int, reference_n: int) -> dict:
    """Ratio of the favourable shares; `belowFourFifths` is the flag, `certain` where the whole interval lies on that side."""
    ratio = risk_ratio(hits, n, reference_hits, reference_n)
    below = ratio["value"] < FOUR_FIFTHS
    low, high = ratio["ci95"]
    return ratio | {"belowFourFifths": below, "certain": high < FOUR_FIFTHS if below else low >= FOUR_FIFTHS}
