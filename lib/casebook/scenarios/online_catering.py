"""网络餐饮：店铺页面公示的许可证、量化等级与菜品，同许可名单逐店比对。

Which shops on delivery platforms show no licence, or an expired, cancelled or another's one, sell dishes their licence does not
cover, or do not show the hygiene grade they were given. Law: 食品安全法 art. 35, 62; 网络餐饮服务食品安全监督管理办法 arts. 4, 9, 10 (in
force 2018-01-01). A licence is read in the words of its own issue date (rules of 2015, of 2023-12-01).
"""

from functools import reduce
from operator import or_

import narwhals as nw
from pydantic import Field

from casebook.case import scenario
from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame, Scenario, kind, scope
from casebook.scenarios.online_catering_computation import computation
from casebook.scenarios.online_catering_exemptions import EXEMPTIONS, LIMITS_EN, LIMITS_ZH
from casebook.scenarios.online_catering_inputs import INPUTS, LINKS
from casebook.scenarios.online_catering_judged_rows import judged, trace


class Parameters(scenario.Parameters):
    """What the district and the period decide; none has a default."""

    division: str
    capture_window_days: int = Field(ge=0, le=366)
    min_strong_dishes: int = Field(ge=1, le=50)
    dish_weight_threshold: float = Field(ge=0, le=1)
    expiry_grace_days: int = Field(ge=0, le=366)
    grade_required_after_days: int = Field(ge=0, le=1096)
    ocr_edit_distance: int = Field(ge=0, le=1)
    dish_table: str
    item_table: str
    platform_share: float = Field(ge=0, le=1)


def col(name: str) -> nw.Expr:
    """A fact column."""
    return nw.col(name)


def is_captured(p: Parameters) -> nw.Expr:
    """有页面采集日期。
    The page has a day of capture by which it can be judged (unknown otherwise).
    """
    return ~col("captured_on").is_null() | nw.lit(None).cast(nw.Boolean)


def shows_no_licence(p: Parameters) -> nw.Expr:
    """页面未公示许可证号，许可名单中未检索到该主体的许可证（小餐饮登记证另列）。
    No licence number is shown, and no licence is listed under the subject's name and house (small-catering registrations apart).
    Another paper's number is no licence number; whose paper it is stays unknown unless the certificate is listed.
    Art. 9 binds platforms and caterers with a website of their own; the shop's own duty to show is 电子商务法 art. 15.
    Law: dzsw15, spaq35, wlcy9
    反证：出示采集当日有效的食品经营许可证或小餐饮登记证，或当日页面截图显示已公示。
    Refuted by: a licence or registration in force on the day, or a screenshot of the day that shows the number.
    """
    other = nw.when(col("has_certificate")).then(nw.lit(True)).otherwise(nw.lit(None)).cast(nw.Boolean)
    bare = nw.when(col("is_other_number")).then(other).otherwise(col("is_nothing_shown"))
    return bare & ~col("has_licence")


def licence_has_expired(p: Parameters) -> nw.Expr:
    """公示的许可证在采集日之前已到期；到期当日有效。
    The licence (by the list) ended before the capture; its last day counts.
    Law: spaq35, xkba_term
    反证：出示延续决定、新证，或名单到期日有误的证明。
    Refuted by: a renewal, a new licence, or proof that the list's expiry is wrong.
    """
    day = col("captured_on").dt.offset_by(f"-{p.expiry_grace_days}d")
    return col("has_licence") & (col("listed_until") < day)


