"""What offices write on applications, reviews and lawsuits, with the true figures of a draft."""

from __future__ import annotations

from marked_prose import Author, marked, plain

OUTCOMES = {
    "granted": ("予以公开", "予以公开的"),
    "partly-granted": ("部分公开", "部分公开的"),
    "refused": ("不予公开", "不予公开的"),
    "lacking": ("无法提供", "无法提供的"),
    "unprocessed": ("不予处理", "不予处理的"),
    "otherwise": ("其他处理", "作其他处理的"),
}
WAYS = ("网络申请", "信函申请", "当面申请", "传真申请")
SUBJECTS = ("征地拆迁", "城乡规划", "工程建设", "社会保障", "财政资金")


def listed(*items: str, name: str = "list", separator: str = "，") -> str:
    """Items of one list, each in a mark of its own so that a fault can leave it out."""
    return marked(name, separator.join(marked("item", item) for item in items))


def partition(a: Author, total: int, names: tuple[str, ...], unit: str, separator: str) -> str:
    """A total divided among as many of the names as it has room for; every part is above zero."""
    parts = a.parts(total, min(total, len(names)))
    return listed(
        *(f"{name}{marked('part', a.form(part))}{unit}" for name, part in zip(names, parts, strict=False)),
        separator=separator,
    )


# --- applications --------------------------------------------------------------------------------------------------


def applications(a: Author) -> str:
    """One office's sentences on 表三."""
    if not a.value("cases"):
        return no_applications(a)
    more = details(a)
    return intake(a) + "".join(a.rng.sample(more, min(len(more), a.rng.randint(0, 2)))) + outcome(a) + a.pick(*TAILS)


TAILS = (
    "",
    "",
    "答复文书格式统一，程序规范。",
    "办理过程中主动与申请人沟通，了解其真实需求，群众满意度进一步提升。",
    "对疑难复杂的申请，会同司法行政部门集体研究，没有发生因答复不当被追究责任的情况。",
)


def no_applications(a: Author) -> str:
    when = a.this_year()
    return marked(
        "none-applications",
        a.pick(
            f"{when}未收到政府信息公开申请。",
            f"{when}没有收到公民、法人和其他组织提出的政府信息公开申请。",
            f"{when}收到政府信息公开申请0件，无上年结转申请。",
            f"{when}未收到依申请公开事项，上年度也没有结转的申请。",
            f"{when}共受理依申请公开政府信息事项0件。",
            f"{when}未接到要求公开政府信息的申请。",
            f"{when}未发生依申请公开政府信息的情况。",
            f"畅通网络、信函、当面等申请渠道，{when}无政府信息公开申请。",
            f"完善依申请公开受理、登记、答复流程。{when}没有收到依申请公开申请件。",
        ),
    )


def intake(a: Author) -> str:
    """How many came in, were carried over, done and passed on."""
    n, when = a.n, a.this_year()
    received, carried_in, handled, carried_out, cases = map(
        n, ("received", "carried-in", "handled", "carried-out", "cases")
    )
    last, following = marked("last-year", str(a.year - 1)), marked("next-year", str(a.year + 1))
    before = a.rng.randint(1, 300)
    compared = marked("compared", a.form(before))
    sentences = [
        f"{when}共收到政府信息公开申请{received}件，上年结转{carried_in}件，办结{handled}件，结转下年度继续办理{carried_out}件。",
        f"{when}新收政府信息公开申请{received}件，上年度结转{carried_in}件；已办结{handled}件，{carried_out}件结转至{following}年办理。",
        f"{when}共收到依申请公开件{cases}件（含上年结转{carried_in}件），办结{handled}件，结转下一年度{carried_out}件。",
        f"{when}受理政府信息公开申请{received}件，另有{last}年结转申请{carried_in}件，全年办理完毕{handled}件，结转下年办理{carried_out}件。",
        f"{when}共接收公民、法人或其他组织提出的政府信息公开申请{received}件，结转上年度办理{carried_in}件，答复{handled}件，余{carried_out}件结转下年度。",
        f"{when}共处理政府信息公开申请{cases}件，其中新收{received}件、上年结转{carried_in}件；截至年底办结{handled}件，正在办理{carried_out}件。",
        f"{when}新增依申请公开{received}件，较上年的{compared}件有所变化，上年结转{carried_in}件，按期答复{handled}件，转入下年度办理{carried_out}件。",
        f"依申请公开渠道保持畅通。{when}收到申请{received}件，上年转入{carried_in}件，共答复{handled}件，转下年度办理{carried_out}件。",
        f"{when}政府信息公开申请总量为{cases}件，包括本年新收{received}件和上年结转{carried_in}件。其中已办结{handled}件，结转下年度继续办理{carried_out}件。",
        f"{when}收到政府信息公开申请{received}件。",
        f"{when}共收到{received}件政府信息公开申请。",
        f"{when}累计受理政府信息公开申请{cases}件（包括上年度结转的{carried_in}件），办结{handled}件。",
        # A year before may be right here: the applications of that year, answered until the end of this one.
        f"{plain(when)}登记受理依申请公开政府信息{received}件，截至{a.year}年12月31日已答复{handled}件。",
        f"{when}政府信息公开申请收到数量为{received}件，上年结转数量为{carried_in}件，办结数量为{handled}件，结转下年度数量为{carried_out}件。",
    ]
    if not a.value("carried-in"):
        none_before = marked("none-carried-in", a.pick("无上年结转申请", "没有上年度结转事项", "没有上年结转的申请"))
        sentences += [
            f"{when}新收政府信息公开申请{received}件，{none_before}，共办结{handled}件。",
            f"{when}收到政府信息公开申请{received}件，{none_before}，结转下年度{carried_out}件。",
        ]
    if not a.value("carried-out"):
        done = marked("all-done", a.pick("全部按期办结", "均已办结", "全部办理完毕", "均已按时办结"))
        all_done = marked("both-done", plain(done))
        none_left = marked("none-carried-out", a.pick("无结转下年度继续办理的申请", "没有结转至下年度的申请"))
        sentences += [
            f"{when}收到政府信息公开申请{received}件，上年结转{carried_in}件，{all_done}。",
            f"{when}受理政府信息公开申请{cases}件，{done}，{none_left}。",
            f"{when}收到政府信息公开申请{received}件，均在法定期限内答复。",
        ]
    return a.pick(*sentences)


