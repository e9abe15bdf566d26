import pytest

from casebook.batch import table_codes


@pytest.fixture
def told(tmp_path):
    def write(**tables):
        for name, lines in tables.items():
            (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return list(table_codes.problems(tmp_path))

    return write


def test_patterns_that_are_no_regular_expression(told):
    found = told(items=["item,granted,restricted,stands_in", "热食,热食|中餐,,", "冷食,冷食(,(?=a),"])
    assert found == [
        "items.csv row 3: granted is no regular expression (Rust, without look-around); correct it",
        "items.csv row 3: restricted is no regular expression (Rust, without look-around); correct it",
    ]


def test_codes_no_model_knows(told):
    (found,) = told(standards=["subsidy,disability_grade,yuan_per_month", "living,1,150", "livng,2,150"])
    assert found == "standards.csv row 3: subsidy 'livng' is not known; known are living, nursing"


def test_codes_the_other_table_lacks(told):
    found = told(
        land_grades=["cadastral_district,grade", "900001001,1", "900001002,7"],
        rates=["division,grade,yuan_per_m2_year", "900001,1,8.00"],
        dishes=["pattern,item,weight,excludes", "面(,热食,1,", "袋,预包装,0,", "鱼,生鱼,1,"],
        items=["item,granted", "热食,热食"],
    )
    assert [sentence.split(";")[0] for sentence in found] == [
        "land_grades.csv row 3: grade '7' is not known",
        "dishes.csv row 4: item '生鱼' is not known",
    ]


def test_a_table_that_cannot_be_read_is_told_elsewhere(told):
    assert told(standards=["subsidy,yuan_per_month", "living,abc"]) == []
