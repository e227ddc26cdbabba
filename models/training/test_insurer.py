"""An insurer's claims, made up by seed: a real effect is found, none is not, and group labels change no prediction."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import xgboost as xgb

from bad_input import BadInput
from example_claims import example_parameters, write_example
from insurer import BoosterSettings, evaluate_own_claims, read_own_claims
from own_model import write_own_model

SETTINGS = BoosterSettings(example_parameters, 20)


class OwnClaims(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def evaluate(self, groups: bool = False, reference: str | None = None) -> dict:
        path = self.folder / "groups.csv" if groups else None
        return evaluate_own_claims(read_own_claims(self.folder / "claims.csv", path, self.folder), reference, 1, SETTINGS)

    def test_a_real_effect_is_found_out_of_fold(self) -> None:
        write_example(self.folder)
        report = self.evaluate()
        for model in ("glm", "booster"):
            self.assertGreater(report["devianceSkill"][model]["ci95"][0], 0)
            self.assertGreater(report["gini"][model]["ci95"][0], 0)
            self.assertEqual(len(report["calibration"][model]), 10)
        self.assertGreater(report["aucOfAnyClaim"]["booster"]["value"], report["aucOfAnyClaim"]["exposureAlone"]["value"])
        total = sum(b["claims"] for b in report["calibration"]["booster"])
        self.assertEqual(total, report["claims"])
        self.assertEqual(report["meanClaimMinor"]["value"], 150_000)
        json.dumps(report, allow_nan=False)

    def test_where_there_is_no_effect_none_is_found(self) -> None:
        write_example(self.folder, effect=0.0)
        report = self.evaluate()
        for model in ("glm", "booster"):
            self.assertLess(report["devianceSkill"][model]["ci95"][0], 0)

    def test_the_same_seed_gives_the_same_report(self) -> None:
        write_example(self.folder, drivers=200)
        self.assertEqual(self.evaluate(groups=True), self.evaluate(groups=True))

    def test_group_labels_change_no_prediction(self) -> None:
        write_example(self.folder, drivers=300)
        first = self.evaluate(groups=True)
        head, *lines = (self.folder / "groups.csv").read_text().splitlines()
        labels = np.random.default_rng(5).permutation([line.split(",")[1] for line in lines])
        shuffled = [f"{line.split(',')[0]},{label}" for line, label in zip(lines, labels, strict=True)]
        (self.folder / "groups.csv").write_text("\n".join([head, *shuffled]) + "\n")
        second = self.evaluate(groups=True)
        self.assertNotEqual(first.pop("bias"), second.pop("bias"))
        self.assertEqual(first, second)
        self.assertEqual(first, self.evaluate())

    def test_a_group_that_drives_harder_stands_out_and_one_that_does_not_does_not(self) -> None:
        write_example(self.folder, drivers=1500)
        groups = self.evaluate(groups=True)["bias"]["groups"]
        self.assertTrue(groups["b"]["adverseImpact"]["belowFourFifths"])
        self.assertGreater(groups["b"]["meanRelativity"]["ci95"][0], 1)
        self.assertFalse(groups["c"]["adverseImpact"]["belowFourFifths"])
        low, high = groups["b"]["observedToExpected"]["ci95"]
        self.assertTrue(low < 1 < high, "the effect is in the features, so the group is calibrated")

    def test_what_is_too_good_to_be_honest_is_suspected(self) -> None:
        write_example(self.folder, drivers=1500, effect=1.5)
        self.assertTrue(self.evaluate()["suspectLeak"])
        write_example(self.folder, drivers=1500, effect=0.3)
        self.assertFalse(self.evaluate()["suspectLeak"])

    def test_few_claims_are_said_to_be_few(self) -> None:
        write_example(self.folder, drivers=200)
        self.assertTrue(self.evaluate()["fewClaims"])
        write_example(self.folder, drivers=3000)
        self.assertFalse(self.evaluate()["fewClaims"])

    def test_without_ids_in_the_table_the_drivers_number_is_the_id(self) -> None:
        write_example(self.folder, drivers=200)
        with_ids = self.evaluate()
        about = json.loads((self.folder / "driver.json").read_text())
        del about["driverIds"]
        (self.folder / "driver.json").write_text(json.dumps(about))
        with self.assertRaisesRegex(BadInput, r"200 problems\n  line 2: driver \"DRV-\d+\" is not in the driver table"):
            self.evaluate()
        head, *lines = (self.folder / "claims.csv").read_text().splitlines()
        (self.folder / "claims.csv").write_text("\n".join([head, *(str(int(line[4:8])) + line[8:] for line in lines)]) + "\n")
        without_ids = self.evaluate()
        self.assertNotEqual(with_ids.pop("inventory"), without_ids.pop("inventory"))
        self.assertEqual(without_ids, with_ids)

    def test_the_model_of_all_claims_is_an_artifact_whose_portfolio_is_in_balance(self) -> None:
        write_example(self.folder)
        own = read_own_claims(self.folder / "claims.csv", None, self.folder)
        report = evaluate_own_claims(own, None, 1, SETTINGS)
        path = write_own_model(own, report, self.folder / "artifacts", "2.0.0", 1, SETTINGS)
        self.assertEqual(path, self.folder / "artifacts" / "driver-risk" / "2.0.0")
        manifest = json.loads((path / "manifest.json").read_text())
        self.assertEqual(manifest["features"], ["harshPer100Km", "nightShare"])
        self.assertEqual(manifest["metrics"]["ownClaims"]["inventory"]["claimsSha256"], own.claims_hash)
        booster = xgb.Booster(model_file=path / "model.json")
        margins = booster.predict(xgb.DMatrix(own.table.features), output_margin=True)
        # Relativities around the portfolio's margin expect as many claims as the mean frequency does.
        relativity = np.exp(margins - manifest["calibration"]["portfolioMargin"])
        self.assertAlmostEqual(np.average(relativity, weights=own.file.exposure_km), 1, places=4)
        card = (path / "MODEL_CARD.md").read_text()
        self.assertIn(f"{report['claims']} claims of 600 drivers", card)
        self.assertIn("Not tested: no group labels", card)

    def test_what_cannot_be_judged_is_refused(self) -> None:
        with self.assertRaisesRegex(BadInput, "no driver.json and no driver.f32"):
            self.evaluate()
        write_example(self.folder, drivers=200)
        with self.assertRaisesRegex(BadInput, "no group labels"):
            self.evaluate(reference="a")
        claims = self.folder / "claims.csv"
        claims.write_text("driver_id,exposure_km,claims\n" + "".join(f"DRV-{i:04d},100,{int(i < 3)}\n" for i in range(50)))
        with self.assertRaisesRegex(BadInput, "3 of 50 drivers have a claim: too few"):
            self.evaluate()
        (self.folder / "driver.f32").write_bytes(b"123")
        with self.assertRaisesRegex(BadInput, "reading the driver table"):
            self.evaluate()


if __name__ == "__main__":
    unittest.main()
