"""Claims and group labels are checked row by row, and an error names the line."""

import tempfile
import unittest
from pathlib import Path

from bad_input import BadInput
from claims_file import MOST_PROBLEMS, read_claims_file, read_group_labels

HEAD = "driver_id,exposure_km,claims,claim_amount_minor,group\n"


class ClaimsFiles(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "claims.csv"

    def read(self, text: str | bytes):
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_claims_file(self.path, {"1", "2", "3"})

    def refused(self, text: str | bytes, message: str) -> None:
        with self.assertRaisesRegex(BadInput, message):
            self.read(text)

    def test_reads_what_is_right(self) -> None:
        file = self.read(HEAD + "2,12000.5,1,90000,b\n1, 8000 ,0,,a\n")
        self.assertEqual(file.drivers, ["2", "1"])
        self.assertEqual(file.exposure_km.tolist(), [12000.5, 8000])
        self.assertEqual(file.claims.tolist(), [1, 0])
        self.assertEqual(file.amount_minor.tolist(), [90000, 0])
        self.assertEqual(file.groups, ["b", "a"])

    def test_reads_the_three_needed_columns_alone_with_a_byte_order_mark_and_crlf(self) -> None:
        file = self.read(b"\xef\xbb\xbfdriver_id,exposure_km,claims\r\n1,5,0\r\n")
        self.assertIsNone(file.amount_minor)
        self.assertIsNone(file.groups)

    def test_names_the_line_of_each_problem(self) -> None:
        for row, message in (
            ("1,-3,0,,a", 'line 3: exposure_km is "-3", must be a number above 0'),
            ("1,0,0,,a", 'line 3: exposure_km is "0"'),
            ("1,NaN,0,,a", 'line 3: exposure_km is "NaN"'),
            ("1,inf,0,,a", 'line 3: exposure_km is "inf"'),
            ("1,,0,,a", 'line 3: exposure_km is ""'),
            ("1,5,nan,,a", 'line 3: claims is "nan", must be a whole number'),
            ("1,5,-1,,a", 'line 3: claims is "-1"'),
            ("1,5,1.5,,a", 'line 3: claims is "1.5"'),
            ("1,5,1,-7,a", "line 3: claim_amount_minor"),
            ("1,5,0,700,a", "line 3: claim_amount_minor is 700 with no claim"),
            ("9,5,1,7,a", 'line 3: driver "9" is not in the driver table'),
            ("2,5,1,7,a", 'line 3: driver "2" is there already, on line 2'),
            (",5,1,7,a", "line 3: driver_id is blank"),
            ("1,5,1,7,", "line 3: group is blank"),
            ("1,5,1", "line 3: group is blank"),
            ("1,5,1,7,a,b", "line 3: more values than the 5 columns"),
        ):
            with self.subTest(row=row):
                self.refused(f"{HEAD}2,5,1,7,a\n{row}\n", message)

    def test_lists_all_problems_up_to_a_limit(self) -> None:
        with self.assertRaises(BadInput) as caught:
            self.read(HEAD + "1,-1,x,,a\n" * (MOST_PROBLEMS + 3))
        self.assertIn("line 2: exposure_km", str(caught.exception))
        self.assertIn("line 2: claims", str(caught.exception))
        self.assertRegex(str(caught.exception), r"and \d+ more$")

    def test_refuses_other_columns_and_files(self) -> None:
        self.refused("driver_id,claims\n1,0\n", "no column exposure_km")
        self.refused("driver_id,exposure_km,claims,age\n1,5,0,33\n", "unknown column age")
        self.refused(HEAD, "it has no row")
        self.refused("", "no column driver_id")
        self.refused(b"\xff\xfe\x00", "reading")

    def labels(self, text: str, drivers: list[str]) -> list[str]:
        self.path.write_text(text)
        return read_group_labels(self.path, drivers)

    def test_labels_come_in_the_order_of_the_drivers(self) -> None:
        self.assertEqual(self.labels("driver_id,group\n1,a\n2,b\n3,c\n", ["2", "1"]), ["b", "a"])

    def test_labels_that_lack_or_contradict_are_refused(self) -> None:
        for text, message in (
            ("driver_id,group\n1,a\n", '1 drivers of the claims have no group: "2"'),
            ("driver_id,group\n1,a\n1,b\n2,b\n", 'line 3: driver "1" is there twice'),
            ("driver_id,group\n1,\n2,b\n", "line 2: group is blank"),
            ("driver,group\n1,a\n", "must be driver_id and group"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(BadInput, message):
                self.labels(text, ["1", "2"])


if __name__ == "__main__":
    unittest.main()
