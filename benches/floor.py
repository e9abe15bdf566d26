"""The floor: DuckDB, in memory and locked, scans the store's Parquet of one scenario and joins it on the keys as delivered.

No cleaning, no repair, no rule, no address of a row, no report: what any tool must at least do with the same tables. The main
table is joined with every register the model reads and the result is kept, as ours is.
"""

from pathlib import Path

import duckdb

from benches import cost
from benches.cost import Cost
from casebook.intake.store import DATA

SUBSIDIES = """
WITH paid AS (
    SELECT citizen_id, subsidy, pay_month, any_value(name) AS name, count(*) AS n, sum(TRY_CAST(amount_fen AS DECIMAL(18, 2))) AS paid
    FROM civil_subsidy_payments GROUP BY ALL)
SELECT paid.*, c.certificate_no, c.disability_grade, c.valid_until, d.death_date, r.cremated_on, m.moved_on, l.benefit_from,
       s.benefit_from AS destitute, o.benefit_from AS orphan, j.term_from, i.benefit_from AS injury, v.benefit_from AS veteran
FROM paid
LEFT JOIN federation_certificates c USING (citizen_id)
LEFT JOIN police_deaths d USING (citizen_id)
LEFT JOIN civil_cremations r USING (citizen_id)
LEFT JOIN police_moves m USING (citizen_id)
LEFT JOIN civil_low_income l ON l.citizen_id = paid.citizen_id AND l.benefit_from <= paid.pay_month
LEFT JOIN civil_destitute_support s ON s.citizen_id = paid.citizen_id AND s.benefit_from <= paid.pay_month
LEFT JOIN civil_orphans o ON o.citizen_id = paid.citizen_id AND o.benefit_from <= paid.pay_month
LEFT JOIN justice_custody j ON j.citizen_id = paid.citizen_id AND j.term_from <= paid.pay_month
LEFT JOIN hr_work_injury_nursing i ON i.citizen_id = paid.citizen_id AND i.benefit_from <= paid.pay_month
LEFT JOIN veterans_nursing v ON v.citizen_id = paid.citizen_id AND v.benefit_from <= paid.pay_month
"""
LAND = """
WITH paid AS (
    SELECT unified_code, period_from, count(*) AS n, sum(TRY_CAST(paid_fen AS DECIMAL(18, 2))) AS paid
    FROM tax_payments GROUP BY ALL),
declared AS (
    SELECT unified_code, parcel_code, count(*) AS sources, sum(TRY_CAST(area_dm2 AS DECIMAL(18, 2))) AS declared
    FROM tax_land_sources GROUP BY ALL),
relieved AS (SELECT unified_code, any_value(relief_nature) AS relief FROM tax_relief_filings GROUP BY ALL)
SELECT r.*, t.taxpayer_state, t.vat_type, k.firm_state, p.period_from, p.n, p.paid, s.sources, s.declared, c.handover_on,
       c.signed_on, f.relief, x.disposal
FROM registry_real_estate r
LEFT JOIN tax_registrations t ON t.unified_code = r.holder_id
LEFT JOIN market_registrations k ON k.unified_code = r.holder_id
LEFT JOIN paid p ON p.unified_code = r.holder_id
LEFT JOIN declared s ON s.unified_code = r.holder_id AND s.parcel_code = r.parcel_code
LEFT JOIN land_supply_contracts c ON c.parcel_code = r.parcel_code
LEFT JOIN relieved f ON f.unified_code = r.holder_id
LEFT JOIN land_use_penalties x ON x.parcel_code = r.parcel_code
"""
CATERING = """
SELECT d.*, s.shown_operator, s.shown_licence_no, s.shown_address, s.shown_grade, f.operator_name, f.items, f.valid_until,
       f.licence_state, c.small_catering_no, g.dynamic_grade, g.annual_grade
FROM platform_dishes d
JOIN platform_shops s USING (platform, shop_id)
LEFT JOIN market_food_licences f ON f.licence_no = s.shown_licence_no
LEFT JOIN market_small_catering c ON c.small_catering_no = s.shown_licence_no
LEFT JOIN market_hygiene_grades g ON g.licence_no = s.shown_licence_no
"""
QUERIES = {"disabled_two_subsidies": SUBSIDIES, "land_use_tax": LAND, "online_catering": CATERING}
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
}


def floor(scenario: str, store: Path) -> Cost:
    """What the join of the scenario's tables costs from the Parquet of a store; the cheapest of three goes."""
    with duckdb.connect(":memory:", config=LOCKED) as database:
        lock(database, store)
        for folder in sorted(store.iterdir()):
            database.execute(
                f"CREATE VIEW {folder.name} AS SELECT * FROM read_parquet('{store}/{folder.name}/*/{DATA}')"
            )
        return cost.cheapest(lambda: database.execute(f"CREATE OR REPLACE TABLE joined AS {QUERIES[scenario]}"))


def lock(database: duckdb.DuckDBPyConnection, store: Path) -> None:
    """The store can be read; nothing else can be, and this cannot be changed back."""
    database.execute(f"SET allowed_directories = ['{store}/']")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
