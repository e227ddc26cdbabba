"""Tests of credibility.py against drivers whose noise is known."""

import unittest

import numpy as np

from credibility import fit_credibility


class FitCredibility(unittest.TestCase):
    def test_finds_the_kilometres_and_what_stays_unknown(self) -> None:
        rng = np.random.default_rng(1)
        n = 40_000
        seen, hidden = rng.normal(0, 0.4, n), rng.normal(0, 0.2, n)
        km = np.exp(rng.uniform(np.log(5), np.log(3000), n))
        # Bühlmann: noise of variance k times that of what is seen, over the kilometres.
        margin = seen + rng.normal(0, 0.4 * np.sqrt(60 / km))
        found = fit_credibility(margin, seen + hidden, km)
        self.assertAlmostEqual(found["credibilityKm"], 60, delta=6)
        self.assertAlmostEqual(found["mostExplained"], 0.16 / 0.2, delta=0.03)
        self.assertAlmostEqual(found["hazardSd"], np.sqrt(0.2), delta=0.01)

    def test_explains_nothing_where_margins_are_noise(self) -> None:
        rng = np.random.default_rng(2)
        found = fit_credibility(rng.normal(size=5000), rng.normal(size=5000), np.full(5000, 100.0))
        self.assertLess(found["mostExplained"], 0.05)


if __name__ == "__main__":
    unittest.main()
