import pytest

from casebook.errors import ContractError
from casebook.intake.rulebook import patterns

REFUSED = {
    "^a": "fit the whole text",
    "a$": "fit the whole text",
    r"^a\$": "fit the whole text",
    "^a|b$": "fit the whole text",
    "^[^]]|b$": "fit the whole text",
    "^(?=a)b$": "looks around",
    "^(?!a)b$": "looks around",
    "^(?<=a)b$": "looks around",
    "^(?P<n>a)$": "names a group",
    "^(?m)a$": "sets a flag",
    "^(?x:a)$": "sets a flag",
    r"^(a)\1$": "refers back",
    r"^\d{4}$": r"write \[0-9\]",
    r"^[\d]{4}$": r"write \[0-9\]",
    r"^\w+$": r"write \[0-9A-Za-z_\]",
    "^a{1000}{1000}$": "grows too large",
    "^((((((a{10}){10}){10}){10}){10}){10})$": "grows too large",
    "^[a$": "no regular expression",
    "^(a$": "no regular expression",
    "^" + "a" * 199 + "$": "at most 200",
}


@pytest.mark.parametrize(("pattern", "said"), REFUSED.items())
def test_refused(pattern, said):
    with pytest.raises(ContractError, match=said):
        patterns.refuse(pattern)


@pytest.mark.parametrize(
    "pattern", ["^[0-9]{4}$", "^(?:a|b|[|])c$", "^(a+)+$", r"^a\|b$", "^(?i:jy)[0-9]{14}$", "^[一-龥]+$"]
)
def test_allowed(pattern):
    assert patterns.refuse(pattern) is None