def licence_is_anothers(p: Parameters) -> nw.Expr:
    """公示的许可证号属于另一主体，名称与地址均不符。
    The number belongs to an operator of another name at another house. Same house: unknown. A number on no list: unknown.
    Law: dzsw15, wlcy10
    反证：证明为同一经营者（更名、迁址、一照多店），或名单记载有误。
    Refuted by: proof that it is one operator (new name, new address, several shops on one licence), or that the list is wrong.
    """
    unknown = nw.lit(None).cast(nw.Boolean)
    is_at_home = col("same_house").fill_null(False)
    differs = (
        nw.when(~col("name_differs").fill_null(~is_at_home))
        .then(nw.lit(False))
        .when(col("same_house").fill_null(True))
        .then(unknown)
        .otherwise(col("name_differs"))
    )
    is_unlisted = ~col("is_nothing_shown") & ~col("is_other_number") & ~col("has_licence")
    return nw.when(is_unlisted).then(unknown).when(col("has_licence")).then(differs).otherwise(nw.lit(False))


def licence_is_cancelled(p: Parameters) -> nw.Expr:
    """公示的许可证在采集日已注销、吊销或撤销。
    The licence was cancelled, revoked or withdrawn on or before the day of capture.
    Without a day of cancellation the state on the list's day stands for the day of capture, `capture_window_days` apart at most.
    Law: spaq35, xzxk70
    反证：出示恢复或新发的许可证，或证明注销晚于采集日。
    Refuted by: a licence restored or newly given, or proof that it was cancelled after the capture.
    """
    return col("has_licence") & col("is_cancelled") & (col("cancelled_on") <= col("captured_on")).fill_null(True)


def sells_beyond_scope(p: Parameters) -> nw.Expr:
    """所售菜品超出许可经营项目：未涵盖的强指示菜品达到规定个数。
    At least `min_strong_dishes` strong dishes, all uncovered items together (ruling 13), need an item that is not licensed.
    Dishes that a restricted item or other words may cover leave the answer open. Packaged goods never count (ruling 16).
    Law: wlcy4, xkba_items
    反证：证明菜品为外购预包装、实际做法属已许可项目，或许可项目已变更。
    Refuted by: proof that the dishes are bought packaged, are made in a licensed way, or that the licence was extended.
    """
    sure, most = col("n_uncovered"), col("n_uncovered") + col("n_restricted") + col("n_other_words")
    unknown = nw.lit(None).cast(nw.Boolean)
    answer = nw.when(sure >= p.min_strong_dishes).then(nw.lit(True)).when(most >= p.min_strong_dishes).then(unknown)
    return answer.otherwise(nw.lit(False))


def is_graded_by_capture() -> nw.Expr:
    """The list holds the licence's grade; null where the grade was given after the capture, which hides the one before."""
    is_later = (col("graded_on") > col("captured_on")).fill_null(False)
    return nw.when(is_later).then(nw.lit(None)).otherwise(col("has_grade_row")).cast(nw.Boolean)


def grade_is_not_shown(p: Parameters) -> nw.Expr:
    """已评定量化等级，页面未公示。
    The regulator lists the shop's licence for grading and the page shows no grade. Graded after the capture: unknown.
    Law: wlcy10
    反证：当日页面截图显示等级，或证明尚未评定。
    Refuted by: a screenshot of the day that shows the grade, or proof that none was given.
    """
    return col("has_licence") & is_graded_by_capture() & ~col("is_grade_shown")


def grade_differs(p: Parameters) -> nw.Expr:
    """公示等级与评定的动态等级不一致。
    The grade shown is not the dynamic grade given, be it better or worse (ruling 14). Graded after the capture: unknown.
    A list that tells no day of grading stands for the day of capture, as its other columns do.
    Law: wlcy10
    反证：出示采集日有效的评定结果，或证明名单更新晚于采集日。
    Refuted by: the grade in force on the day, or proof that the list was updated after the capture.
    """
    is_read = (col("shown_rank") > 0) & (col("given_rank") > 0)
    differs = nw.when(is_read).then(col("shown_rank") != col("given_rank")).otherwise(nw.lit(None)).cast(nw.Boolean)
    return col("has_licence") & is_graded_by_capture() & col("is_graded") & col("is_grade_shown") & differs


