"""Whole reports in the manner of many offices: headings, order, numbering, dates and signatures differ, figures are true."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from clean_drafts import NUMERALS
from marked_prose import Author, marked
from prose_aside import aside
from prose_of_cases import applications, disputes
from prose_of_disclosure import decided, explained, published, systems
from rendition import Draft, Section

LAW = "《中华人民共和国政府信息公开条例》"
FEE_RULE = "《政府信息公开信息处理费管理办法》"
FORM_NOTICE = {
    "2021": "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》",
    "2019": "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》",
}
NUMBER = {"2021": "国办公开办函〔2021〕30号", "2019": "国办公开办函〔2019〕60号"}
TOPICS = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")


def written(draft: Draft, rng: random.Random, *, applications_spoken_of: bool = True, instead: str = "") -> Draft:
    """The draft with another author's prose, its figures, names and dates in marks.

    Where applications are not spoken of, the topic is left with its name and with what stands `instead`.
    """
    author = Author(draft, rng)
    spoken_of = author.rng.random() < 0.75
    handling = instead + "规范登记、审核、办理、答复、归档等环节，切实保障群众合法权益。"

    def cases(first: bool) -> str:
        if applications_spoken_of and (first == spoken_of or author.rng.random() < 0.5):
            return applications(author)
        return handling if first else ""

    def prose(section: Section) -> Section:
        texts: dict[str, Callable[[], tuple[str, ...]]] = {
            "overview": lambda: overview(author, cases(True)),
            "disclosure": lambda: (decided(author),) if author.rng.random() < 0.7 else (),
            "applications": lambda: tuple(filter(None, (cases(False),))),
            "reviews": lambda: (disputes(author),) if author.rng.random() < 0.7 else (),
            "problems": lambda: problems(author),
            "other": lambda: other(author),
        }
        after = (f"以上数据截至{draft.year}年12月31日。",) if section.table and author.rng.random() < 0.1 else ()
        return replace(section, before=texts[section.key](), after=after)

    return replace(
        draft,
        preface=preface(author),
        sections=tuple(map(prose, draft.sections)),
        signature=signature(author),
    )


def preface(a: Author) -> tuple[str, ...]:
    law, year = marked("law", LAW), a.year
    order = marked("order", a.pick("国务院令第711号", "国令第711号"))
    number = marked("number", NUMBER[a.draft.edition])
    period = f"自{marked('period', str(year))}年1月1日起至{marked('period', str(year))}年12月31日止"
    return a.rng.choice(
        (
            (),
            (f"根据{law}的规定，现公布{marked('year', str(year))}年度政府信息公开工作情况。",),
            (
                f"本报告依照{law}（{order}，以下简称《条例》）和{marked('notice', FORM_NOTICE[a.draft.edition])}（{number}）编制。",
                f"本报告中所列数据的统计期限{period}。",
            ),
            (f"按照{law}和{number}文件要求，编制本报告。数据统计期限{period}。",),
            (
                f"本报告由{a.draft.issuer}依据{law}编制，全文包括总体情况、主动公开政府信息情况等六个部分。"
                f"统计数据时间为{marked('period', str(year))}年1月1日至12月31日。如有疑问，请与本机关联系"
                "（地址：临江路12号，邮编：310000，电话：0570-1234567，电子邮箱：gongkai@example.com）。",
            ),
        )
    )


# --- section one ---------------------------------------------------------------------------------------------------


def overview(a: Author, cases: str) -> tuple[str, ...]:
    """Five topics behind an opening, numbered, titled or strung together in one of the usual ways."""
    year = marked("opening-year", str(a.year))
    opening = a.pick(
        f"{year}年，{a.me}认真贯彻落实{marked('law', LAW)}，坚持以公开为常态、不公开为例外，各项工作稳步推进。现将有关情况报告如下。",
        f"{year}年，{a.me}按照上级统一部署，聚焦群众关切，扎实推进政务公开标准化规范化建设。",
        f"{year}年，在上级政务公开主管部门的指导下，{a.me}深入推进决策、执行、管理、服务、结果“五公开”，公开质效明显提升。",
        f"{a.me}高度重视政府信息公开工作，{year}年进一步健全机制、压实责任，工作取得新成效。",
    )
    texts = [
        published(a) + a.pick("", explained(a), decided(a)),
        cases,
        systems(a) + a.pick("", "全年开展信息安全检查4次，未发生失泄密事件。"),
        platform(a),
        supervision(a),
    ]
    texts = [text + (aside(a, topic) if a.rng.random() < 0.5 else "") for topic, text in enumerate(texts)]
    layout = a.rng.randrange(7)
    if layout == 0:
        return (opening, *(f"（{NUMERALS[k]}）{TOPICS[k]}情况。{text}" for k, text in enumerate(texts)))
    if layout == 1:
        return (opening, *(f"{k}.{TOPICS[k - 1]}。{text}" for k, text in enumerate(texts, 1)))
    if layout == 2:
        year = marked("heading-year", str(a.year)) + "年" if a.rng.random() < 0.5 else ""
        pairs = ((f"（{NUMERALS[k]}）{year}{TOPICS[k]}情况", text) for k, text in enumerate(texts))
        return (opening, *(line for pair in pairs for line in pair))
    if layout == 3:
        return (opening, "".join(f"{NUMERALS[k]}是{lead(k)}。{text}" for k, text in enumerate(texts)))
    if layout == 4:
        return (opening, *(f"{TOPICS[k]}方面，{lead(k)}。{text}" for k, text in enumerate(texts)))
    if layout == 5:
        return (opening + "".join(f"（{NUMERALS[k]}）{TOPICS[k]}。{text}" for k, text in enumerate(texts)),)
    return (
        opening,
        *(f"（{NUMERALS[k]}）强化{TOPICS[k]}工作，{lead(k)}。{text}" for k, text in enumerate(texts)),
    )


def lead(topic: int) -> str:
    return (
        "主动公开重点领域信息",
        "依法依规办理依申请公开",
        "加强政府信息管理",
        "推进政府信息公开平台建设",
        "落实监督保障措施",
    )[topic]


def platform(a: Author) -> str:
    total = a.rng.randint(3, 12)
    sent = a.rng.randint(60, 4000)
    sites, others = a.parts(total, 2)
    return a.pick(
        f"现有政务新媒体账号{marked('sum', str(total))}个，其中微信公众号{marked('part', str(sites))}个、微博{marked('part', str(others))}个，全年推送信息{a.free(60, 900)}条。",
        f"完善政府网站“政府信息公开”专栏，新增栏目{a.free(2, 9)}个，优化检索功能，网站总访问量超过{a.free(2, 90)}万次。",
        f"政务微信推送信息{sent}条，关注人数{a.free(1000, 90_000)}人，阅读量{a.rng.randint(2, 9)}.5万余次。",
        "依托政府门户网站、政务APP和便民服务中心查阅点拓宽公开渠道，定期巡查，及时修复错链断链，曝光典型问题。",
        f"编印政府公报{a.free(2, 12)}期，刊登文件{a.free(12, 90)}件；设置政务公开专区{a.free(2, 9)}个，接待群众{a.free(100, 900)}余人次。",
        f"关停整合政务新媒体{a.free(2, 9)}个，目前运维网站1个，全年更新信息{a.free(100, 9000)}条，其他栏目按月维护。",
    )


def supervision(a: Author) -> str:
    total = a.rng.randint(3, 9)
    inside, outside = a.parts(total, 2)
    training = a.pick(
        f"全年举办业务培训{a.free(2, 9)}期，参训{a.free(50, 400)}人次。",
        f"组织培训{marked('sum', a.form(total))}次，其中线上{marked('part', a.form(inside))}次、线下{marked('part', a.form(outside))}次。",
        f"开展专项检查{a.free(2, 9)}次，下发通报{a.free(2, 9)}份，整改问题{a.free(10, 99)}个。",
        "明确分管领导和经办人员，按季度通报工作进度，建立问题整改台账。",
        f"接受社会监督，发放调查问卷{a.free(100, 900)}份，满意率为{a.rng.randint(90, 99)}.{a.rng.randint(1, 9)}%。",
    )
    return training + a.pick(
        "工作考核已纳入年度目标，社会评议结果良好，全年没有发生责任追究的情形。",
        f"将政务公开纳入绩效考核，占{a.rng.randint(4, 8)}分；开展社会评议{a.free(2, 4)}次；未发生责任追究情况。",
        "加强工作考核，主动接受社会评议，责任追究情况为零。",
    )


# --- the other sections --------------------------------------------------------------------------------------------


def problems(a: Author) -> tuple[str, ...]:
    year, following = marked("problem-year", str(a.year)), marked("following-year", str(a.year + 1))
    lacking = a.pick(
        "一是政策解读形式比较单一，二是部分栏目更新不够及时，三是经办人员业务熟练程度有待提高。",
        "公开内容与群众期待还有差距，少数文件公开不够及时，与公众互动不足。",
        f"解读材料数量偏少，全年仅{a.free(2, 9)}篇；依申请公开答复的规范性有待加强。",
    )
    better = a.pick(
        "一是丰富图表、问答等解读方式，二是逐栏落实更新责任，三是加强业务培训，及时整改存在的问题。",
        f"压缩审核用时，拓宽互动渠道，计划举办培训{a.free(2, 6)}期，改进公开方式，提升工作质量。",
        "加强学习，对照清单逐项改进，确保公开内容准确、全面、及时。",
    )
    return a.rng.choice(
        (
            (f"（一）存在的主要问题。{lacking}", f"（二）改进情况。{better}"),
            (f"{year}年，{a.me}的政府信息公开工作仍存在一些问题：{lacking}", f"针对上述问题，已采取以下措施：{better}"),
            (f"（一）存在的主要问题。{lacking}", f"（二）改进情况。{following}年，{a.me}将从以下方面改进：{better}"),
            (f"存在的主要问题：{lacking}", f"下一步改进措施：{following}年，{better}"),
            ("（一）存在的主要问题", lacking, "（二）改进情况", better),
            (f"1.存在的主要问题。{lacking}", f"2.改进措施。针对以上问题，{better}"),
        )
    )


def other(a: Author) -> tuple[str, ...]:
    if a.draft.edition == "2019":
        return (a.pick("无。", "没有其他需要报告的事项。", "本年度无其他需要报告的事项。"),)
    year, rule = marked("year", str(a.year)), marked("fee-rule", FEE_RULE)
    unpaid = a.value("fee-not-paid")
    if unpaid:
        return (f"{year}年发出信息处理费收费通知{unpaid}件，申请人逾期均未缴纳，未收取信息处理费。",)
    return a.rng.choice(
        (
            (f"{year}年未收取信息处理费。",),
            (f"依据{rule}，{year}年没有发生收取信息处理费的情况。",),
            (f"本年度依据{rule}收取信息处理费{10 * a.rng.randint(1, 90)}元。",),
            (
                f"（一）收取信息处理费情况。{year}年，本机关收取信息处理费0元，未发出收费通知。",
                f"（二）其他事项。承办人大代表建议{a.free(2, 20)}件、政协委员提案{a.free(2, 20)}件，均已公开办理结果。",
            ),
            (
                f"1.本年度未收取信息处理费。\n2.贯彻落实{marked('this-year', str(a.year))}年政务公开工作要点，各项任务均已完成。",
            ),
            ("本机关无其他需要报告的事项，未收取信息处理费。",),
        )
    )


def signature(a: Author) -> tuple[str, ...]:
    day = a.rng.randint(6, 28)
    written_day = a.pick(
        f"{a.year + 1}年1月{day}日",
        f"{a.year + 1}年1月{day}日",
        f"{a.year + 1}年01月{day:02d}日",
        f"{a.year + 1}-01-{day:02d}",
    )
    return a.rng.choice(
        ((), (marked("signer", a.draft.issuer), marked("day", written_day)), (marked("day", written_day),))
    )
