"""The evaluation on real claims, with made-up files of the same shape: what is there is found, a leak is barred, bad rows are named."""

import gzip
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from bad_input import BadInput
from frequency_claims import read_frequency_claims
from frequency_models import evaluate_frequency_claims
from real_claims import evaluate_real_claims
from telematic_claims import COLUMNS, evaluate_telematic_claims, read_telematic_claims


def telematic_rows(policies: int, effect: float, seed: int = 1) -> list[dict]:
    """Rows as in fretelematic.csv; the chance of a claim grows with the driving time by `effect`, and with nothing else."""
    rng = np.random.default_rng(seed)
    hours = rng.uniform(20, 900, policies)
    claim = rng.random(policies) < 1 / (1 + np.exp(1.8 - effect * (hours - 460) / 250))
    out = []
    for index in range(policies):
        row = {name: rng.integers(10, 100) for name in COLUMNS}
        row |= {name: rng.choice(["High", "Low"]) for name in ("Acceleration", "Brake", "Corner")}
        row |= {"Policy_ID": index + 1, "Total_Time": round(hours[index], 2), "Total_Distance": rng.integers(500, 40_000)}
        out.append(row | {"Insured_Gender": rng.choice(["M", "F"]), "Claim": "yes" if claim[index] else "no"})
    return out


