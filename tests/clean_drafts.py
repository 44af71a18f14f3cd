"""Clean annual reports for testing: figures without a fault, and prose in our own words that agrees with them."""

from __future__ import annotations

import random
from dataclasses import replace

from clean_figures import TOTAL, Size, applications_table, disclosure_table, reviews_table, with_procurement_unit
from rendition import Draft, Section, Table, official_headings

NUMERALS = "一二三四五六七八九十"
TITLE = "政府信息公开工作年度报告"
LAW = "《中华人民共和国政府信息公开条例》"
GOVERNMENTS = (
    "临溪县人民政府",
    "云岭市青石区人民政府",
    "松原岭市人民政府",
    "青石县柳河镇人民政府",
    "临溪县大湾乡人民政府",
)
OFFICES = (
    "青石县财政局",
    "云岭市青石区市场监督管理局",
    "云岭市青石区东湖街道办事处",
    "临溪县人民政府办公室",
    "临溪县自然资源和规划局",
    "云岭市教育局",
)
ISSUERS = (*GOVERNMENTS, *OFFICES)


def self_name(issuer: str) -> str:
    """How an issuer speaks of itself: 我局, 我镇, 我县 …"""
    for ending, name in {
        "镇人民政府": "我镇",
        "乡人民政府": "我乡",
        "县人民政府": "我县",
        "区人民政府": "我区",
        "市人民政府": "我市",
        "街道办事处": "我街道",
        "办公室": "我办",
        "局": "我局",
    }.items():
        if issuer.endswith(ending):
            return name
    return "本机关"


def clean_draft(
    rng: random.Random, *, size: Size | None = None, year: int | None = None, issuer: str | None = None
) -> Draft:
    """A report in which no rule may find an error or a warning."""
    size = size or rng.choice(list(Size))
    year = year or rng.randint(2019, 2025)
    issuer = issuer or rng.choice(ISSUERS)
    edition = "2019" if year <= 2020 else "2021"
    disclosure = disclosure_table(edition, size, rng)
    if edition == "2019" and rng.random() < 0.3:
        disclosure = with_procurement_unit(disclosure, "（单位：万元，保留4位小数）")
    tables = {
        "disclosure": disclosure,
        "applications": applications_table(edition, size, rng),
        "reviews": reviews_table(edition, size, rng),
    }
    return composed(edition, year, issuer, tables, rng)


def composed(edition: str, year: int, issuer: str, tables: dict[str, Table], rng: random.Random) -> Draft:
    """A report around finished tables, its prose taken from their figures."""
    bare = Draft(
        edition,
        year,
        issuer,
        (f"{issuer}{year}年{TITLE}",),
        preface_of(edition, year, rng),
        tuple(Section(key, heading, table=tables.get(key)) for key, heading in official_headings(edition).items()),
        signature_of(year, issuer, rng),
    )
    prose = Prose(bare, rng)

    def written(section: Section) -> Section:
        # One paragraph behind a table here and there, because a reader must find where the table ends.
        after = (f"以上数据截至{year}年12月31日。",) if section.table is not None and rng.random() < 0.2 else ()
        return replace(section, before=prose.of(section.key), after=after)

    return replace(bare, sections=tuple(map(written, bare.sections)))


def preface_of(edition: str, year: int, rng: random.Random) -> tuple[str, ...]:
    notice = "国办公开办函〔2021〕30号" if edition == "2021" else "国办公开办函〔2019〕60号"
    return rng.choice(
        (
            (),
            (f"根据{LAW}的规定，现公布{year}年度政府信息公开工作情况。",),
            (f"本报告依照{LAW}和有关格式（{notice}）编写，所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",),
        )
    )


def signature_of(year: int, issuer: str, rng: random.Random) -> tuple[str, ...]:
    return rng.choice(((), (issuer, f"{year + 1}年1月{rng.randint(6, 28)}日")))


