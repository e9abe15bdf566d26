"""The floor: DuckDB, in memory and locked, scans the store's Parquet of one scenario and joins it on keys trimmed.

No other cleaning, no repair, no rule, no address of a row, no report: what any tool must at least do with the same tables. The main
table is joined with every register the model reads and the result is kept, as ours is.
"""

from pathlib import Path

import duckdb

from benches import cost
from benches.cost import Cost
from casebook.intake import deliveries
from casebook.intake.account import DATA

MACROS = (
    "CREATE MACRO key(code) AS upper(trim(code, chr(9) || chr(32) || chr(39)))",
    "CREATE MACRO month(day) AS left(regexp_replace(day, '[^0-9]', '', 'g'), 6)",
    "CREATE MACRO sum_of(figure) AS sum(TRY_CAST(figure AS DECIMAL(18, 2)))",
)
SUBSIDIES = """
WITH paid AS (
    SELECT key(citizen_id) AS id, subsidy, month(pay_month) AS paid_for, any_value(name) AS name, count(*) AS n,
           sum_of(amount_fen) AS paid
    FROM civil_subsidy_payments GROUP BY ALL)
SELECT paid.*, c.certificate_no, c.disability_grade, c.valid_until, d.death_date, r.cremated_on, m.moved_on, l.benefit_from,
       s.benefit_from AS destitute, o.benefit_from AS orphan, j.term_from, i.benefit_from AS injury, v.benefit_from AS veteran
FROM paid
LEFT JOIN federation_certificates c ON key(c.citizen_id) = id
LEFT JOIN police_deaths d ON key(d.citizen_id) = id
LEFT JOIN civil_cremations r ON key(r.citizen_id) = id
LEFT JOIN police_moves m ON key(m.citizen_id) = id
LEFT JOIN civil_low_income l ON key(l.citizen_id) = id AND month(l.benefit_from) <= paid_for
LEFT JOIN civil_destitute_support s ON key(s.citizen_id) = id AND month(s.benefit_from) <= paid_for
LEFT JOIN civil_orphans o ON key(o.citizen_id) = id AND month(o.benefit_from) <= paid_for
LEFT JOIN justice_custody j ON key(j.citizen_id) = id AND month(j.term_from) <= paid_for
LEFT JOIN hr_work_injury_nursing i ON key(i.citizen_id) = id AND month(i.benefit_from) <= paid_for
LEFT JOIN veterans_nursing v ON key(v.citizen_id) = id AND month(v.benefit_from) <= paid_for
"""
LAND = """
WITH paid AS (
    SELECT key(unified_code) AS code, period_from, count(*) AS n, sum_of(paid_fen) AS paid FROM tax_payments GROUP BY ALL),
declared AS (
    SELECT key(unified_code) AS code, key(parcel_code) AS parcel, count(*) AS sources, sum_of(area_dm2) AS declared
    FROM tax_land_sources GROUP BY ALL),
relieved AS (SELECT key(unified_code) AS code, any_value(relief_nature) AS relief FROM tax_relief_filings GROUP BY ALL),
land AS (SELECT *, key(holder_id) AS code, key(parcel_code) AS parcel FROM registry_real_estate)
SELECT land.*, t.taxpayer_state, t.vat_type, k.firm_state, p.period_from, p.n, p.paid, s.sources, s.declared, c.handover_on,
       c.signed_on, f.relief, x.disposal
FROM land
LEFT JOIN tax_registrations t ON key(t.unified_code) = land.code
LEFT JOIN market_registrations k ON key(k.unified_code) = land.code
LEFT JOIN paid p ON p.code = land.code
LEFT JOIN declared s ON s.code = land.code AND s.parcel = land.parcel
LEFT JOIN land_supply_contracts c ON key(c.parcel_code) = land.parcel
LEFT JOIN relieved f ON f.code = land.code
LEFT JOIN land_use_penalties x ON key(x.parcel_code) = land.parcel
"""
CATERING = """
SELECT d.*, s.shown_operator, s.shown_licence_no, s.shown_address, s.shown_grade, f.operator_name, f.items, f.valid_until,
       f.licence_state, c.small_catering_no, g.dynamic_grade, g.annual_grade
FROM platform_dishes d
JOIN platform_shops s ON s.platform = d.platform AND key(s.shop_id) = key(d.shop_id)
LEFT JOIN market_food_licences f ON key(f.licence_no) = key(s.shown_licence_no)
LEFT JOIN market_small_catering c ON key(c.small_catering_no) = key(s.shown_licence_no)
LEFT JOIN market_hygiene_grades g ON key(g.licence_no) = key(s.shown_licence_no)
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
        for name in deliveries.contracts(store):
            database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{store}/{name}/*/{DATA}')")
        query = prepared(database, scenario)
        return cost.cheapest(lambda: database.execute(f"CREATE OR REPLACE TABLE joined AS {query}"))


def prepared(database: duckdb.DuckDBPyConnection, scenario: str) -> str:
    """The scenario's query, once the database has the macros it uses."""
    for macro in MACROS:
        database.execute(macro)
    return QUERIES[scenario]


def lock(database: duckdb.DuckDBPyConnection, store: Path) -> None:
    """The store can be read; nothing else can be, and this cannot be changed back."""
    database.execute(f"SET allowed_directories = ['{store}/']")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
