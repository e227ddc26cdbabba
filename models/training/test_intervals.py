"""Intervals against published tables, hand computation, and how often they hold the truth."""

import math
import unittest

import numpy as np

import intervals
import metrics


class Intervals(unittest.TestCase):
    def test_garwood_is_the_published_table(self) -> None:
        for count, low, high in ((0, 0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)):
            got = intervals.garwood(count)
            self.assertAlmostEqual(got[0], low, places=4)
            self.assertAlmostEqual(got[1], high, places=4)

    def test_poisson_ratio_divides_the_count_and_its_interval(self) -> None:
        got = intervals.poisson_ratio(10, 20)
        self.assertEqual(got, {"value": 0.5, "ci95": [0.2398, 0.9195]})

    def test_mean_interval_by_hand(self) -> None:
        # Standard deviation 2 over four values: half width 1.96 * 2 / 2.
        got = intervals.mean_interval(np.array([1.0, 1.0 + math.sqrt(6), 1.0 - math.sqrt(6), 1.0]))
        self.assertEqual(got["value"], 1)
        self.assertAlmostEqual(got["ci95"][1], 1 + 1.95996, places=3)

    def test_mean_of_one_value_has_no_interval(self) -> None:
        self.assertIsNone(intervals.mean_interval(np.array([3.0]))["ci95"])

    def test_ratio_interval_by_hand(self) -> None:
        # Ratio 1/2, residuals 0.5 and -0.5: sqrt(2/1 * 0.5) / 4 = 0.25.
        got = intervals.ratio_interval(np.array([1.5, 0.5]), np.array([2.0, 2.0]))
        self.assertEqual(got["value"], 0.5)
        self.assertAlmostEqual(got["ci95"][1], 0.5 + 1.95996 * 0.25, places=3)

    def test_risk_ratio_by_hand(self) -> None:
        # 20 of 100 against 40 of 100: 0.5, standard error of the logarithm sqrt(1/20 - 1/100 + 1/40 - 1/100).
        half = 1.959964 * math.sqrt(0.055)
        got = intervals.risk_ratio(20, 100, 40, 100)
        self.assertEqual(got["value"], 0.5)
        self.assertAlmostEqual(got["ci95"][0], 0.5 * math.exp(-half), places=4)
        self.assertAlmostEqual(got["ci95"][1], 0.5 * math.exp(half), places=4)

    def test_risk_ratio_of_none_is_near_zero_with_a_wide_interval(self) -> None:
        got = intervals.risk_ratio(0, 10, 5, 10)
        self.assertGreater(got["ci95"][1], 0.5)

    def test_delong_by_hand(self) -> None:
        # Kernel [[1, 1], [1, 0.5]]: row means 1 and 0.75, column means 1 and 0.75; each side 0.03125 / 2.
        kernel = intervals.win_kernel(np.array([1, 1, 0, 0]), np.array([3.0, 2.0, 1.0, 2.0]))
        np.testing.assert_array_equal(kernel, [[1, 1], [1, 0.5]])
        got = intervals.delong(kernel)
        self.assertEqual(got["value"], 0.875)
        self.assertAlmostEqual(got["ci95"][0], 0.875 - 1.959964 * math.sqrt(0.03125), places=4)

    def test_auc_interval_has_the_value_of_the_rank_sum(self) -> None:
        rng = np.random.default_rng(1)
        label, score = rng.integers(0, 2, 300), rng.integers(0, 30, 300)
        self.assertAlmostEqual(intervals.auc_interval(label, score)["value"], metrics.auc(label, score), places=4)

    def test_auc_interval_holds_the_truth_in_about_95_of_100_samples(self) -> None:
        # Normal scores one standard deviation apart: the AUC is Phi(1 / sqrt 2) = 0.7602.
        rng = np.random.default_rng(7)
        label = np.repeat([1, 0], [40, 160])
        held = 0
        for _ in range(400):
            low, high = intervals.auc_interval(label, rng.normal(label, 1))["ci95"]
            held += low <= 0.76025 <= high
        self.assertGreater(held, 400 * 0.91)
        self.assertLess(held, 400 * 0.985)

    def test_a_score_against_itself_differs_by_exactly_nothing(self) -> None:
        kernel = intervals.win_kernel(np.array([1, 1, 0, 0]), np.array([3.0, 2.0, 1.0, 2.0]))
        self.assertEqual(intervals.delong(kernel - kernel, (-1, 1)), {"value": 0, "ci95": [0, 0]})

    def test_auc_of_one_kind_of_row_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "two rows of each kind"):
            intervals.auc_interval(np.ones(5), np.arange(5))

    def test_bootstrap_draws_whole_clusters(self) -> None:
        clusters = np.array([4, 4, 9, 9, 9])
        draws = intervals.bootstrap(lambda weights: weights.copy(), clusters, seed=1, replicates=50)
        self.assertTrue(np.all(draws[:, 0] == draws[:, 1]))
        self.assertTrue(np.all(draws[:, 2] == draws[:, 4]))
        self.assertTrue(np.all(draws[:, 0] + draws[:, 2] == 2))
        self.assertGreater(len(np.unique(draws[:, 0])), 1)

    def test_bootstrap_interval_of_a_mean_is_the_normal_one(self) -> None:
        values = np.random.default_rng(3).normal(5, 2, 400)
        draws = intervals.bootstrap(lambda weights: np.array([np.average(values, weights=weights)]), np.arange(400), 1, 1500)
        got, normal = intervals.percentile_estimate(values.mean(), draws[:, 0]), intervals.mean_interval(values)
        for one, other in zip(got["ci95"], normal["ci95"], strict=True):
            self.assertAlmostEqual(one, other, delta=0.03)


if __name__ == "__main__":
    unittest.main()
