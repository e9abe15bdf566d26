"""Words for the firms and bodies that hold land in the fictional district; every name is made up."""

from typing import Final

from casebook.synth.dice import Dice

BRAND_HEADS: Final = "恒鑫瑞宏盛泰嘉祥腾骏卓凯润丰益晟锦昊旭启源诚汇聚博远景鼎铭禾沃隆福顺"
BRAND_TAILS: Final = "达通兴茂利发昌源泰和业成康宁安升耀辉科创邦佳合美洋川岳峰林江海原野禾"
TRADES: Final = (
    *("机械制造", "纺织", "木业", "食品", "建材", "物流", "化工", "电子科技", "汽车配件", "新材料"),
    *("包装制品", "塑料制品", "金属制品", "家具", "印刷", "面粉", "饲料", "仓储", "铸造", "节能设备"),
    *("玻璃制品", "服装", "橡胶制品", "农机装备", "环保科技", "管道设备", "电缆", "工艺品", "商贸", "酒业"),
    *("粮油", "轴承", "门窗", "体育器材", "生物科技", "电气设备", "石材", "纸业", "装饰材料", "水泥制品"),
)
DEVELOPER_TRADES: Final = ("房地产开发", "置业", "城市开发")
FARM_TRADES: Final = ("现代农业", "果蔬种植", "生态养殖", "苗木种植")
FORMS: Final = ("有限公司", "有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")
PLACES: Final = ("青禾区", "云州市青禾区", "云州市", "云州", "")
ORGANS: Final = (
    *("财政局", "公安局", "交通运输局", "水利局", "农业农村局", "司法局", "审计局", "统计局", "民政局"),
    *("人民法院", "信访局", "档案局", "医疗保障局", "应急管理局", "教育局", "退役军人事务局"),
)
PEOPLES_BODIES: Final = ("总工会", "妇女联合会", "残疾人联合会", "归国华侨联合会")
PUBLIC_UNITS: Final = (
    *("第一中学", "第二中学", "实验小学", "职业中等专业学校", "人民医院", "中医院", "妇幼保健院", "图书馆"),
    *("文化馆", "疾病预防控制中心", "特殊教育学校", "青少年活动中心", "第三中学", "教师进修学校"),
)
TEMPLES: Final = ("清云寺", "普善寺", "三官观", "兴福寺", "大悲庵", "永宁寺")
CITY_SERVICES: Final = ("市政设施管理处", "园林绿化服务中心", "环境卫生服务中心", "城市道路养护中心")

_LONG_SHARE: Final = 0.2


def brand(dice: Dice) -> str:
    """Two characters, sometimes three, in the taste of trade names."""
    middle = dice.pick(BRAND_TAILS) if dice.chance(_LONG_SHARE) else ""
    return dice.pick(BRAND_HEADS) + middle + dice.pick(BRAND_TAILS)


def firm_name(dice: Dice, trades: tuple[str, ...] = TRADES) -> tuple[str, str]:
    """Name of a company and its core (brand and trade): 青禾区恒达机械制造有限公司, 恒达机械制造."""
    core = brand(dice) + dice.pick(trades)
    return dice.pick(PLACES) + core + dice.pick(FORMS), core


def shop_name(dice: Dice) -> tuple[str, str]:
    """Name of an individual business and its core: 青禾区恒达建材经营部, 恒达建材."""
    core = brand(dice) + dice.pick(("建材", "粮油", "家具", "农资", "木材", "五金"))
    return f"青禾区{core}{dice.pick(('经营部', '加工厂', '商行'))}", core


def respelt(name: str) -> str:
    """The company's name with 有限公司 for 有限责任公司 or the other way round; other names stay."""
    if name.endswith("有限责任公司"):
        return name.removesuffix("有限责任公司") + "有限公司"
    if name.endswith("股份有限公司") or not name.endswith("有限公司"):
        return name
    return name.removesuffix("有限公司") + "有限责任公司"
