"""Metrics against values worked out by hand."""

import math
import unittest

import numpy as np

import metrics


class Metrics(unittest.TestCase):
    def test_poisson_deviance_by_hand(self) -> None:
        # 2 (2 log 2 - 1) for two claims where one was expected, 2 * 0.5 for none where half a claim was.
        got = metrics.poisson_deviance(np.array([2.0, 0.0]), np.array([1.0, 0.5]))
        self.assertAlmostEqual(got, (2 * (2 * math.log(2) - 1) + 1.0) / 2)

    def test_deviance_skill_is_zero_for_the_null_model_and_one_for_the_counts_themselves(self) -> None:
        claims, null = np.array([1.0, 2.0, 3.0]), np.full(3, 2.0)
        self.assertAlmostEqual(metrics.deviance_skill(claims, null, null), 0)
        self.assertAlmostEqual(metrics.deviance_skill(claims, claims, null), 1)

    def test_deviance_skill_counts_weights_as_rows(self) -> None:
        claims, expected, null = np.array([0.0, 1.0]), np.array([0.2, 0.8]), np.array([0.5, 0.5])
        twice = metrics.deviance_skill(np.array([0.0, 1.0, 1.0]), np.array([0.2, 0.8, 0.8]), np.full(3, 0.5))
        self.assertAlmostEqual(metrics.deviance_skill(claims, expected, null, np.array([1.0, 2.0])), twice)

    def test_auc_with_a_tie_by_hand(self) -> None:
        # Pairs (3 > 1), (3 > 2), (2 > 1) won, (2 = 2) half: 3.5 of 4.
        self.assertAlmostEqual(metrics.auc(np.array([1, 1, 0, 0]), np.array([3.0, 2.0, 1.0, 2.0])), 3.5 / 4)

    def test_log_loss_by_hand(self) -> None:
        got = metrics.log_loss(np.array([1.0, 0.0]), np.array([0.8, 0.4]))
        self.assertAlmostEqual(got, -(math.log(0.8) + math.log(0.6)) / 2)

    def test_spearman_of_a_monotone_curve_is_one(self) -> None:
        x = np.array([1.0, 2.0, 3.0, 4.0])
        self.assertAlmostEqual(metrics.spearman(x, np.exp(x)), 1)
        self.assertAlmostEqual(metrics.spearman(x, np.array([1.0, 2.0, 4.0, 3.0])), 0.8)

    def test_errors_by_hand(self) -> None:
        truth, predicted = np.array([0.0, 2.0, 4.0]), np.array([1.0, 2.0, 6.0])
        self.assertAlmostEqual(metrics.rmse(truth, predicted), math.sqrt(5 / 3))
        self.assertAlmostEqual(metrics.mae(truth, predicted), 1)
        self.assertAlmostEqual(metrics.r2(truth, predicted), 1 - 5 / 8)
        # Errors -1, 0, -2 have variance 2/3, the truth has 8/3.
        self.assertAlmostEqual(metrics.explained_variance(truth, predicted), 1 - (2 / 3) / (8 / 3))

    def test_a_constant_offset_costs_r2_and_not_the_explained_variance(self) -> None:
        truth = np.array([0.0, 2.0, 4.0])
        self.assertAlmostEqual(metrics.explained_variance(truth, truth + 5), 1)
        self.assertLess(metrics.r2(truth, truth + 5), 0)

    def test_gini_by_hand(self) -> None:
        # Exposure 3 and 1, all claims in the last quarter: area under the curve 1/4 * 1/2, so 1 - 2/8.
        self.assertAlmostEqual(metrics.gini(np.array([3.0, 1.0]), np.array([0.0, 2.0]), np.array([0.1, 0.9])), 0.75)
        self.assertAlmostEqual(metrics.gini(np.array([3.0, 1.0]), np.array([0.0, 2.0]), np.array([0.9, 0.1])), -0.75)

    def test_gini_of_one_rate_for_all_is_zero_whatever_the_order_of_rows(self) -> None:
        self.assertAlmostEqual(metrics.gini(np.ones(4), np.array([0.0, 0.0, 1.0, 1.0]), np.full(4, 0.2)), 0)

    def test_lorenz_curve_takes_weights_as_repeated_rows(self) -> None:
        exposure, claims, rate = np.array([1.0, 2.0, 1.0]), np.array([0.0, 1.0, 2.0]), np.array([0.1, 0.2, 0.3])
        weighted = metrics.area_gini(metrics.lorenz_curve(exposure, claims, rate)(np.array([2.0, 0.0, 1.0])))
        rows = [0, 0, 2]
        self.assertAlmostEqual(weighted, metrics.gini(exposure[rows], claims[rows], rate[rows]))

    def test_calibration_has_bins_of_equal_exposure_and_exact_intervals(self) -> None:
        exposure = np.ones(20)
        expected = np.linspace(0.1, 0.2, 20)
        claims = np.zeros(20)
        claims[:2] = 1
        bins = metrics.calibration(exposure, claims, expected)
        self.assertEqual([b["bin"] for b in bins], list(range(1, 11)))
        self.assertTrue(all(b["exposure"] == 2 for b in bins))
        self.assertEqual([b["claims"] for b in bins], [2] + [0] * 9)
        self.assertAlmostEqual(bins[0]["frequency"]["value"], 1)
        # The exact interval of two events is 0.2422 to 7.2247 (Garwood's table).
        self.assertAlmostEqual(bins[0]["frequency"]["ci95"][0], 0.24221 / 2, places=4)
        self.assertAlmostEqual(bins[0]["frequency"]["ci95"][1], 7.22469 / 2, places=4)
        self.assertAlmostEqual(bins[0]["observedToExpected"]["value"], 2 / (expected[0] + expected[1]), places=3)

    def test_calibration_of_one_rate_for_all_is_one_bin(self) -> None:
        bins = metrics.calibration(np.ones(9), np.ones(9), np.full(9, 0.5))
        self.assertEqual(len(bins), 1)
        self.assertEqual(bins[0]["observedToExpected"]["value"], 2)


if __name__ == "__main__":
    unittest.main()