RULES = (
    shows_no_licence, licence_has_expired, licence_is_anothers, licence_is_cancelled,
    sells_beyond_scope, grade_is_not_shown, grade_differs,
)  # fmt: skip


def is_minor(p: Parameters) -> nw.Expr:
    """Nothing but a grade shown worse than the one given."""
    others = reduce(or_, (rule(p).fill_null(True) for rule in RULES[:-1]))
    worse = (col("shown_rank") > col("given_rank")).fill_null(False)
    return grade_differs(p).fill_null(False) & worse & ~others


def prepare(inputs: Inputs, p: Parameters) -> Frame:
    """One row per shop as captured, with the pattern of minor mismatches and the direction of a mismatch."""
    pattern = nw.when(is_minor(p)).then(nw.lit("grade_shown_worse")).otherwise(nw.lit(None)).cast(nw.String)
    return judged(inputs, p).with_columns(pattern=pattern, grade_direction=direction())


def direction() -> nw.Expr:
    """`shown_better` or `shown_worse` than the grade given; null where they agree or one cannot be read."""
    shown, given = col("shown_rank"), col("given_rank")
    is_read = (shown > 0) & (given > 0)
    better = nw.when(is_read & (shown < given)).then(nw.lit("shown_better"))
    return better.when(is_read & (shown > given)).then(nw.lit("shown_worse")).otherwise(nw.lit(None)).cast(nw.String)


def amount(p: Parameters) -> nw.Expr:
    """No money is at stake: always 0 fen."""
    return nw.lit(0)


ROUTE = {"receiver": "市场监督管理局", "document": "检察建议"}
PAPER = {"tier": "licence_tier", "pattern": "platform_does_not_check_licences", **ROUTE}
SHOWN = ("shown_licence_no", "captured_on")
GRADE = {"tier": "licence_tier", "pattern": "grades_not_shared_with_platforms", **ROUTE}
KINDS = (
    kind("no_licence_shown", shows_no_licence, pattern="platform_does_not_check_licences",
         shows=(*SHOWN, "certificate_until", "number_lacking_on_platform"), **ROUTE),
    kind("licence_expired", licence_has_expired, shows=(*SHOWN, "listed_until", "renewal_applied_on"), **PAPER),
    kind("licence_of_another", licence_is_anothers, shows=(*SHOWN, "listed_no", "name_differs", "same_house"), **PAPER),
    kind("licence_cancelled", licence_is_cancelled,
         shows=(*SHOWN, "listed_state", "cancelled_on", "list_date", "listed_until"), **PAPER),
    kind("beyond_scope", sells_beyond_scope, tier="licence_tier", pattern="scope_not_checked_against_menu", **ROUTE,
         shows=("n_uncovered", "uncovered_items", "dishes_in_question", "n_restricted", "n_other_words", "n_toppings", "listed_items",
                "issued_on", "vocabulary", "licensing_rules")),
    kind("grade_not_shown", grade_is_not_shown,
         shows=("shown_grade_raw", "given_rank", "graded_on", "captured_on", "grade_lacking_on_platform"), **GRADE),
    kind("grade_mismatch", grade_differs,
         shows=("shown_grade_raw", "shown_rank", "given_rank", "grade_direction", "graded_on", "captured_on"), **GRADE),
)  # fmt: skip

SCENARIO = Scenario(
    id="online_catering",
    title_zh="网络餐饮资质与经营范围监督",
    title_en="Online catering: licences, scope, grades",
    line="公益",
    version="1.0.0",
    unit_zh="店铺（按采集）",
    unit_en="shop as captured",
    parameters=Parameters,
    inputs=INPUTS,
    links=LINKS,
    prepare=prepare,
    trace=trace,
    scope=(scope("is_captured", is_captured),),
    kinds=KINDS,
    exemptions=EXEMPTIONS,
    amount=amount,
    computation=computation,
    subject="firm",
    limits_zh=LIMITS_ZH,
    limits_en=LIMITS_EN,
)