def csv_text(rows: list[dict]) -> str:
    return "\n".join([",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]) + "\n"


class TelematicClaims(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "fretelematic.csv"

    def read(self, rows: list[dict]):
        self.path.write_text(csv_text(rows))
        return read_telematic_claims(self.path)

    def test_an_effect_of_exposure_is_found_and_scores_without_one_are_not(self) -> None:
        auc = evaluate_telematic_claims(self.read(telematic_rows(800, effect=1.0)), seed=1, repeats=3)["auc"]
        self.assertGreater(auc["exposureAlone"]["ci95"][0], 0.6)
        self.assertGreater(auc["booster"]["ci95"][0], 0.55)
        low, high = auc["vendorScores"]["ci95"]
        self.assertTrue(low < 0.53 and high > 0.47)

    def test_claims_at_random_give_no_model_anything(self) -> None:
        auc = evaluate_telematic_claims(self.read(telematic_rows(800, effect=0.0)), seed=1, repeats=3)["auc"]
        for name, number in auc.items():
            with self.subTest(model=name):
                self.assertLess(number["ci95"][0], 0.55)

    def test_label_gender_and_identifier_never_enter_a_model(self) -> None:
        rows = telematic_rows(300, effect=1.0)
        before = evaluate_telematic_claims(self.read(rows), seed=1, repeats=2)
        for index, row in enumerate(rows):
            row |= {"Policy_ID": 7_000_000 if row["Claim"] == "yes" else index, "Insured_Gender": "F" if row["Claim"] == "yes" else "M"}
        data = self.read(rows)
        self.assertNotIn("Claim", data.columns)
        self.assertEqual(evaluate_telematic_claims(data, seed=1, repeats=2), before)

    def test_each_auc_has_an_interval_and_a_paired_difference(self) -> None:
        report = evaluate_telematic_claims(self.read(telematic_rows(200, effect=0.5)), seed=2, repeats=3)
        for numbers in (report["auc"], report["aucOverExposureAlone"], {"boosterOverGlm": report["boosterOverGlm"]}):
            for number in numbers.values():
                self.assertTrue(number["ci95"][0] <= number["value"] <= number["ci95"][1])
        self.assertEqual(set(report["columns"]), set(COLUMNS))

    def test_bad_files_are_refused_by_line_and_column(self) -> None:
        rows = telematic_rows(40, effect=0.5)
        for change, message in (
            ({"Total_Time": "-4"}, "line 4: Total_Time"),
            ({"Total_Time": "nan"}, "line 4: Total_Time"),
            ({"Drive_Score": ""}, 'line 4: Drive_Score is ""'),
            ({"Brake": "Some"}, "line 4: Brake"),
            ({"Claim": "maybe"}, "line 4: Claim"),
        ):
            with self.subTest(change=change), self.assertRaisesRegex(BadInput, message):
                self.read([*rows[:2], rows[2] | change, *rows[3:]])
        with self.assertRaisesRegex(BadInput, "column Claim_Amount has no role here, so it could leak"):
            self.read([row | {"Claim_Amount": 1} for row in rows])
        with self.assertRaisesRegex(BadInput, "no column Claim"):
            self.read([{name: value for name, value in row.items() if name != "Claim"} for row in rows])
        with self.assertRaisesRegex(BadInput, "too few for 5 folds"):
            self.read([row | {"Claim": "no"} for row in rows])

    def test_without_the_frequency_files_the_report_says_what_is_missing(self) -> None:
        self.path.write_text(csv_text(telematic_rows(200, effect=0.5)))
        report = evaluate_real_claims(self.path, seed=1)
        self.assertEqual(report["frequency"], {"missing": ["freMTPL2freq.csv.gz", "freMTPL2sev.csv.gz"]})
        json.dumps(report, allow_nan=False)


class FrequencyClaims(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.frequency = Path(folder.name) / "freMTPL2freq.csv.gz"
        self.severity = Path(folder.name) / "freMTPL2sev.csv.gz"

    def write(self, rows: list[dict], amounts: list[dict]) -> None:
        for path, content in ((self.frequency, rows), (self.severity, amounts)):
            with gzip.open(path, "wt") as file:
                file.write(csv_text(content))

    def row(self, policy: int, **change: object) -> dict:
        row = {"IDpol": policy, "ClaimNb": 0, "Exposure": 0.5, "Area": "A", "VehPower": 5, "VehAge": 3, "DrivAge": 40}
        return row | {"BonusMalus": 50, "VehBrand": "B1", "VehGas": "Diesel", "Density": 100, "Region": "R1"} | change

    def read(self):
        return read_frequency_claims(self.frequency, self.severity)

    def test_cleans_as_published(self) -> None:
        rows = [self.row(1, ClaimNb=1), self.row(2, Exposure=1.7), self.row(3, ClaimNb=6, DrivAge=20), self.row(4, ClaimNb=1)]
        amounts = [{"IDpol": policy, "ClaimAmount": 900} for policy in (1, 3, 3, 3, 3, 3, 3, 99)]
        self.write(rows, amounts)
        data = self.read()
        self.assertEqual(data.claims.tolist(), [1, 0, 4, 0])
        self.assertEqual(data.exposure.tolist(), [0.5, 1, 0.5, 0.5])
        self.assertEqual(data.profile[0], data.profile[1])
        self.assertNotEqual(data.profile[0], data.profile[2])
        self.assertEqual(data.cleaning["claimsToldByFrequencyFile"], 8)
        self.assertEqual(data.cleaning["claimsWithAmount"], 7)
        self.assertEqual(data.cleaning["claimsCutByCapOf4"], 2)
        self.assertEqual(data.cleaning["claimsWithoutPolicy"], 1)
        self.assertEqual(data.cleaning["exposureCapped"], 1)
        self.assertEqual(data.cleaning["distinctProfiles"], 2)

    def test_bad_rows_are_named(self) -> None:
        for change, message in (
            ({"Exposure": 0}, "line 3: Exposure is 0"),
            ({"DrivAge": "old"}, 'line 3: DrivAge is "old"'),
            ({"IDpol": 1}, "line 3: policy 1 is there twice"),
        ):
            with self.subTest(change=change), self.assertRaisesRegex(BadInput, message):
                self.write([self.row(1), self.row(2) | change], [{"IDpol": 1, "ClaimAmount": 5}])
                self.read()
        self.frequency.write_bytes(b"no gzip")
        with self.assertRaisesRegex(BadInput, "reading"):
            self.read()

    def test_a_real_effect_is_found_against_the_null_model(self) -> None:
        rng = np.random.default_rng(3)
        rows, amounts = [], []
        for policy in range(1, 6001):
            malus, exposure = int(rng.integers(50, 150)), round(float(rng.uniform(0.1, 1)), 2)
            row = self.row(policy, BonusMalus=malus, Exposure=exposure, VehAge=int(rng.integers(0, 15)), Region=rng.choice(["R1", "R2"]))
            rows.append(row | {"Density": int(rng.integers(1, 5000)), "DrivAge": int(rng.integers(18, 80))})
            claims = rng.poisson(0.15 * np.exp(0.03 * (malus - 80)) * exposure)
            amounts += [{"IDpol": policy, "ClaimAmount": 1000}] * int(claims)
        self.write(rows, amounts)
        report = evaluate_frequency_claims(self.read(), seed=1)
        for model in ("glm", "booster"):
            self.assertGreater(report["devianceSkill"][model]["ci95"][0], 0.05)
            self.assertGreater(report["gini"][model]["ci95"][0], 0.2)
            low, high = report["observedToExpected"][model]["ci95"]
            self.assertTrue(low < 1 < high)
            curve = report["lorenz"][model]["claims"]
            self.assertEqual((curve[0]["value"], curve[-1]["value"]), (0, 1))
        self.assertEqual(sum(b["claims"] for b in report["calibration"]["glm"]), report["heldOutClaims"])


if __name__ == "__main__":
    unittest.main()
