"""A workbook cut anywhere is refused in a sentence: the reader's Rust core may panic, and nothing of that may show."""

from pathlib import Path

import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake import contract

ROOT = Path(__file__).parents[2]
WORKBOOK = ROOT / "tests" / "samples" / "civil" / "civil_subsidy_payments_03_1.xls"
CONTRACT = ROOT / "data_contracts" / "civil_subsidy_payments.odcs.yaml"


@pytest.mark.parametrize("left_off", [50, 200, 5_000, 100_000])
def test_cut_workbook_is_refused_without_a_trace(tmp_path, capfd, left_off):
    path = tmp_path / "cut.xls"
    path.write_bytes(WORKBOOK.read_bytes()[:-left_off])
    with pytest.raises(SourceError, match="damaged or cut workbook"):
        intake.read(contract.load(CONTRACT), [path])
    assert capfd.readouterr().err == ""
