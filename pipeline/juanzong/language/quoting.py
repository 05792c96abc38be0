"""Words with which a text says that what follows is another's."""

from __future__ import annotations

# 《某市规划》中明确提出：
QUOTING_VERBS = (
    "指出|提出|明确|要求|强调|规定|部署|写明|写道|载明|指明|阐明|列明|申明|重申"
    "|表述为|谈到|谈及|提到|提及|讲到|表示|认为|倡导|号召"
)
