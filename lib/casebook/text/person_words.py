"""Words and forms that stand beside, or in place of, the name of a person in registers of civil affairs and payment lists."""

from typing import Final

from casebook.text import stand_ins
from casebook.text.surnames import COMMON, COMPOUND_SURNAMES

HAN: Final = r"[〇\p{Han}]"
ONE: Final = rf"{HAN}{{2,4}}"
OPEN: Final = r"[(\[【〔<《]"
CLOSE: Final = r"[)\]】〕>》]"
INNER: Final = r"[^()\[\]【】〔〕<>《》]*"
FORMER: Final = "(?:曾用名|曾用姓名|曾名|原名|原姓名|更名前|又名|别名|乳名|小名|化名|艺名)(?:为|是|叫)?"
NEWER: Final = "(?:现名|现用名|现姓名|现改名|后改名|已改名|已更名|改名|更名|新名)(?:为|是|叫)?"
NAMED_NEWER: Final = rf"{NEWER} *[:：]? *([^前后]{HAN}{{1,3}})"
GUARDIAN: Final = "(?:法定)?(?:监护人|代理人)|代领人?|领取人|代办人"
RELATIONS: Final = (
    "父亲?|母亲?|儿子|女儿|[长次三四独养继]?[子女]|妻子?|丈夫|夫|配偶|儿媳|女婿|孙子|孙女|孙"
    "|兄|弟|姐|妹|家属|亲属|新生儿|婴儿?|[男女]婴"
)
_CLOSE_KIN: Final = "父亲|母亲|儿子|女儿|妻子|丈夫|配偶|儿媳|女婿"
_NAMELESS: Final = f"{_CLOSE_KIN}|家属|亲属|监护人|妻|父|母|新生儿|婴儿|[男女]婴|[长次][子女]"
LABEL: Final = "(?:户主姓名|姓名|名字|户主|申请人|领款人|权利人|当事人|法定代表人|法人代表|负责人|经营者|持证人|死者|被告人?|原告人?)"
LABELLED: Final = rf"^{LABEL}({HAN}{{2,4}})$"
NO_NAME_AFTER: Final = rf"^{LABEL}(?:[之的妻父母子女儿配夫家亲本])"
TITLES: Final = "(?:先生|女士|同志|小姐|老师|师傅|太太|夫人)"
KIN: Final = (
    rf"^{HAN}{{2,4}}(?:之|的)(?:{RELATIONS})$|^{HAN}{{2,4}}(?:{_NAMELESS})$"
    rf"|^{HAN}{{2,4}}?(?:之|的)?(?:{RELATIONS}){HAN}{{1,2}}氏$|^(?:户主|本人)(?:之|的)?(?:{RELATIONS})(?:{HAN}氏)?$"
)
"""The person is named through another one only."""
OF_KIN: Final = rf"^({ONE}?)(?:(?:之|的)(?:{RELATIONS})|{_NAMELESS})(?:{HAN}{{1,2}}氏)?$"
"""Whose kin it is: the first group."""
CHILD: Final = (
    rf"^({ONE}?)(?:之|的)(?:{RELATIONS})({ONE})$|^([{COMMON}]{HAN}{{1,2}}?)(?:{_CLOSE_KIN}|妻)([{COMMON}]{HAN}{{1,2}})$"
)
"""李强之子李小明, 张三妻李四: another person, then the one meant."""
SURNAME_ONLY: Final = (
    rf"^{HAN}{{1,3}}氏$|^(?:{HAN}|{'|'.join(COMPOUND_SURNAMES)}){TITLES}$"
    rf"|^{HAN}(?:已(?:{stand_ins.STATES}|故|死|亡)|{_CLOSE_KIN})$"
)
"""王氏, 张王氏, 李先生, 李已故: no given name."""
_FETCHES: Final = "代(?:为)?(?:领|办|收|签)(?:取|款|人)?"
PROXY: Final = (
    rf"^{HAN}{{1,4}}[(]?(?:他人|别人|家人|家属|亲属)?{_FETCHES}[)]?$|^{HAN}{{2,4}}[(]代{HAN}{{2,4}}(?:领取?|办理?|收|签)?[)]$"
    rf"|^{HAN}{{2,4}}代{HAN}{{2,4}}(?:领取?|办理?|收|签)$|^由{HAN}{{2,4}}{_FETCHES}$"
)
"""张三代领, 由李四代领: the cell does not say whether it names who is paid or who came for the money."""
DESCRIBED: Final = (
    rf"[{{}}]|[\x{{2ff0}}-\x{{2fff}}]|{HAN}{OPEN}{INNER}{CLOSE}{HAN}|{OPEN}{HAN}+[+]{HAN}+{CLOSE}"
    rf"|{OPEN}[左上外]{HAN}{{1,2}}[右下内里]{HAN}{{1,2}}{CLOSE}"
)
"""A rare character told by its parts: 刘{龙天}, 刘(龙+天), 刘⿱龙天."""
FORMER_ONLY: Final = rf"^{FORMER} *[:：]? *({ONE})$"
STATE_AFTER: Final = rf"^({ONE}?) *(?:{stand_ins.AFTER})$"
ORNAMENTS: Final = "★☆◆◇▲△▼▽※√✓✔✕✖►▶◎→←⇒"
