"""The words of `rules/words/statements.yaml` made ready: one pattern for each family and kind of counter, compiled when needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

MONEY = frozenset(["元", "千元", "万元", "亿元"])


class Wholly(NamedTuple):
    """What says that everything went one way (均已办结), so that there is none of `topic`.

    It stands behind figures of `of`, maybe together with some of `beside` (then of `together`), in a section without the
    words of `unless`.
    """

    says: str
    of: frozenset[str]
    beside: frozenset[str]
    unless: str
    topic: str
    together: str


class Family(NamedTuple):
    """Statements about one table. Patterns are kept as text, because the words are stored with the compiled rules.

    `heads` and `money_heads` find, at the end of the words before a figure, what it counts; the names of their groups are
    `part_i`, `topic_i` and `column_i` by place in the tuples below.
    """

    table: str
    subjects: frozenset[str]  # everything a statement of this family can be about
    counters: frozenset[str]
    context: tuple[str, ...]
    contexts: str
    roots: tuple[str, ...]  # one of them stands in every sentence about the family
    near: bool  # the context must stand in the same sentence, not merely in the same passage
    home: str
    home_claims: tuple[str, ...]  # what “无” in the heading of its own section, or as its only word, is about
    exclude: str
    never: str
    foreign: str
    tail: str
    parts: tuple[str, ...]
    made_up_of: Mapping[
        str, frozenset[str]
    ]  # a part → those that it is the sum of: 未经复议直接起诉的行政诉讼 is one of them
    topics: tuple[str, ...]
    columns: tuple[str, ...]
    head: str
    money_head: str
    end: str
    money_end: str
    alone: str
    behind: str  # what is counted, or what became of it, stands behind the figure (6起行政复议案件, 2件予以公开) …
    lead: str  # … and before it nothing but fillers
    known: str  # what may stand before the words that say what a figure counts
    fillers: str
    alone_topic: str
    column_topic: str
    itself: str
    none: frozenset[str]
    adds: frozenset[str]
    timeless: frozenset[str]
    closing: frozenset[str]  # what may be done to several of the others at once: 收到并答复
    parts_of: frozenset[str]  # what may have become of a part only: 网上申请15件，其中予以公开9件
    claim: str
    claim_topic: str
    claim_topics: frozenset[str]  # what a claim may be about instead, where it names it: 无上年结转申请
    claim_whole: str
    wholly: Wholly | None
    sums: str = ""  # behind what came in and what was carried over: both together …
    sum_topic: str = ""  # … and what that is
    needs: tuple[str, ...] = ()  # without one of them a section says nothing of this family
    restates: frozenset[str] = frozenset()  # behind an amount of money: it follows in another unit
    all_of: str = ""  # right behind a figure: everything that it counts is of one column or part (9件，均为自然人提出)
    bare: str = ""  # words of an outcome that say so only in a list of outcomes: 公开5件，部分公开2件

    def narrowest(self, parts: Sequence[str]) -> list[str]:
        """Some parts without those that are made up of others among them."""
        if not self.made_up_of or len(parts) < 2:
            return list(parts)
        return [part for part in parts if self.made_up_of.get(part, frozenset()).isdisjoint(parts)]


class StatementWords(NamedTuple):
    """Everything the recognition of statements knows of the language."""

    wholes: str
    parts: str
    bodies: str
    asked: str  # in words that narrow a figure: another body did it, for whom the issuer wrote or asked
    other_years: str
    claims: str
    denied: str
    heading_none: str
    section_none: str
    names: Mapping[str, str]
    families: tuple[Family, ...]

    def topics(self, table: str) -> frozenset[str]:
        """Everything that statements about a table can be about."""
        return frozenset().union(*(family.subjects for family in self.families if family.table == table))

    def name(self, topic: str) -> str:
        """What a topic is called: 行政复议维持 for `review.upheld`."""
        return "".join(self.names.get(part, part) for part in topic.split("."))


_BUILT: list[tuple[Mapping[str, Any], StatementWords]] = []


def statement_words(data: Mapping[str, Any]) -> StatementWords:
    """The words of one dictionary file; the same object for the same data, so that all rules share one recognition.

    Raises `KeyError` for a key that is missing and `re.error` for a pattern that is none.
    """
    for known, words in _BUILT:
        if known is data:
            return words
    fillers = _words(data["fillers"])
    ends = _words(data["claim-ends"])
    negations = _longest_first(_words(data["negations"]))
    negated = _longest_first(_words(data["negated"]))
    built = StatementWords(
        wholes=data["wholes"],
        parts=_any(_words(data["parts"])),
        bodies=data["bodies"],
        asked=data["asked"],
        other_years=_any(_words(data["other-years"])),
        claims=rf"(?:{_any(negations)})(?P<verbs>(?:{_any(negated)}|了|过)*+)(?P<object>[^，。；！？\n,;、]{{1,60}}+(?:、(?![无未没])[^，。；！？\n,;、]{{1,60}}+)*+)",
        denied=rf"(?:{_any(_words(data['denials']))})(?=[，。；\n]|$)",
        heading_none=data["heading-none"],
        section_none=data["section-none"],
        names=dict(data["names"]),
        families=tuple(_family(family, fillers, _words(data["preambles"]), ends) for family in data["families"]),
    )
    for pattern in (built.claims, built.denied, built.parts, built.bodies, built.wholes, built.other_years):
        re.compile(pattern)
    _BUILT.append((data, built))
    return built


def _words(text: str) -> list[str]:
    return str(text).split()


def _longest_first(words: list[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _any(words: list[str]) -> str:
    return "|".join(words)


def _subjects(data: Mapping[str, Any]) -> frozenset[str]:
    wholly = data.get("wholly", {})
    topics = [
        *data.get("topics", {}),
        data.get("itself", ""),
        wholly.get("topic", ""),
        wholly.get("topic-together", ""),
    ]
    if data.get("within"):
        return frozenset(f"{part}.{topic}" for part in data["within"] for topic in topics if topic)
    topics.append(data.get("sums", {}).get("topic", ""))
    return frozenset([*topics, *(data.get(key, "") for key in ("alone-topic", "column-topic", "claim-topic"))]) - {""}


def _wholly(data: Mapping[str, Any]) -> Wholly:
    says, unless = _any(_words(data["says"])), _any(_words(data.get("unless", "(?!)")))
    re.compile(says)
    re.compile(unless)
    of, beside = frozenset(_words(data["of"])), frozenset(_words(data.get("beside", "")))
    return Wholly(says, of, beside, unless, data["topic"], data.get("topic-together", data["topic"]))


def _family(data: Mapping[str, Any], fillers: list[str], preambles: list[str], ends: list[str]) -> Family:
    within = data.get("within", {})
    columns = data.get("columns", {})
    topics = data.get("topics", {})
    money = frozenset(_words(data.get("money", "")))
    own_fillers = _longest_first([*_words(data["fillers"]), *fillers])
    groups = [(f"part_{i}", words) for i, words in enumerate(within.values())]
    groups += [(f"column_{i}", words) for i, words in enumerate(columns.values())]

    def head(paid: bool) -> str:
        chosen = [
            (f"topic_{i}", words) for i, (name, words) in enumerate(topics.items()) if (name in money) == paid or within
        ]
        return "|".join(f"(?P<{group}>{_any(_longest_first(_words(words)))})" for group, words in [*chosen, *groups])

    def end(paid: bool) -> str:
        plain = re.sub(r"\?P<\w+>", "?:", head(paid))
        return f"(?:{plain})(?:{plain}|{_any(own_fillers)})*+$"

    alone = _words(data.get("alone", ""))
    first = [topics[name] for name in _words(data.get("figure-first", ""))]
    bare = [word for words in [*within.values(), data.get("behind", ""), *first] for word in _words(words)]
    behind = _any(_longest_first(bare))
    if "columns-behind" in data:  # 6件由公民提出
        begins, ends_in = data["columns-behind"].split()
        applicants = _any(_longest_first([word for words in columns.values() for word in _words(words)]))
        behind += f"|(?:{begins})?(?:{applicants})(?:{ends_in})?"
    subject = r"(?:[，、：:\s]|本年度?|全年|今年|我.|本..?|共|累计|全.|收到)*"
    claim_topics = _words(data.get("claim-topics", ""))
    claim_tokens = _longest_first(
        [
            *(
                word
                for words in (*columns.values(), *(topics[topic] for topic in claim_topics))
                for word in _words(words)
            ),
            *_words(data.get("claim-words", "")),
            *fillers,
        ]
    )
    family = Family(
        table=data["table"],
        subjects=_subjects(data),
        counters=frozenset(_words(data["counters"])),
        context=tuple(_words(data["context"])),
        roots=tuple(_words(data.get("roots", ""))),
        contexts=_any(_words(data["context"])),
        near=data.get("near") == "sentence",
        home=data.get("home", ""),
        home_claims=tuple(_words(data.get("home-claims", ""))),
        exclude=_any(_words(data["exclude"])),
        never=_any(_words(data.get("never", ""))),
        foreign=_any(_words(data.get("foreign", ""))),
        tail=_any(_words(data.get("tail", ""))),
        parts=tuple(within),
        made_up_of={whole: frozenset(_words(parts)) for whole, parts in data.get("made-up-of", {}).items()},
        topics=tuple(topics),
        columns=tuple(columns),
        head=head(False),
        money_head=head(True) if money else "",
        end=end(False),
        money_end=end(True) if money else "",
        behind=rf"(?:的|申请|案件)?(?:[均都已]|按规定|依法|按程序|现已|系|为|属于?|是|已?于|当年|年内|本年内?)*?(?:{data.get('before-behind', '')})?(?P<head>{behind})(?:{_any(own_fillers)})*?中?(?=[，。；、（(\n]|$)"
        if behind
        else "",
        fillers=_any(own_fillers),
        known=_any(_longest_first([*own_fillers, *_words(data.get("preambles", "")), *preambles])),
        lead=f"(?:{_any([*own_fillers, *_words(data.get('lead', ''))])})*+$",
        alone=f"^{subject}(?:{_any(alone)})(?:{_any(own_fillers)})*+$" if alone else "",
        alone_topic=data.get("alone-topic", ""),
        column_topic=data.get("column-topic", ""),
        itself=data.get("itself", ""),
        none=frozenset(_words(data.get("none", ""))),
        adds=frozenset(_words(data.get("adds", ""))),
        timeless=frozenset(_words(data.get("timeless", ""))),
        closing=frozenset(_words(data.get("closing", ""))),
        parts_of=frozenset(_words(data.get("parts-of", ""))),
        claim=data.get("claim", ""),
        claim_topic=data.get("claim-topic", data.get("alone-topic", "")),
        claim_topics=frozenset(claim_topics),
        claim_whole=f"(?:{_any(claim_tokens)})*+(?:{_any(ends)})*+",
        wholly=_wholly(data["wholly"]) if "wholly" in data else None,
        sums=data["sums"]["says"] if "sums" in data else "",
        sum_topic=data["sums"]["topic"] if "sums" in data else "",
        all_of=rf"{data['all-of']}(?P<head>{head(False)})(?:[的类]|案件|申请|提出|提交|所提)*(?=[，。；、（(\n]|$)"
        if "all-of" in data
        else "",
        bare=data.get("bare", ""),
        needs=tuple(_words(data.get("needs", ""))),
        restates=frozenset(_words(data.get("restates", ""))),
    )
    for pattern in (
        family.head,
        family.money_head,
        family.end,
        family.money_end,
        family.alone,
        family.claim_whole,
        family.exclude,
        family.never,
        family.behind,
        family.sums,
        family.all_of,
        family.bare,
    ):
        re.compile(pattern)
    return family
