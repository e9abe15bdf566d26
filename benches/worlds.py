"""Tables of planted worlds in the roles that linking reads: prepared by the library itself, as `casebook match` does it."""

from typing import Final

import polars as pl

from casebook.link.residual import Entity
from casebook.link.roles import prepared

ROLES: Final[dict[Entity, dict[str, str]]] = {
    "person": {
        "id": "citizen_id",
        "certificate": "certificate_id",
        **{role: role for role in ("name", "sex", "birth_date", "address", "place", "phone", "account")},
    },
    "firm": {role: role for role in ("code", "name", "former_name", "address", "representative", "representative_id")},
}


def cleaned(side: pl.DataFrame, entity: Entity) -> pl.DataFrame:
    """The roles there are columns for; `ref` stays."""
    named = {role: column for role, column in ROLES[entity].items() if column in side.columns}
    return prepared(side, named, entity, side["ref"])
