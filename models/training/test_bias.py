"""The bias report against hand-computed groups."""

import unittest

import numpy as np

from bad_input import BadInput
from bias import bias_report


class BiasReport(unittest.TestCase):
    def setUp(self) -> None:
        # Ten drivers of 100,000 km each. Reference "r": rates .1 .1 .1 .1 .3 .3, group "g": .1 .3 .3 .3; mean .2, median .2.
        self.groups = ["r"] * 6 + ["g"] * 4
        self.exposure_km = np.full(10, 100_000.0)
        self.expected = np.array([0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.1, 0.3, 0.3, 0.3])
        self.claims = np.array([0, 0, 0, 0, 1, 1, 0, 0, 0, 2.0])

    def test_figures_by_hand(self) -> None:
        report = bias_report(self.groups, self.exposure_km, self.claims, self.expected)
        self.assertEqual(report["reference"], "r")
        reference, group = report["groups"]["r"], report["groups"]["g"]
        self.assertEqual((group["drivers"], group["claims"], group["exposureKm"], group["thin"]), (4, 2, 400_000, True))
        self.assertEqual(group["claimsPer100000Km"]["value"], 0.5)
        self.assertEqual(group["predictedPer100000Km"]["value"], 0.25)
        self.assertEqual(group["observedToExpected"]["value"], 2)
        self.assertEqual(reference["observedToExpected"]["value"], 2)
        self.assertEqual(group["meanRelativity"]["value"], 1.25)
        # The median is 0.2, so 1 of 4 and 4 of 6 are favourable.
        self.assertIsNone(reference["adverseImpact"])
        self.assertAlmostEqual(group["adverseImpact"]["value"], (1 / 4) / (4 / 6), places=4)
        self.assertTrue(group["adverseImpact"]["belowFourFifths"])
        self.assertFalse(group["adverseImpact"]["certain"])

    def test_every_figure_has_an_interval(self) -> None:
        for group in bias_report(self.groups, self.exposure_km, self.claims, self.expected)["groups"].values():
            for name in ("claimsPer100000Km", "predictedPer100000Km", "observedToExpected", "meanRelativity"):
                low, high = group[name]["ci95"]
                self.assertLessEqual(low, group[name]["value"])
                self.assertGreaterEqual(high, group[name]["value"])
            self.assertTrue(all(len(b["observedToExpected"]["ci95"]) == 2 for b in group["calibration"]))

    def test_the_reference_can_be_chosen(self) -> None:
        report = bias_report(self.groups, self.exposure_km, self.claims, self.expected, "g")
        self.assertAlmostEqual(report["groups"]["r"]["adverseImpact"]["value"], (4 / 6) / (1 / 4), places=4)
        self.assertFalse(report["groups"]["r"]["adverseImpact"]["belowFourFifths"])

    def test_many_drivers_make_it_certain(self) -> None:
        times = 50
        report = bias_report(self.groups * times, np.tile(self.exposure_km, times), np.tile(self.claims, times), np.tile(self.expected, times))
        self.assertTrue(report["groups"]["g"]["adverseImpact"]["certain"])
        self.assertFalse(report["groups"]["g"]["thin"])

    def test_groups_that_are_treated_alike_have_a_ratio_of_one(self) -> None:
        report = bias_report(["a", "b"] * 5, self.exposure_km, self.claims, np.repeat([0.1, 0.2, 0.3, 0.4, 0.5], 2))
        self.assertEqual(report["groups"]["b"]["adverseImpact"]["value"], 1)
        self.assertFalse(report["groups"]["b"]["adverseImpact"]["belowFourFifths"])

    def test_exposure_is_no_risk(self) -> None:
        """Who drives ten times as much at the same rate has the same relativity."""
        far = self.exposure_km * np.where(np.array(self.groups) == "g", 10, 1)
        report = bias_report(self.groups, far, self.claims, np.full(10, 0.2) * far / 100_000)
        self.assertEqual(report["groups"]["g"]["meanRelativity"]["value"], 1)

    def test_one_group_or_an_unknown_reference_is_refused(self) -> None:
        with self.assertRaisesRegex(BadInput, "compares groups"):
            bias_report(["a"] * 10, self.exposure_km, self.claims, self.expected)
        with self.assertRaisesRegex(BadInput, '"z" is none of g, r'):
            bias_report(self.groups, self.exposure_km, self.claims, self.expected, "z")


if __name__ == "__main__":
    unittest.main()
