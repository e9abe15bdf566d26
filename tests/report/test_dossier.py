"""What one lead's dossier shows beyond its rows: where was searched, what could not be told."""

from casebook.case.evidence import Evidence, Searched
from casebook.report import dossier


def texts(blocks):
    return "\n".join(str(b) for b in blocks)


def lead_of(result, **facts):
    return {**result.leads.row(0, named=True), **facts}


def test_tables_searched_are_listed_with_what_was_found(result):
    held = Evidence("x", (), searched=(Searched("deaths", 1234, 0), Searched("payments", 99, 3))).to_json()
    told = texts(dossier.blocks(lead_of(result), held, dossier.setting_of(result)))
    assert "检索记录" in told
    assert "1,234" in told


def test_kind_that_could_not_be_told_is_said_to_be_open(result):
    lead = next(lead for lead in result.leads.iter_rows(named=True) if lead["kinds"])
    open_lead = {**lead, "unknown_kinds": lead["kinds"]}
    assert "不能判断（可能）" in texts(dossier.blocks(open_lead, None, dossier.setting_of(result)))
    assert "不能判断（可能）" not in texts(
        dossier.blocks({**lead, "unknown_kinds": []}, None, dossier.setting_of(result))
    )