def details(a: Author) -> list[str]:
    """Who asked, how and for what."""
    n, received = a.n, a.value("received")
    of_all = marked("sum", a.form(received))
    sentences: list[str] = []
    if received:
        sentences += [
            f"在{of_all}件新收申请中，{partition(a, received, WAYS[: a.rng.randint(2, 4)], '件', '、')}。",
            f"从申请方式看，新收申请{of_all}件，其中{partition(a, received, WAYS[: a.rng.randint(2, 3)], '件', '，')}。",
            f"新收申请{n('received')}件，其中：自然人申请{n('received.natural')}件，法人或其他组织申请{n('received.legal')}件。",
            f"从申请内容看，主要涉及{plain(partition(a, received, SUBJECTS[: a.rng.randint(3, 5)], '件', '、'))}。",
            f"新收的{n('received')}件申请中，自然人提出{n('received.natural')}件，占{a.percent(a.value('received.natural'), received)}。",
        ]
    if a.value("received.enterprise"):
        sentences.append(
            f"自然人申请{n('received.natural')}件，商业企业申请{n('received.enterprise')}件，科研机构申请{n('received.research')}件。"
        )
    columns = {"natural": "自然人", "enterprise": "商业企业", "research": "科研机构", "public": "社会公益组织"}
    columns |= {"legal-service": "法律服务机构", "other": "其他组织"}
    present = [f"{label}{n(f'received.{key}')}件" for key, label in columns.items() if a.value(f"received.{key}")]
    if len(present) >= 3:
        sentences.append(f"按申请人类别统计，新收申请{n('received')}件，其中{listed(*present, separator='、')}。")
    return sentences


def outcome(a: Author) -> str:
    """What became of them."""
    n, handled = a.n, a.value("handled")
    if not handled:
        return ""
    adverbial = a.rng.randrange(2)
    keys = [key for key in OUTCOMES if a.value(key) or a.rng.random() < 0.4]
    separator = a.pick("，", "、", "；")
    items = [f"{OUTCOMES[key][adverbial]}{n(key)}件" for key in keys]
    turned = [f"{OUTCOMES[key][0]}{n(key)}件" for key in keys]
    rest = f"结转下年度继续办理{n('carried-out')}件"
    shares = [
        f"{OUTCOMES[key][0]}{n(key)}件，占{a.percent(a.value(key), handled)}"
        for key in keys
        if a.value(key) or len(keys) == 1
    ]
    bracketed = [f"{OUTCOMES[key][0]}{n(key)}件（{a.percent(a.value(key), handled)}）" for key in keys if a.value(key)]
    sentences = [
        "",
        f"办理结果为：{listed(*items, name='row', separator=separator)}。",
        f"办结的{n('handled')}件申请中，{listed(*items, separator='，')}。",
        f"全年共办结{n('handled')}件，其中{listed(*turned, separator=separator)}。",
        f"答复{n('handled')}件，其中：{listed(*shares, separator='；')}。",
        f"答复结果中{listed(*bracketed, name='row', separator='，')}。",
        f"{listed(*turned, rest, name='row', separator='，')}。",
    ]
    if a.value("refused") and a.value("lacking"):
        sentences.append(
            f"不予公开{n('refused')}件（{reasons(a, 'refused')}），无法提供{n('lacking')}件（{reasons(a, 'lacking')}）。"
        )
        sentences.append(f"不予公开{n('refused')}件，其中{reasons(a, 'refused')}。")
    if a.value("granted") and a.value("partly-granted"):
        both = a.value("granted") + a.value("partly-granted")
        sentences.append(
            f"予以公开及部分公开共{marked('granted-or-partly', a.form(both))}件，占办结总数的{a.percent(both, handled)}。"
        )
    if a.value("granted"):
        sentences.append(f"其中{n('granted')}件予以公开，{n('partly-granted')}件部分公开，{n('refused')}件不予公开。")
    return a.pick(*sentences)


