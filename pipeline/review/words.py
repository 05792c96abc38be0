"""The words of the interface, in Chinese and English."""
from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "source": ("原文", "Source"), "document": ("成文", "Document"), "queue": ("待审", "Queue"), "outline": ("大纲", "Outline"),
    "page": ("第…页", "Page"), "contents": ("目录", "Contents"), "unit": ("单位：", "Unit: "), "help": ("快捷键", "Keys"),
    "accept": ("采纳", "Accept"), "reject": ("驳回", "Reject"), "edit": ("改读", "Own reading"), "undo": ("撤销", "Undo"),
    "next": ("下一条", "Next"), "previous": ("上一条", "Previous"), "batch": ("同类批量", "All of this kind"), "close": ("关闭", "Close"),
    "save": ("保存", "Save"), "cancel": ("取消", "Cancel"), "all": ("全部", "All"), "rule": ("规则", "Rule"),
    "category": ("类别", "Category"), "state": ("状态", "State"), "confidence": ("把握", "Confidence"), "evidence": ("依据", "Evidence"),
    "layout": ("版式", "layout"), "format": ("格式", "format"), "content": ("内容", "content"), "finding": ("核查", "finding"),
    "open": ("待决", "Open"), "decided": ("已决", "Decided"), "made": ("已改", "Applied edits"), "any": ("全部", "Everything"),
    "applied": ("已改", "applied"), "suggested": ("建议", "suggested"), "accepted": ("已采纳", "accepted"),
    "rejected": ("已驳回", "rejected"), "reading": ("自行改读", "own reading"), "error": ("错误", "error"),
    "warning": ("警告", "warning"), "info": ("提示", "info"), "drop": ("删除", "drop"), "merge": ("并入", "merge"),
    "replace": ("替换", "replace"), "insert": ("补入", "insert"), "join": ("接合", "join"), "decision": ("审定", "decision"),
    "nothing": ("没有符合条件的条目。", "Nothing matches."), "empty": ("（空）", "(nothing)"), "blank": ("（空白）", "(blank)"),
    "select_hint": ("选一条，或点一处标记。", "Choose an entry, or tap a mark."),
    "reading_hint": ("此处应读作", "It should read"), "selected": ("所选文字", "Selected text"),
    "batch_same": ("同样的改动", "The same change"), "batch_rule": ("此规则的全部建议", "All suggestions of this rule"),
    "places": ("处", "places"), "to_place": ("查看", "Show"), "saved": ("已保存到", "Saved to"),
    "rerun": ("下次运行时生效", "Takes effect with the next run"), "lost": ("失去位置的审定", "Decisions that no longer fit"),
    "progress": ("已决", "decided"), "more": ("更多", "More"), "metadata": ("要素", "Elements"), "error_save": ("保存失败：", "Not saved: "),
    "stale": ("输出已更新，请重新载入。", "The output has changed; reload."), "scope": ("范围", "Scope"),
    "apply_accept": ("全部采纳", "Accept all"), "apply_reject": ("全部驳回", "Reject all"), "edits": ("改动", "Edits"),
    "findings": ("核查结果", "Findings"), "report": ("审阅报告", "Review report"), "documents": ("文件", "Documents"),
    "sources": ("来源", "Sources"), "before": ("原", "Was"), "after": ("改", "Now"), "by_rule": ("按规则", "By rule"), "count": ("数", "Count"),
    "type": ("类型", "Type"), "title": ("标题", "Title"), "language": ("English", "中文"), "page_image": ("页面图像", "Page image"),
    "hide_source": ("原文对照", "Source beside"), "legend": ("图例", "Legend"), "no_title": ("（无标题）", "(no title)"),
    "keys_help": ("j/k 或 ↓/↑ 移动；a 采纳；r 驳回；e 改读（先选中文字可改读任意一处）；u 撤销；b 同类批量；s 原文、d 成文；? 帮助；Esc 关闭",
                  "j/k or ↓/↑ move; a accept; r reject; e own reading (select text first to read any place anew); u undo; "
                  "b all of this kind; s source, d document; ? help; Esc close"),
    "diff": ("差异", "Diff"), "same": ("没有差异", "No differences"), "came": ("新增", "new"), "gone": ("消失", "gone"),
    "retyped": ("改类", "retyped"), "changed": ("有变", "changed"), "moved": ("移动", "moved"),
    # GB/T 9704-2012 and web pages
    "doc_number": ("发文字号", "Document number"), "issuers": ("发文机关", "Issuers"), "addressees": ("主送机关", "Addressees"),
    "signatories": ("发文机关署名", "Signatories"), "issued_on": ("成文日期", "Issued on"), "approval": ("题注", "Approval"),
    "attachments": ("附件说明", "Attachments"), "copied_to": ("抄送机关", "Copied to"), "printed_by": ("印发机关", "Printed by"),
    "printed_on": ("印发日期", "Printed on"), "disclosure": ("公开方式", "Disclosure"), "annotation": ("附注", "Annotation"),
    "proofreader": ("校对", "Proofreader"), "letterhead": ("发文机关标志", "Letterhead"), "security": ("密级", "Security"),
    "urgency": ("紧急程度", "Urgency"), "signer": ("签发人", "Signer"), "annex_number": ("附件序号", "Annex number"),
    "index_number": ("索引号", "Index number"), "publisher": ("发布机构", "Publisher"), "published_on": ("发布日期", "Published on"),
    "cover": ("封面", "Cover"),
    "front_matter": ("封面与目录", "front matter"), "notice": ("通知", "notice"), "plan": ("规划", "plan"), "regulation": ("法规", "regulation"),
    "annex_table": ("附表", "annex table"), "annex": ("附件", "annex"), "roster": ("名单", "roster"),
    "certificate": ("证明", "certificate"), "agreement": ("协议", "agreement"), "summary": ("总结", "summary"), "other": ("其他", "other"),
}

LANGUAGES = ("zh", "en")


def words(language: str) -> dict[str, str]:
    """All words in one language (`zh` or `en`)."""
    k = LANGUAGES.index(language)
    return {name: both[k] for name, both in WORDS.items()}


def language_of(locale: str | None, accepted: str | None = None) -> str:
    """Chinese for a Chinese locale or a browser that puts Chinese first, else English.

    >>> (language_of("zh_CN.UTF-8"), language_of("C", "zh-CN,zh;q=0.9"), language_of("en_GB", "en"), language_of(None))
    ('zh', 'zh', 'en', 'en')
    """
    if (locale or "").lower().startswith("zh"):
        return "zh"
    return "zh" if (accepted or "").lower().startswith("zh") else "en"
