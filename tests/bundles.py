"""Made-up documents as lines of a transcription, and how to run them: the ground of the structure tests."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import chdir
from pathlib import Path
from typing import Any

import juanzong
from juanzong.core.source import Source
from juanzong.model import DOCUMENT_TYPES, Bundle
from juanzong.run import files, process

Json = dict[str, Any]

COVER = [
    "松城职业学院",
    "",
    "SONGCHENG COLLEGE",
    "",
    "3.1 办学定位佐证材料",
    "",
    "3.1.2 园艺学院专业与产业对接情况",
    "",
]
CONTENTS = [
    "目 录",
    "",
    "1.专业与产业对接情况表",
    "2.《松城市绿化发展规划》（松府〔2021〕8号）",
    "3.《松城市公园管理办法》",
    "",
]
TABLE = ["专业与产业对接情况表", "", "序号\t专业名称\t对接产业", "1\t园林技术\t绿化产业", "2\t花卉生产\t花卉产业", ""]
NOTICE = [
    "松城市人民政府关于印发《松城市绿化发展规划》的通知",
    "",
    "松府〔2021〕8号",
    "",
    "各县（市、区）人民政府，市政府各部门：",
    "",
    "现将《松城市绿化发展规划》印发给你们，请认真组织实施。",
    "",
    "松城市人民政府",
    "",
    "2021年3月5日",
    "",
]
PLAN = [
    "松城市绿化发展规划",
    "",
    "为推进全市绿化，根据有关规定，制定本规划。",
    "",
    "第一章 发展基础",
    "",
    "第一节 主要成就",
    "",
    "绿化面积稳步扩大。全市新增绿地120公顷，建成公园36处，人均公园绿地①面积居全省前",
    "",
    "① 公园绿地：向公众开放的绿地。",
    "",
    "列，群众满意度不断提高。",
    "",
    "专栏1 重点工程",
    "",
    "1.城区绿道工程。建设绿道80公里。",
    "",
    "2.湿地修复工程。修复湿地5处。",
    "",
    "第二节 存在问题",
    "",
    "绿地分布不够均衡，养护水平有待提高。",
    "",
    "第二章 总体要求",
    "",
    "坚持生态优先，统筹规划建设管理。",
    "",
]
REGULATION = [
    "松城市公园管理办法",
    "",
    "（2020年5月6日松城市人民政府常务会议审议通过）",
    "",
    "第一章 总则",
    "",
    "第一条 为加强公园管理，制定本办法。",
    "",
    "第二条 本办法所称公园包括：",
    "",
    "（一）综合公园；",
    "",
    "（二）专类公园。",
    "",
    "第二章 管理",
    "",
    "第三条 公园应当免费开放。",
    "",
    "第四条 禁止在公园内倾倒垃圾。",
    "",
    "第五条 本办法自2020年7月1日起施行。",
    "",
]


def run(lines: list[str]) -> dict[str, Json]:
    """The documents that the lines make, by title; `#bundle` is bundle.json, `#edits` and `#findings` lists of rows."""
    text = "\n".join(lines)
    result = process(Source("raw/test.txt", "0" * 64, "text/plain", text), "test")
    made = files(result)
    out: dict[str, Any] = {"#bundle": json.loads(made["bundle.json"])}
    Bundle.model_validate(out["#bundle"])  # a run trusts its emitters: here their files are held against the models
    for name in ("edits", "findings", "trace"):
        out[f"#{name}"] = [json.loads(line) for line in made[f"{name}.jsonl"].splitlines()]
    for name, content in made.items():
        if name.startswith("documents/"):
            document = json.loads(content)
            DOCUMENT_TYPES[document["type"]].model_validate(document)
            out[document["title"]] = document
    return out


def claimed_twice(lines: list[str], out: dict[str, Json]) -> str:
    """The characters of the lines that two rows of the trace claim, or drops, or a row and a drop."""
    text = "\n".join(lines)
    gone = [e["source"] for e in out["#edits"] if e["kind"] in ("drop", "merge") and e["status"] == "applied"]
    taken = Counter(i for a, b in [*gone, *(r for row in out["#trace"] for r in row["source"])] for i in range(a, b))
    return "".join(text[i] for i, n in sorted(taken.items()) if n > 1 and not text[i].isspace())


def saved(home: Path, text: str) -> Path:
    """The folder `home` with the text in raw/s.txt and its output in clean/s; returns it."""
    with chdir(home):
        raw = Path("raw/s.txt")
        raw.parent.mkdir()
        raw.write_text(text, "utf-8")
        juanzong.normalize(raw).save()
    return home


def titles(out: dict[str, Json]) -> list[str]:
    return [d["title"] for d in out["#bundle"]["documents"]]


def outline(blocks: list[Json], depth: int = 0) -> list[str]:
    """Headings, boxes and paragraphs as indented lines: what a reader sees of the structure."""
    out = []
    for b in blocks:
        if b["kind"] == "section":
            out.append("  " * depth + "§" + (b.get("number") or "") + "|" + (b.get("title") or ""))
        elif b["kind"] == "box":
            out.append("  " * depth + "□" + (b.get("number") or "") + "|" + (b.get("title") or ""))
        elif b["kind"] == "paragraph":
            out.append("  " * depth + b["text"])
        elif b["kind"] == "table":
            out.append("  " * depth + f"▦{b.get('number', '')}|{b.get('caption', '')}|{len(b['rows'])}")
        else:
            out.append("  " * depth + f"◪{b.get('number', '')}|{b.get('caption', '')}|{len(b['text'])}")
        out += outline(b.get("children", []), depth + 1)
    return out
