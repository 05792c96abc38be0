"""Numbered lines that say what is to be done, or who does it: sentences of a list, which head nothing."""

from __future__ import annotations

import regex as re

from juanzong.stages.structure.run_in_phrases import MEASURE
from juanzong.stages.structure.verdicts import RUN_IN, verdict_of

LONGEST_PHRASE = 24  # characters of a phrase that heads a paragraph
_CLAUSE = re.compile("[：:]|，.*，")
RULES_OVER = re.compile(
    r"应当|必须|不得|可以|负责|由.+(?:组成|代行|任命|决定|负责|主持)|实行|应(?=[\p{Han}]{2})|^要|的，|主持"
)


def is_rule(rest: str) -> bool:
    """Whether a numbered line says what is to be done or who does it, in whole sentences: no heading and no run-in one.

    >>> is_rule("秘书长在主任领导下，负责处理日常工作。"), is_rule("加强组织领导。各县要落实责任。"), is_rule("工作目标")
    (True, False, False)
    >>> is_rule("加强政府网站绩效评估工作，不断提升政府网站服务水平。市局连续四年组织评估，有力地推动了各部门网站的建设，促进了公共服务。")
    False
    """
    rest = rest.strip()
    stop = rest.find("。")
    said = rest[:stop] if stop >= 0 else ""
    if stop < 0 and rest.endswith(("：", ":")):  # 项目应当依法招标：
        return bool(RULES_OVER.search(rest))
    measure = MEASURE.match(said) is not None and len(rest) > 2 * len(said)  # heads what was done for it
    longest = RUN_IN if measure else LONGEST_PHRASE
    return bool(said) and (len(said) > longest or bool(_CLAUSE.search(said)) or bool(RULES_OVER.search(said)))


def may_head(rest: str, form: str) -> bool:
    """Whether a numbered line may be a heading or a run-in one: no sentence that says a rule, long or in clauses, before
    others."""
    kind = verdict_of(rest, form, False)
    if kind != "run-in":
        return kind == "heading"
    said = rest[: rest.find("。")].strip()
    ruled = "，" in said and RULES_OVER.search(said) is not None and MEASURE.match(said) is None
    return not (ruled or (len(said) > LONGEST_PHRASE and is_rule(rest)))
