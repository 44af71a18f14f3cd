"""What offices write on what they have published, issued, decided and bought, with the true figures of a draft."""

from __future__ import annotations

from decimal import Decimal

from marked_prose import Author, marked, plain
from prose_of_cases import listed

KINDS = ("通知公告", "工作动态", "人事信息", "规划计划", "财政信息", "政策文件", "机构职能", "重大项目")
CHANNELS = ("门户网站", "政务微信", "政务微博", "政府公报", "政务抖音号")
EXPLAINED = ("图解", "视频解读", "文字解读", "专家解读")
TITLES = ("《信息发布审核办法》", "《政务公开工作制度》", "《保密审查规定》", "《网站管理办法》", "《舆情回应机制》")


def items(a: Author, total: int, names: tuple[str, ...], unit: str) -> list[str]:
    parts = a.parts(total, len(names))
    return [f"{name}{marked('part', a.form(part))}{unit}" for name, part in zip(names, parts, strict=True)]


def published(a: Author) -> str:
    """A list of what was published, in one of the shapes such lists have; no table knows its figures."""
    rng, when = a.rng, a.this_year()
    total = rng.randint(60, rng.choice((500, 4000, 30_000)))
    number = rng.randint(3, 6)
    names = tuple(rng.sample(KINDS, number))
    channels = tuple(rng.sample(CHANNELS, rng.randint(3, 4)))
    unit = a.pick("条", "条", "件", "篇")
    mark = a.pick("，", "、", "；")
    stated = marked("sum", a.form(total))
    flat = items(a, total, names, unit)
    first, *others = items(a, total, channels, unit)
    inner = int(a.parts(total, 2)[0])
    sentences = [
        f"{when}共主动公开政府信息{stated}{unit}，其中{listed(*flat, separator=mark)}。",
        f"{when}主动公开政府信息{stated}{unit}，其中：{listed(*flat, separator='；')}。",
        f"{when}公开信息{stated}{unit}，包括{listed(*flat, separator='、')}。",
        f"{when}通过各类渠道发布政府信息{stated}{unit}。其中，{listed(first, *others, separator=mark)}。",
        f"{when}公开{listed(*flat, separator='、')}，共计{stated}{unit}。",
        f"{when}公开政府信息共{stated}{unit}，分别为{listed(*flat, separator='、')}。",
        f"{when}发布信息{stated}{unit}，同比增长{a.free(2, 60)}%，其中{listed(*flat, separator='，')}。",
        f"{when}公开信息{stated}{unit}，按内容分，{listed(*flat, separator='、')}；按渠道分，{listed(first, *others, separator='、')}。",
        f"{when}共公开信息{stated}{unit}，其中{listed(nested(a, inner, channels[0], unit), *items(a, total - inner, channels[1:], unit), separator='，')}。"
        if total - inner >= len(channels)
        else "",
        f"{when}主动公开政府信息{stated}{unit}。其中{listed(*shares(a, total, names, unit), separator='；')}。",
        # Traps: nothing in these is a list that has to add up.
        f"{when}主动公开政府信息{total}{unit}，其中通知公告类{a.rng.randint(1, total - 1)}{unit}。",
        f"{when}公开各类信息{a.rng.randint(3, 90)}00余{unit}，其中{plain('、'.join(flat))}。",
        f"{when}公开信息约{a.rng.randint(2, 9)}.{a.rng.randint(1, 9)}万{unit}，总访问量{a.free(2, 90)}万次，日均访问{a.free(100, 900)}人次。",
        f"{when}公开部门文件{a.free(2, 40)}件、财政信息{a.free(2, 40)}条，发布稿件{a.free(2, 40)}篇，被上级媒体采用{a.free(2, 40)}篇。",
        f"{when}门户网站公开信息{a.free(100, 900)}条，微信公众号推送{a.free(100, 900)}条，依申请公开信息目录{a.free(2, 9)}条。",
    ]
    return a.pick(*filter(None, sentences))


def nested(a: Author, total: int, name: str, unit: str) -> str:
    """门户网站20条（概况10条、动态6条、公告4条)."""
    if total < 4:
        return f"{name}{marked('part', a.form(total))}{unit}"
    inner = listed(
        *items(a, total, ("概况信息", "动态信息", "公告信息", "图片信息"), unit), name="inner-list", separator="、"
    )
    return f"{name}{marked('part', a.form(total))}{unit}（{a.pick('', '其中')}{inner}）"


