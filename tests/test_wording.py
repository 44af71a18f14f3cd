"""The rules of group wording and the year rules: what they find, where, and what they leave alone."""

from __future__ import annotations

import pytest

from gip_lint.checks import ParameterError, Resources, pattern
from gip_lint.checks.doubled import doublings
from gip_lint.engine import audit
from gip_lint.linter import Settings, load
from gip_lint.prose import prose_of
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.rule import Gap, Result
from prose_reports import audited, findings, report, rule_set

CITY = report(
    """2024年，云岭市对照《2024年云岭市政务公开工作要点》，落实《〈优化营商环境条例〉实施办法》和《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）。
（一）主动公开情况。全市公开信息10.6万余条，其中市政府公开1,286条，同比增长12.3%；围绕“六稳”“六保”发布解读326件（图解112件、视频41件、H5作品9件）。2021年至2023年连续三年开办“开放日”。
（二）依申请公开情况。新收申请1,024件（自然人986件，法人及其他组织38件），上年结转23件，结转下年度32件。与2023年相比上升8.7%。
（三）政府信息管理情况。严格执行“先审后发、一事一审”，对2019年以来印发的文件逐条逐项核对，一条一条过、一件一件改。
（四）平台建设情况。网站（www.yunling.gov.cn）访问3,210万人次，“云岭发布”微信公众号（yunlingfabu）、App同步更新，接入DeepSeek等大模型，支持IPv6；公报可下载PDF版，邮箱xxgk@126.com，电话0575-12345678。
（五）监督保障情况。一是健全机制。二是强化考核。考核结果以〔2024〕第3期通报印发。三是抓好培训；四是开展社会评议，未发生责任追究情形。""",
    """一是解读的精准性有待提高；二是基层力量薄弱。针对2023年报告中提出的“平台功能不强”问题，已完成整改。
2025年，我市将从以下几方面改进：
（一）提升解读质量。推行“同步研究、同步部署”。
（二）规范办理。修订《云岭市申请办理规范（试行）》，建立“会商+会审”机制。
（三）加强队伍建设。2025年底前，实现县（市、区）培训全覆盖。""",
    "2024年，全市实际收取信息处理费1,120元。一要抓统筹，二要抓落实，三要抓成效。",
    issuer="云岭市人民政府",
    signature="云岭市人民政府\n2025年3月20日\n",
)
TOWN = report(
    """1.主动公开
截至2023年12月31日，我乡公开信息219条：机构概况7条、财政信息3条（2022年决算、2023年预算各1条）等。
2.依申请公开
全年未收到政府信息公开申请，也没有被申请行政复议、提起行政诉讼的情况。
3.政府信息管理
①明确分管领导；②建立台账；③做到“谁公开、谁审查，谁主管、谁负责”。
4.平台建设
除了县政府网站外，还利用“浙里办”APP；为方便老年人，设置查阅点1处、LED屏2块。
5.监督保障
(1)加强学习：组织学习《条例》和《中华人民共和国保守国家秘密法》，参加62人次。
(2)接受监督：设立意见箱；公布监督电话12345。""",
    """存在问题：1.公开内容还不够全面；2.专业人员缺乏，一人多岗。
改进措施：1.对照目录，查漏补缺；2.加强培训。
今后，我乡以群众满意为目的的服务将一如既往，力求实实在在、干干净净。""",
    issuer="临溪县大湾乡人民政府",
    year=2023,
    preface="本报告由大湾乡编制（地址：振兴路1号；邮编：312000；电话：0575-1234；电子邮箱：dwx@163.com）。",
    signature="临溪县大湾乡人民政府\n2024年1月20日\n",
)
DEPARTMENT = report(
    """2020年是“十三五”规划收官之年。我局贯彻新修订的《中华人民共和国政府信息公开条例》（2019年4月3日国务院令第711号修订），根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号），现将2020年度政府信息公开工作情况报告如下，数据统计期限为2020年1月1日至2020年12月31日。
（一）主动公开方面
2020年全年，我局主动公开信息668条。比2019年的601条增加67条。公开《临溪县总体规划（2020—2035年）》（草案）、2019年度部门决算、2020年度部门预算。
（二）依申请公开方面
2019年收到47件，2020年收到42件，降幅10.6%。1件被提起行政诉讼（（2020）浙0411行初12号）；原告张××诉我局一案已结案。
（三）政府信息管理方面
落实“公开为常态，不公开为例外”，做到应公开尽公开，在线申请入口长期存在。
（四）平台建设方面
开设“不动产登记”“测绘地理信息”等栏目，推送图文230篇/次，为了了解需求，参与与互动并重。
（五）监督保障方面
各科（室）、站（所）负责人为成员，全年通报4次。""",
    "2020年取得了一定成绩，但还存在差距：主动性不强。2021年，我局将进一步加大力度：第一，健全制度；第二，加强培训。",
    "无。",
    issuer="临溪县自然资源和规划局",
    year=2020,
    signature="临溪县自然资源和规划局\n2021年1月20日\n",
)


