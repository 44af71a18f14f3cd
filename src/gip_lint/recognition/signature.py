"""What stands under a report: the body that signs it, the date, and below them what a web page adds."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.document import Paragraph
from gip_lint.lazy_pattern import LazyPattern

_DATE = (
    r"(?:日期[:：]|发布时间[:：])?[\d二〇○零一三四五六七八九十]{2,4}年"
    r"[\d一二三四五六七八九十元]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?"
)
_SHORT_DATE = LazyPattern(r"[（(]?(?:日期[:：])?20\d\d(?P<mark>[-./])\d{1,2}(?P=mark)\d{1,2}[）)]?")
_BODY = r"[（(]?[^。，；：！？、]{2,40}(?:[局委办厅部处府会镇乡所队院]|中心|街道|公室|事处)(?:[（(][^）)]*[）)])?[）)]?"
_SIGNER = LazyPattern(_BODY)
_SIGNED = LazyPattern(rf"(?:{_BODY})?{_DATE}")
_FURNITURE = LazyPattern(
    r"[（(]?(?:联系(?:人|电话|方式)|咨询电话|电话|传真|邮箱|地址)[:：].{0,60}|[（(]此件(?:主动|依申请|不予)?公开(?:发布)?[）)]|"
    r"(?:打印|关闭|分享|收藏|返回|顶部|本页|此页|窗口|[【\[\]】|·，、\s])+|(?:附件|相关附件|附件下载|上一篇|下一篇|上一条|下一条|责任编辑|编辑|来源|"
    r"信息来源|扫一扫|浏览次数|点击数|阅读次数|主办|承办|版权所有|网站标识码|ICP备案)[:：]?[^。]{0,60}|"
    r"(?:\d{1,2}[.．、])?.{0,60}\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar|jpg|png)(?:[（(].{0,12}[）)])?"
)


def take_signature(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Take page furniture, date and signing body off the end of the last section: they are no part of it."""
    start = len(paragraphs)
    while start and _FURNITURE.fullmatch("".join(paragraphs[start - 1].text.split())):
        start -= 1
    while start and _is_signed(paragraphs[:start]):
        start -= 1
        if start and _SIGNER.fullmatch("".join(paragraphs[start - 1].text.split())):
            start -= 1
    signature = tuple(paragraphs[start:])
    del paragraphs[start:]
    return signature


def _is_signed(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the last of some paragraphs is a date; in digits alone only below a name, else a web page put it there."""
    last = "".join(paragraphs[-1].text.split())
    if _SIGNED.fullmatch(last):
        return True
    below = "".join(paragraphs[-2].text.split()) if len(paragraphs) > 1 else ""
    return _SHORT_DATE.fullmatch(last) is not None and _SIGNER.fullmatch(below) is not None