class Prose:
    """What the sections say; each topic of 总体情况 keeps to its own words, so that leaving one out leaves it out."""

    def __init__(self, draft: Draft, rng: random.Random) -> None:
        self.figures = draft.figures()
        self.draft = draft
        self.year = draft.year
        self.me = self_name(draft.issuer)
        self.rng = rng
        self.says_figures = rng.random() < 0.6

    def count(self, table: str, row: str, column: str = TOTAL) -> int:
        return int(self.figures[table, row, column])

    def of(self, section: str) -> tuple[str, ...]:
        return {
            "overview": self.overview,
            "disclosure": self.disclosure,
            "applications": self.applications,
            "reviews": self.reviews,
            "problems": self.problems,
            "other": self.other,
        }[section]()

    def overview(self) -> tuple[str, ...]:
        opening = self.rng.choice(
            (
                f"{self.year}年，{self.me}坚持依法依规、服务群众的思路，各项任务稳步推进。",
                f"{self.year}年，{self.me}按照上级统一部署，把公开透明的要求落到日常工作中，具体情况如下。",
            )
        )
        topics = (self.topic_disclosure, self.topic_applications, self.topic_management, self.topic_platform)
        paragraphs = [topic() for topic in topics] + [self.topic_supervision()]
        return (opening, *(f"（{NUMERALS[place]}）{text}" for place, text in enumerate(paragraphs)))

    def topic_disclosure(self) -> str:
        parts = [self.rng.randint(1, 400) for _ in range(self.rng.randint(3, 5))]
        names = ("通知公告", "工作动态", "人事信息", "规划计划", "财政信息")
        items = "，".join(f"{name}{part}条" for name, part in zip(names, parts, strict=False))
        itemised = f"全年主动公开政府信息{sum(parts)}条，其中{items}。"
        plain = "围绕群众关心的教育、医疗、住房等领域，及时主动公开有关信息。"
        budget = f"按时公开{self.year}年部门预算和{self.year - 1}年部门决算。"
        return "主动公开情况。" + self.rng.choice((itemised, plain, plain + itemised, itemised + budget))

    def topic_applications(self) -> str:
        return "依申请公开情况。" + self.caseload() + self.rng.choice(("", "答复文书格式统一，期限和程序符合规定。"))

    def caseload(self) -> str:
        received, carried_in, handled, carried_out = (
            self.count("applications", row) for row in ("received", "carried-in", "handled", "carried-out")
        )
        if not received + carried_in:
            return self.rng.choice(
                (f"{self.year}年未收到政府信息公开申请。", f"{self.year}年，{self.me}收到政府信息公开申请0件。")
            )
        words = f"{self.year}年新收政府信息公开申请{received}件，上年结转{carried_in}件"
        return words + f"，全年办结{handled}件，结转下年度继续办理{carried_out}件。"

    def topic_management(self) -> str:
        return "政府信息管理情况。" + self.rng.choice(
            (
                "落实信息产生、审核、归档各环节的责任，做到应审必审、全程留痕。",
                "建立文件属性源头认定机制，定期清理失效文件，历史文件逐步整理入库。",
                "修订保密审查办法，对已发布内容实行动态调整。",
            )
        )

    def topic_platform(self) -> str:
        return "平台建设情况。" + self.rng.choice(
            (
                "完善政府网站专栏设置，优化检索功能，方便公众查找。",
                "加强政务新媒体日常维护，对栏目内容按月巡查，及时修复错链断链。",
            )
        )

    def topic_supervision(self) -> str:
        training = self.rng.choice(
            ("全年举办业务培训2期，由专人负责日常督促。", "明确分管领导和经办人员，定期通报工作进度。")
        )
        return f"监督保障情况。{training}工作考核已纳入年度目标，社会评议结果良好，全年没有发生责任追究的情形。"

    def disclosure(self) -> tuple[str, ...]:
        if not self.says_figures:
            return ()
        if self.draft.edition == "2021":
            issued, repealed, in_force = (
                self.count("disclosure", "normative-documents", column) for column in ("issued", "repealed", "in-force")
            )
            text = (
                f"{self.year}年制发行政规范性文件{issued}件，废止行政规范性文件{repealed}件，"
                f"现行有效行政规范性文件{in_force}件。"
            )
            return (text,)
        projects = self.count("disclosure", "central-procurement", "projects")
        bought = self.figures["disclosure", "central-procurement", "procurement"]
        if not projects:
            return (f"{self.year}年没有政府集中采购项目。",)
        return (f"{self.year}年实施政府集中采购项目{projects}项，总金额{bought}万元。",)

    def applications(self) -> tuple[str, ...]:
        return (self.caseload(),) if self.says_figures else ()

    def reviews(self) -> tuple[str, ...]:
        if not self.says_figures:
            return ()
        review = self.count("reviews", "cases", "review/total")
        direct, after = (
            self.count("reviews", "cases", f"litigation-{way}/total") for way in ("direct", "after-review")
        )
        if not review + direct + after:
            return (f"{self.year}年未发生因政府信息公开引起的行政复议、行政诉讼。",)
        text = f"{self.year}年发生政府信息公开行政复议{review}件，行政诉讼{direct + after}件。"
        return (text,)

    def problems(self) -> tuple[str, ...]:
        problem = self.rng.choice(
            (
                "政策解读形式比较单一，少数栏目更新不够及时，基层经办人员调整频繁，业务熟练程度有待提高。",
                "公开内容与群众期待还有差距，部分文件发布周期偏长，与群众互动不足。",
            )
        )
        improvement = self.rng.choice(
            (
                "丰富图表、问答等解读方式，逐栏落实更新责任，并通过跟班学习提升经办人员能力，加强日常检查。",
                "压缩审核环节用时，拓宽征集群众意见的渠道，对照清单逐项改进，按季度检查整改成效。",
            )
        )
        layouts = (
            (f"（一）存在的主要问题。{problem}", f"（二）改进情况。{improvement}"),
            (
                f"{self.year}年，{self.me}的工作仍存在一些问题：{problem}",
                f"针对上述问题，采取以下改进措施：{improvement}",
            ),
            (f"（一）存在的主要问题。{problem}", f"（二）改进情况。{self.year + 1}年，{self.me}将{improvement}"),
        )
        return self.rng.choice(layouts)

    def other(self) -> tuple[str, ...]:
        if self.draft.edition == "2019":
            return (self.rng.choice(("无。", "没有其他需要报告的事项。")),)
        unpaid = self.count("applications", "fee-not-paid")
        if unpaid:
            text = f"{self.year}年发出信息处理费收费通知{unpaid}件，申请人逾期均未缴纳，未收取信息处理费。"
        else:
            rule = "《政府信息公开信息处理费管理办法》"
            text = self.rng.choice(
                (f"{self.year}年未收取信息处理费。", f"依据{rule}，{self.year}年没有发生收取信息处理费的情况。")
            )
        return (text,)
