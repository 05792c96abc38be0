"""The nouns that titles end in."""

from __future__ import annotations

# With the type they tell. `strong`: the noun alone speaks for a title; a `weak` one ends
# headings, table cells and lines of text as well, and a title that bears it needs other signs.
# Each is a pattern: 协议案 is a case about an agreement, no 议案.
TYPES: tuple[tuple[str, str, str], ...] = (
    (
        "notice",
        "strong",
        "通知 函 批复 答复 复函 通报 公告 (?<!研究|审议|审查|讨论|特)决定 决议 命令 令 通告 请示 公示 决定书 告知书 通知书 倡议书 "
        "公开信 一封信 建议书 回复 (?<!协)议案 "
        "判决书 裁定书 裁决书 调解书 起诉书 抗诉书 贺信 慰问信 感谢信 邀请函 启事 申请书 表扬信 介绍信 推荐信 推荐书 请柬 "
        "(?:答复|处理|复查|复核)意见书 答复书",
    ),
    (
        "minutes",
        "strong",
        "纪要 议事录 会议记录 会议纪录 座谈记录 座谈会记录 (?<=\\p{Han}{2})(?<!以上)笔录",
    ),
    ("report", "strong", "公报"),
    ("roster", "strong", "名单 花名册 名册"),
    (
        "agreement",
        "strong",
        "合同 协议 协议书 合同书 意向书 备忘录 责任书 承诺书 责任状 承诺函 保证书 委托书 授权书 契约 协定",
    ),
    (
        "certificate",
        "strong",
        "证书 (?<![兹此])证明 聘书 聘任书 资格证 许可证 执照 证明书 证明信 毕业证 结业证 合格证 上岗证 奖状 公证书 鉴定书",
    ),
    ("summary", "strong", "总结 小结 工作总结"),
    ("annex_table", "strong", "(?<!报告)表 一览 清单 目录 台账 统计 汇总 名录 登记册 对照表"),
    (
        "regulation",
        "strong",
        "条例 规定 办法 细则 通则 章程 规则 规范 准则 规程 守则 制度 修正案 公约 民约 导则 管理法 暂行法",
    ),
    (
        "plan",
        "strong",
        "规划 纲要 方案 计划 措施 意见 要点 行动 目标 蓝图 指南 政策 任务分工 分工方案 规划纲要 预案 举措 工作任务 指引 设想 思路 路线图",
    ),
    ("report", "strong", "报告 报告书 报告表 说明书 分析 调研 综述 述评 白皮书 蓝皮书 年鉴 年报 决算公开 预算公开"),
    ("regulation", "weak", "解释 标准 规约 须知"),
    ("plan", "weak", "安排"),
    ("report", "weak", "自评 述职 汇报 情况 情况汇报 情况说明 工作汇报 汇报材料 自查 概况 简况"),
    (
        "other",
        "strong",
        "简报 报告单 成绩单 申报书 任务书 心得体会 起诉状 上诉状 答辩状 自诉状 代理词 辩护词 传票 送达回证 收条 借条 欠条 "
        "事迹材料 汇报材料 先进事迹 个人简历 调查问卷 测试卷 试卷 教学设计 节目单 宣传稿 新闻稿 演讲稿 声明 简章 "
        "发言稿 讲话稿 说课稿 主持稿 主持词 法律意见书 验收单 收据 领条 请假条 送货单 发货单 出库单 入库单 领料单 报价单 结算单 "
        "读书笔记 学习笔记 读后感 观后感 信息专报 工作专报 值班日志",
    ),
    (
        "other",
        "weak",
        "招标文件 采购文件 磋商文件 谈判文件 询价文件 比选文件 投标文件 响应文件 标书 "
        "指标 布局图 布局 示意图 图 材料 简介 议程 大纲 手册 解读 问答 答记者问 讲话 致辞 发言 讲稿 说明 问卷 试题 教案 事迹 "
        "简历 记录 汇编 心得 体会 大事记 (?<=[省市县区州旗镇乡村业利名通林育生政文土人物])志",
    ),
)
