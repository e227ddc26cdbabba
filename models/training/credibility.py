"""How far a margin is to be believed, by the kilometres that were judged."""

import numpy as np
from scipy.optimize import minimize_scalar

# Kilometres at which the model and the portfolio have half of the say each: where it is looked for.
LEAST_KM, MOST_KM = 1.0, 3000.0


def fit_credibility(margins: np.ndarray, log_hazard: np.ndarray, judged_km: np.ndarray) -> dict:
    """Fits Z = n / (n + k) and what stays unknown to drivers whose true log hazard is known.

    k makes middle + Z (margin - middle) as near to the log hazard as it can be. Of the hazard's variance a the part a (1 - s Z) stays unknown; s is
    what features explain at most. Returns `credibilityKm` (k), `mostExplained` (s) and `hazardSd` (square root of a).
    """
    margin = margins - np.median(margins)
    hazard = log_hazard - np.median(log_hazard)

    def error(log_k: float) -> float:
        z = judged_km / (judged_km + np.exp(log_k))
        return float(np.mean((hazard - z * margin) ** 2))

    k = float(np.exp(minimize_scalar(error, bounds=(np.log(LEAST_KM), np.log(MOST_KM)), method="bounded").x))
    z = judged_km / (judged_km + k)
    variance = float(np.var(hazard))
    explained = 1 - (hazard - z * margin) ** 2 / variance
    most = float(np.clip(np.sum(z * explained) / np.sum(z**2), 0, 1))
    return {"credibilityKm": round(k, 1), "mostExplained": round(most, 4), "hazardSd": round(float(np.sqrt(variance)), 4)}