def shares(a: Author, total: int, names: tuple[str, ...], unit: str) -> list[str]:
    parts = a.parts(total, len(names))
    return [
        f"{name}{marked('part', a.form(part))}{unit}，占{a.percent(part, total)}"
        for name, part in zip(names, parts, strict=True)
    ]


def explained(a: Author) -> str:
    """Explanations, answers to the public, press conferences, and how much more there was than in the year before."""
    total = a.rng.randint(12, 90)
    names = EXPLAINED[: a.rng.randint(3, 4)]
    asked = a.rng.randint(20, 900)
    return a.pick(
        f"发布政策解读材料{marked('sum', a.form(total))}篇，其中{listed(*items(a, total, names, '篇'), separator='、')}。",
        f"召开新闻发布会{a.free(2, 9)}场，开展在线访谈{a.free(2, 9)}期，回应公众关注热点问题{a.free(2, 40)}次。",
        f"收到网民留言{asked}条，按期答复{asked}条，公开答复{a.rng.randint(1, asked)}条。",
        f"办理人大代表建议和政协提案{marked('sum', a.form(total))}件，其中{listed(*items(a, total, ('人大代表建议', '政协提案'), '件'), name='short-list')}，办结率100%。",
        f"受理12345热线工单{marked('sum', a.form(asked))}件，其中{listed(*items(a, asked, ('咨询类', '投诉类', '建议类'), '件'), separator='，')}。",
        f"发布政策文件{a.free(2, 20)}件，配套解读{a.free(20, 40)}篇，解读率达到100%。",
        f"按时公开{marked('budget-year', str(a.year))}年部门预算和{marked('accounts-year', str(a.year - 1))}年部门决算。",
        f"全年答复各类咨询{a.free(20, 90)}件，通过领导信箱收到来信{a.free(20, 90)}封，群众满意率{a.rng.randint(90, 99)}.{a.rng.randint(1, 9)}%。",
        grown(a),
    )


def grown(a: Author) -> str:
    """A figure against that of the year before, with the change or without."""
    was, change = a.rng.randint(40, 900), a.rng.randint(2, 39)
    way = a.pick("增长", "下降")
    more, now = ("增加", was + change) if way == "增长" else ("减少", was - change)
    growth = f"{marked('growth', f'{100 * change / was:.{a.rng.choice((1, 1, 2))}f}')}%"
    return a.pick(
        f"发布便民信息{now}条，比上年（{was}条）{more}{change}条，{way}{growth}。",
        f"推送便民信息{now}条（图文{now - 9}条、视频9条），较{a.year - 1}年{more}{change}条，同比{way}{growth}。",
        f"接听群众来电{now}次，同比{way}{growth}（{a.year - 1}年为{was}次）。",
        f"网站栏目由年初的{was}个{'增' if way == '增长' else '减'}至{now}个，{way}{growth}。",
    )


def systems(a: Author) -> str:
    """Rules of the house, counted and named."""
    number = a.rng.randint(2, 5)
    titles = [marked("named", title) for title in a.rng.sample(TITLES, number)]
    count = marked("titles", a.form(number))
    joined = marked("titles-list", "、".join(titles) if a.rng.random() < 0.5 else "".join(titles))
    return a.pick(
        f"建立健全相关制度{count}项，包括{joined}。",
        f"修订{joined}{count}项制度。",
        f"制定出台制度{count}个，分别是{joined}。",
        f"印发{joined}等文件{a.form(number + a.rng.randint(0, 4))}份。",
        f"完善工作制度{a.form(number + a.rng.randint(1, 4))}项，包括{''.join(titles[:2])}等。",
        "健全信息产生、审核、发布、归档全流程管理机制，做到应审必审、全程留痕。",
        "落实“三审三校”制度，对拟公开的信息逐条开展保密审查，确保内容准确、表述规范。",
        "完善公文公开属性源头认定机制，定期清理失效文件，建立管理台账，历史文件逐步整理入库。",
    )


def decided(a: Author) -> str:
    """One office's sentences on 表二."""
    documents = documents_2021(a) if a.draft.edition == "2021" else documents_2019(a)
    more = bought(a) if a.draft.edition == "2019" else fees(a)
    chosen = [text for text in (documents, decisions(a), more) if a.rng.random() < 0.7]
    return "".join(chosen) or documents