def reasons(a: Author, group: str) -> str:
    """The rows of a group that are not zero, as its parts."""
    return listed(
        *(f"{label}{a.n(key)}件" for key, label in a.rows_of(group).items() if a.value(key)),
        separator="、",
    )


# --- reviews and lawsuits ------------------------------------------------------------------------------------------


def disputes(a: Author) -> str:
    """One office's sentences on 表四."""
    n, when = a.n, a.this_year()
    review, litigation = a.value("review"), a.value("litigation")
    if not review + litigation:
        return marked("none-disputes", no_disputes(a, when))
    no_review = marked("none-review", a.pick("未被申请行政复议", "无行政复议案件", "未发生行政复议"))
    no_lawsuit = marked("none-litigation", a.pick("未被提起行政诉讼", "没有行政诉讼案件", "未发生行政诉讼"))
    if not review:
        return a.pick(
            f"{when}因政府信息公开{no_review}，发生行政诉讼{n('litigation')}件。",
            f"{when}{no_review}；行政诉讼案件{n('litigation')}件，其中未经复议直接起诉{n('direct')}件，复议后起诉{n('after-review')}件。",
        )
    if not litigation:
        return a.pick(
            f"{when}因政府信息公开被申请行政复议{n('review')}件，{no_lawsuit}。",
            f"{when}发生政府信息公开行政复议案件{n('review')}件（{review_outcomes(a)}），{no_lawsuit}。",
        )
    return a.pick(
        f"{when}因政府信息公开工作被申请行政复议{n('review')}件，被提起行政诉讼{n('litigation')}件。",
        f"{when}发生政府信息公开行政复议案件{n('review')}件、行政诉讼案件{n('litigation')}件。",
        f"{when}行政复议{n('review')}件，其中{review_outcomes(a)}；行政诉讼{n('litigation')}件，其中未经复议直接起诉{n('direct')}件，复议后起诉{n('after-review')}件。",
        f"{when}共发生涉及政府信息公开的行政复议、行政诉讼案件{n('disputes')}件，其中行政复议{n('review')}件，行政诉讼{n('litigation')}件。",
        f"{when}收到政府信息公开行政复议{n('review')}件，{review_outcomes(a)}。未经复议直接起诉的行政诉讼{n('direct')}件，复议后起诉的{n('after-review')}件。",
        f"申请人不服答复提起行政复议的{n('review')}件，提起行政诉讼的{n('litigation')}件。",
        *upheld_throughout(a, when),
    )


def upheld_throughout(a: Author, when: str) -> tuple[str, ...]:
    way = a.pick("均获维持", "全部维持", "均维持原行政行为")
    upheld, all_upheld = marked("reviews-upheld", way), marked("all-upheld", way)
    both, reviews = a.value("disputes"), a.value("review")
    return (
        *(
            (f"{when}行政复议{a.n('review')}件、行政诉讼{a.n('litigation')}件，{all_upheld}。",)
            * (both == sum(a.value(f"{kind}.upheld") for kind in ("review", "litigation")))
        ),
        *(
            (f"{when}行政复议{a.n('review')}件，{upheld}；行政诉讼{a.n('litigation')}件。",)
            * (reviews == a.value("review.upheld"))
        ),
    )


def review_outcomes(a: Author) -> str:
    names = {"upheld": "结果维持", "corrected": "结果纠正", "other-outcome": "其他结果", "pending": "尚未审结"}
    present = {key: name for key, name in names.items() if a.value(f"review.{key}")} or names
    return listed(*(f"{name}{a.n(f'review.{key}')}件" for key, name in present.items()), separator=a.pick("，", "、"))


def no_disputes(a: Author, when: str) -> str:
    return a.pick(
        f"{when}未发生因政府信息公开引起的行政复议、行政诉讼。",
        f"{when}无因政府信息公开申请行政复议、提起行政诉讼的情况。",
        f"{when}没有因政府信息公开工作被申请行政复议或被提起行政诉讼。",
        f"{when}政府信息公开行政复议、行政诉讼均为0件。",
        f"{when}未收到涉及政府信息公开的行政复议和行政诉讼案件。",
        f"{when}行政复议0件，行政诉讼0件。",
        f"{when}政府信息公开方面未引发行政复议和行政诉讼。",
    )