def wrapped(text: str, width: int) -> str:
    """The same report as a page of so many characters a line gives it."""
    lines = []
    for line in text.split("\n"):
        lines += [line[i : i + width] for i in range(0, len(line), width)] or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("text", [CITY, TOWN, DEPARTMENT], ids=["city", "town", "department"])
@pytest.mark.parametrize("width", [0, 32, 41])
def test_correct_prose_is_left_alone(text: str, width: int) -> None:
    assert findings(wrapped(text, width) if width else text) == []


def test_names_numbers_and_words() -> None:
    text = report("贯彻《中华人民共和国信息公开条例》，落实国办发[2016]80号文件，建立信息发布台帐，资金资金投入加大。")
    assert findings(text) == [
        (
            "law-name", "error", 4, 4, 16,
            "《中华人民共和国信息公开条例》应为《中华人民共和国政府信息公开条例》", "中华人民共和国政府信息公开条例",
        ),
        ("document-number", "warning", 4, 24, 32, "文号“国办发[2016]80号”应写作“国办发〔2016〕80号”", "〔2016〕80号"),
        ("known-misspelling", "warning", 4, 42, 43, "“台帐”应为“台账”", "台账"),
        ("doubled-words", "warning", 4, 45, 48, "“资金资金”重复，应为“资金”", "资金"),
    ]  # fmt: skip


def test_marks_and_foreign_words() -> None:
    text = report("开展“三审三校工作，公开内容（含图解)已更新。\n充实工作队伍,加强业务培训;规范流程 and 答复文书。")
    assert findings(text) == [
        ("unbalanced-brackets", "warning", 4, 3, 3, "““”没有与之相配的“””：开展“三审三校工作，公", None),
        ("unbalanced-brackets", "warning", 4, 19, 19, "“（”与“)”不是同一种括号：公开内容（含图解)已更新。", "）"),
        (
            "mixed-punctuation", "info", 5, 7, 14,
            "汉字之间用了半角标点 2 处（, ;），应为 ， ；：充实工作队伍,加强业务培训", "，加强业务培训；",
        ),
        ("stray-latin", "warning", 5, 20, 22, "正文中有外文词“and”：;规范流程 and 答复文书。", None),
    ]  # fmt: skip


def test_leftovers_titles_and_endings() -> None:
    text = report("全年公开信息XX条，制定《临江县政务云平台》管理办法，建立健全政府信息公开审查和动态调整制度")
    assert findings(text) == [
        ("template-residue", "warning", 4, 7, 8, "“XX”是待填的空位，发布前应改掉", None),
        (
            "book-title-marks", "warning", 4, 13, 26,
            "“《临江县政务云平台》管理办法”应为“《临江县政务云平台管理办法》”", "《临江县政务云平台管理办法》",
        ),
        ("missing-full-stop", "info", 4, 46, 46, "段末没有句号：…息公开审查和动态调整制度", None),
    ]  # fmt: skip


def test_numbers_of_paragraphs() -> None:
    text = report(problems="（一）存在的问题\n解读单一。\n（二）改进措施\n（一）丰富解读。\n（三）加强检查。")
    assert findings(text) == [
        ("numbering", "warning", 10, 2, 3, "“（二）”之下又从“（一）”起编号，同一级序号套在了同一级里面", None),
        ("numbering", "warning", 11, 2, 3, "序号从“（一）”跳到“（三）”，缺“（二）”", None),
    ]


def test_years_and_denied_duty() -> None:
    text = report(
        "本单位不涉及依申请公开事项。2023年，本机关主动公开信息12条。",
        "存在问题是解读单一。2025下一步改进解读。",
        preface="数据统计期限自2023年1月1日起至2023年12月31日止。",
    )
    denied = "各行政机关都有受理政府信息公开申请的职责；没有收到申请的，写“未收到政府信息公开申请”"
    assert findings(text) == [
        (
            "reporting-year", "error", 3, 8, 29,
            "统计期限“2023年1月1日起至2023年12月31日”与标题的 2024 年不一致", None,
        ),
        ("duty-denied", "warning", 6, 4, 13, f"“不涉及依申请公开事项”不妥：{denied}", None),
        (
            "reporting-year", "error", 6, 15, 32,
            "“2023年，本机关主动公开信息12条”写的是 2023 年，标题是 2024 年", None,
        ),
        ("stale-year", "warning", 9, 11, 14, "“2025”后面缺“年”字", None),
    ]  # fmt: skip


def test_a_name_broken_over_two_lines_is_one_name() -> None:
    (finding,) = audited(report("贯彻《中华人民共和\n国信息公开条例》，扎实推进各项工作。"), "law-name").findings
    assert (finding.location[:4], finding.suggestion) == ((4, 4, 5, 7), "中华人民共和国政府信息公开条例")


def test_a_title_cut_inside_a_bracket_is_read_whole() -> None:
    text = report(issuer="临江县外事接待站（临江县涉外事务服\n务中心）")
    read = Recogniser(rule_set().forms).recognise(read_document(text.encode(), "report.txt"))
    assert (read.issuer, read.title.location.line) == ("临江县外事接待站(临江县涉外事务服务中心)", 1)
    assert findings(text) == []