def documents_2021(a: Author) -> str:
    n, when = a.n, a.this_year()
    issued, repealed, in_force = map(n, ("issued", "repealed", "in-force"))
    sentences = [
        f"{when}制发行政规范性文件{issued}件，废止行政规范性文件{repealed}件，现行有效行政规范性文件{in_force}件。",
        f"{when}共制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件。",
        f"{when}新制定行政规范性文件{issued}件。截至{a.year}年底，现行有效行政规范性文件共{in_force}件。",
        f"{when}制发规章0件、行政规范性文件{issued}件。",
        f"{when}发布行政规范性文件{issued}件，同时废止行政规范性文件{repealed}件。",
    ]
    if not a.value("issued"):
        sentences.append(f"{when}{marked('none-issued', '未制发行政规范性文件')}，现行有效行政规范性文件{in_force}件。")
    if not a.value("repealed"):
        sentences.append(f"{when}制发行政规范性文件{issued}件，{marked('none-repealed', '无废止行政规范性文件')}。")
    return a.pick(*sentences)


def documents_2019(a: Author) -> str:
    n, when = a.n, a.this_year()
    sentences = [
        f"{when}新制作规范性文件{n('made')}件，新公开规范性文件{n('newly-disclosed')}件。",
        f"{when}制作规范性文件{n('made')}件，对外公开规范性文件总数{n('disclosed-in-all')}件。",
    ]
    if not a.value("made"):
        sentences.append(f"{when}{marked('none-made', '未制作规范性文件')}。")
    return a.pick(*sentences)


def decisions(a: Author) -> str:
    n, when = a.n, a.this_year()
    licences, penalties, measures = map(n, ("licences", "penalties", "measures"))
    sentences = [
        f"{when}作出行政许可决定{licences}件、行政处罚决定{penalties}件、行政强制决定{measures}件。",
        f"{when}办理行政许可{licences}件，实施行政处罚{penalties}件，行政强制{measures}件。",
        f"{when}共作出行政许可处理决定{licences}件。作出行政处罚处理决定{penalties}件。",
        f"{when}行政许可处理决定数量为{licences}件，行政处罚处理决定数量为{penalties}件，行政强制处理决定数量为{measures}件。",
    ]
    if not a.value("penalties"):
        sentences.append(
            f"{when}办理行政许可{licences}件，{marked('none-penalties', a.pick('未实施行政处罚', '未作出行政处罚决定'))}。"
        )
    if not a.value("measures"):
        sentences.append(f"{when}行政处罚{penalties}件，{marked('none-measures', '未实施行政强制')}。")
    if not a.value("licences"):
        sentences.append(f"{when}{marked('none-licences', a.pick('未作出行政许可决定', '未办理行政许可'))}。")
    return a.pick(*sentences)


def fees(a: Author) -> str:
    amount, when = a.amount("fees"), a.this_year()
    if amount == "0":
        return f"{when}{marked('none-fees', '未收取行政事业性收费')}。"
    return a.pick(
        f"{when}行政事业性收费{marked('fees', amount)}万元。",
        f"{when}行政事业性收费金额共计{marked('fees', amount)}万元。",
        f"{when}收取行政事业性收费{marked('fees-yuan', yuan(amount))}元。",
    )


def bought(a: Author) -> str:
    """集中采购 of the earlier form: so many purchases for so much, in 万元 or in 元."""
    n, when = a.n, a.this_year()
    amount = a.amount("procurement")
    if not a.value("purchases"):
        return f"{when}{marked('none-purchases', a.pick('没有政府集中采购项目', '未实施政府集中采购', '政府集中采购项目0个'))}。"
    thousand, whole = (
        marked("procurement", amount) + "万元",
        marked("procurement-yuan", yuan(amount)) + a.pick("元", " 元"),
    )
    price = a.pick(thousand, whole)
    return a.pick(
        f"{when}实施政府集中采购项目{n('purchases')}项，采购总金额{price}。",
        f"{when}开展政府集中采购{n('purchases')}次，共计金额{price}。",
        f"{when}政府集中采购项目{n('purchases')}个，金额{price}。",
        f"{when}政府集中采购项目数量{n('purchases')}个，采购总金额为{price}。",
        f"{when}共完成政府集中采购{n('purchases')}项，采购金额合计{price}。",
    )


def yuan(amount: str) -> str:
    """288.7901 → 2887901."""
    return f"{(Decimal(amount) * 10_000).normalize():f}"