def test_the_title_at_the_head_of_a_page_divides_no_sentence() -> None:
    lines = [
        "本机关依照规定和上级机关要求公开各类政府信息，其中按",
        "要求解读的文件1",
        "2件，都做到内容真实准确、形式便民利民",
    ]
    title = "临江县教育局2024年政府信息公开工作年度报告"
    text = report(
        overview=f"{lines[0]}\n\n— 3 —\n{title}\n\n{lines[1]}\n{title}\n{lines[2]}。\n" + "\n".join(lines) + "。"
    )
    prose = prose_of(Recogniser(rule_set().forms).recognise(read_document(text.encode(), "report.txt")))
    assert title not in prose.text[len(title) + 2 :]
    assert "其中按要求解读的文件" in prose.text
    assert findings(text) == []


def test_a_short_line_may_hold_a_heading_and_what_stands_under_it() -> None:
    text = report(other="").replace(
        "六、其他需要报告的事项\n", "上一年的问题已经改正。 六、其他需要报告的事项 未收取信息处理费。"
    )
    read = Recogniser(rule_set().forms).recognise(read_document(text.encode(), "report.txt"))
    assert [(section.form.key, section.text) for section in read.sections][2:] == [("other", "未收取信息处理费。")]
    named = report(other="本部分与六、其他需要报告的事项 一并报告。")
    read = Recogniser(rule_set().forms).recognise(read_document(named.encode(), "report.txt"))
    assert len(read.sections) == 3


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n一、总体情况\n（一）主动公开\n五、存在的主要问题及改进情况\n六、其他需要报告的事项",
        "目　录\n一、总体情况    1\n五、存在的主要问题及改进情况    4\n六、其他需要报告的事项    12\n",
        "全文有下列部分：一、总体情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。\n\n\n\n",
    ],
)
def test_a_table_of_contents_opens_no_section(contents: str) -> None:
    text = report(preface=contents, overview="全年公开信息XX条。")
    read = Recogniser(rule_set().forms).recognise(read_document(text.encode(), "report.txt"))
    assert [(section.form.key, section.location.line) for section in read.sections] == [
        ("overview", 9), ("problems", 12), ("other", 15),
    ]  # fmt: skip
    assert [finding[2] for finding in findings(text, "template-residue")] == [10]


def test_a_table_of_the_offices_own_is_wider_than_the_page_and_no_paragraph() -> None:
    row = "| 1 | 解读形式比较单一，群众看不懂 | 每季度制作一期图解，请群众代表先行试读，全年已经制作四期 |"
    lines = [
        "本机关依照有关规定和上级机关要求按时公开各类政府",
        "信息，做到公开的内容真实准确、公开的形式便民利民",
        "，公开的渠道畅通",
    ]
    text = report(
        overview="\n".join([*lines, "有序。"] * 2), problems=f"| 序号 | 问题 | 改进 |\n|---|---|---|\n{row}\n{row}"
    )
    prose = prose_of(Recogniser(rule_set().forms).recognise(read_document(text.encode(), "report.txt")))
    shown = [(p.part, p.tabular) for p in prose.passages]
    assert shown.count(("overview", False)) == 4
    assert shown.count(("problems", True)) == 3
    assert findings(text) == []


def test_metadata_of_a_web_page_is_no_prose() -> None:
    text = "发布机构:临江县教育局\n索引号:XX001\n" + report()
    document = read_document(text.encode(), "report.txt")
    prose = prose_of(Recogniser(rule_set().forms).recognise(document))
    assert [line.text for line in prose.metadata] == ["发布机构:临江县教育局", "索引号:XX001"]
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加大资金资金投入", [(2, 2)]),
        ("的的", [(0, 1)]),
        ("𠮷资金资金", [(1, 2)]),
        ("一二三一二三四", [(0, 3)]),
        ("", []),
    ],
)
def test_doublings(text: str, expected: list[tuple[int, int]]) -> None:
    assert doublings(text, 4) == expected


def office_rule(find: str) -> pattern.Patterns:
    """A pattern as an office writes it in a rule of its own: `regex`, under a time limit."""
    return pattern.build({"patterns": [{"find": find}]}, frozenset(), Resources({}, {}))


def test_a_pattern_that_never_ends_is_not_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "_SECONDS", 0.05)
    document = read_document(report("公开" * 400 + "。").encode(), "report.txt")
    given = Recogniser(rule_set().forms).recognise(document)
    endless = r"(?:公|开|公开)+(?:公|开|公开)+(?:公|开|公开)+\d"
    assert office_rule(endless).apply(given) == Result(0, [], [Gap(endless, "timeout")])
    assert office_rule(r"\p{Han}+!").apply(given) == Result(1, [], [])


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ParameterError) as raised:
        office_rule("(")
    assert raised.value.zh == "正则表达式有误：missing ) at position 1"


def test_a_report_without_prose_breaks_no_rule() -> None:
    rules = load(Settings())
    document = read_document("第二十条第（一）项信息内容本年制发件数规章000".encode(), "report.txt")
    report = Recogniser(rules.forms).recognise(document)
    assert [section.text for section in report.sections] == []
    assert audit("report.txt", report, rules.rules, {}).checked
