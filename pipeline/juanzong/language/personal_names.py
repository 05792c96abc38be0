"""Names of people, told by their surnames."""

from __future__ import annotations

import regex as re

# the hundred and some that nearly all have, and a few of two characters
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤封淳闵蔡樊牛蓝殷温康施葛鲁聂庄焦柴翟"
)
SURNAME = rf"(?:[{_SURNAMES}]|欧阳|上官|司马|诸葛)"
"""A pattern of one surname."""
_NAME = re.compile(rf"{SURNAME}\p{{Han}}{{1,2}}")
_NAME_LENGTH = 4  # characters of a name, at most
_PARTS = 4  # of a line: name, place, office, prize
_LABEL = re.compile(r"\p{Han}{1,8}[:：]\s*")


def is_name(text: str) -> bool:
    """Whether a text is a name of three characters or, behind a surname of two, of four.

    >>> is_name("吴诗铃"), is_name("欧阳明月"), is_name("高山"), is_name("监督员")
    (True, True, False, False)
    """
    return len(text) > 2 and _NAME.fullmatch(text) is not None


_PLACE = re.compile(r"[区县市镇乡村州省局委办部会院校科室站所队组社馆处园]$")
_GAP = re.compile(r"\s{2,}|\t")


def names_one_of(text: str) -> bool:
    """Whether a line is one of a list of people: wide blanks part a name from where he is, or behind that it ends in one.

    >>> names_one_of("某县第二中学    陈佳怡"), names_one_of("王 磊　　药剂科"), names_one_of("某县职业学校 李欣妍")
    (True, True, True)
    >>> names_one_of("某市  高新区"), names_one_of("高新区 发展规划"), names_one_of("某省教育厅  某省财政厅")
    (False, False, False)
    """
    bare = text.strip()
    wide = ["".join(piece.split()) for piece in _GAP.split(bare)]
    if 1 < len(wide) <= _PARTS:
        return any(_NAME.fullmatch(word) and not _PLACE.search(word) for word in (wide[0], wide[-1]))
    words = bare.split()
    return len(words) == 2 and len(words[0]) > _NAME_LENGTH and is_name(words[1]) and not _PLACE.search(words[1])


_SPEECH = re.compile(r"(?:讲话|致辞|发言|演讲|述职报告)$")
_ALONE = re.compile(rf"\s*{SURNAME}\s*\p{{Han}}(?:\s*\p{{Han}})?\s*")


def says_who_spoke(text: str, title: str) -> bool:
    """Whether a line under the title of a speech is nothing but a name.

    >>> says_who_spoke("张 三", "在某会上的讲话"), says_who_spoke("张三", "关于某会的通知"), says_who_spoke("提纲", "某讲话")
    (True, False, False)
    """
    return _ALONE.fullmatch(text) is not None and _SPEECH.search(title) is not None


def may_be_name(text: str) -> bool:
    """Whether a text is what a name may be, also one of two characters, as under the title of a list of people.

    >>> may_be_name("王明"), may_be_name("李  红"), may_be_name("初中组")
    (True, True, False)
    """
    return _ALONE.fullmatch(text) is not None


def lists_people(text: str) -> bool:
    """Whether a text is nothing but names that blanks part, behind a label or not.

    >>> lists_people("余子民 谭卓昆 王国凯"), lists_people("成员：郭红烈  陈朝伟"), lists_people("技术和服 务")
    (True, True, False)
    """
    label = _LABEL.match(text)
    words = text[label.end() if label else 0 :].split()
    return len(words) > 1 and all(map(_NAME.fullmatch, words))


# surnames besides, where an office stands behind the name, or other names beside it
_RARE = "穆苗卜盛尤鲍席麦简乔祝舒詹靳冼纪祁项柯邢岳齐梅辛翁涂褚娄丘骆伍卓阮符冉揭佟裴霍欧屈曲凌牟丛敖巩宫迟"
_AMONG_NAMES = re.compile(
    rf"(?:{SURNAME}|[{_RARE}])\p{{Han}}{{1,2}}(?:妈妈|爸爸|爷爷|奶奶|家长|老师|同志|医生|主任|[院校园所馆]长|书记|经理)?"
)
_SPREAD_LABEL = re.compile(r"\s*\p{Han}(?:\s*\p{Han}){1,7}\s*[:：]\s*")
_MAY_NAME = re.compile(r"\p{Han}{2,4}")
_NAMES, _SHARE = 3, 2 / 3  # names of a list that says of some who they are; share of its words


def names_people(text: str) -> bool:
    """Whether a text is a label and nothing but names, parted by 、 or commas: 组  员：康  鹏、张  楠.

    >>> names_people("组  员：余子民、俞旭玥、谭  卓、王国凯"), names_people("成员：郭红烈"), names_people("任务：修渠、筑坝")
    (True, True, False)
    """
    label = _SPREAD_LABEL.match(text)
    names = ["".join(s.split()) for s in re.split("[、，,]", text[label.end() :])] if label else []
    sure = sum(len(s) <= _NAME_LENGTH and _AMONG_NAMES.fullmatch(s) is not None for s in names)
    return bool(names) and all(_MAY_NAME.fullmatch(s) for s in names) and sure > _SHARE * (len(names) - 1)


def lists_attendants(text: str) -> bool:
    """Whether blanks part what a text says, and most of it is names: those who were there, with their like behind them.

    >>> lists_attendants("何志远 邢秀芳 姚建军 吕爱琴 各科室主任"), lists_attendants("高新 技术 产业 马铃薯")
    (True, False)
    >>> lists_attendants("谢芳 蒋慧 罗丽 刘洋妈妈 陈子涵爸爸 王雨桐妈妈")
    True
    """
    label = _LABEL.match(text)
    words = text[label.end() if label else 0 :].split()
    names = sum(_AMONG_NAMES.fullmatch(word) is not None for word in words) if len(words) > _NAMES else 0
    return names >= max(_NAMES, _SHARE * len(words)) and all(len(word) > 1 for word in words)


_OFFICER = re.compile(  # 肖　平　区委常委、人武部部长; 副组长：陈恩文　区委组织部副部长
    rf"\s*(?:\p{{Han}}(?:\s*\p{{Han}}){{1,6}}[：:]\s*)?(?:{SURNAME}|[{_RARE}])\s*\p{{Han}}(?:\s?\p{{Han}})?(?P<gap>[ 　\t]+)"
    r"\p{Han}[^。；：:]{0,40}(?:书记|主任|主席|[局部厅处科所院校市县区镇乡省站队组行馆园署庭司]长|秘书长|检察长|理事长|董事长|委员|常委|成员|总经理|政委|司令员|会长|专员|调研员)"
)


def names_officer(text: str) -> bool:
    """Whether a line names somebody and, behind a blank, what he is, with the label of his post before it or without.

    >>> names_officer("肖 平 区委常委、人武部部长"), names_officer("副组长：陈恩文 区委组织部副部长"), names_officer("白涛市长批示")
    (True, True, False)
    >>> names_officer("王某 联系电话 12345"), names_officer("张新杰 区人大常委会副主任。")
    (False, True)
    """
    return officer_gap(text) > 0


def officer_gap(text: str) -> int:
    """Where in such a line the blank behind the name stands; 0 where it names nobody so."""
    m = _OFFICER.match(text[:80]) if " " in text[:24] or "　" in text[:24] or "\t" in text[:24] else None
    return m.start("gap") if m else 0


_OFFICE_LAST = re.compile(r"(?:书记|主任|主席|长|委员|常委|成员|总经理|政委|司令员|专员|调研员)\s*$")


def ends_officer(said: str, rest: str) -> bool:
    """Whether a line brings the end of what somebody is, that breaks off in the line above.

    >>> ends_officer("何家骐 区纪委书记、区监察委", "员会主任"), ends_officer("罗湘君 镇长", "各村书记")
    (True, False)
    """
    return names_officer(said) and _OFFICE_LAST.search(said) is None and _OFFICE_LAST.search(rest) is not None


_POST = re.compile(  # of those who make a book, or sit on a board
    r"(?:[总副主正]|执行|常务|名誉|特约|责任)*"
    r"(?:顾问|主任|主编|主审|主席|任|委员|编委|编审|编辑|编写|编著|编|撰稿|审稿|审定|审核|校对|统稿|执笔|组长|成员|组员|秘书长?|会长|理事长?|策划|监制)"
)
_MOST_APART = 60  # characters of such a line


def names_holders(text: str) -> bool:
    """Whether a line says a post and, wide blanks apart, who holds it: names alone, the characters of which may stand apart.

    >>> names_holders("顾    问    邱  鸣    陶  然"), names_holders("副 主 编    孔令辉  吕  三"), names_holders("委员  会议")
    (True, True, False)
    >>> names_holders("主任    王建国    市教育局"), names_holders("姓 名    职 务")
    (False, False)
    """
    if not text.strip() or len(text) > _MOST_APART or ("  " not in text and "　" not in text):
        return False
    post = _POST.match("".join(text[:_MOST_APART].split()))
    at = [k for k, c in enumerate(text) if not c.isspace()]
    if post is None or len(at) <= post.end() or at[post.end()] - at[post.end() - 1] <= 2 - ("　" in text):
        return False
    names: list[str] = []
    for word in text[at[post.end()] :].split():
        apart = len(word) == 1 and names and len(names[-1]) == 1
        names = [*names[:-1], names[-1] + word] if apart else [*names, word]
    sure = sum(len(name) < _NAME_LENGTH and _AMONG_NAMES.fullmatch(name) is not None for name in names)
    return all(map(_MAY_NAME.fullmatch, names)) and 2 * sure > len(names) - 1 and not any(map(_PLACE.search, names))


_SPOKEN_ON = re.compile(  # the dashes may be lost
    r"(?:[—–―─]{2,}|(?<=报告|讲话|致辞))\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十][^—–―─]{4,60}上$"
)
_SPEAKER = re.compile(
    r"\s*\p{Han}{0,24}(?:[局院厅处科署市县区省乡镇校部司行]长|主任|主席|书记|委员长?|代表|秘书长|检察长|总经理|会长)"
    r"[\s　]+(?P<name>\p{Han}(?:[\s　]?\p{Han}){1,3})\s*$"
)


def names_speaker(text: str) -> bool:
    """Whether a line says who gives a report or a speech, by office and name.

    >>> names_speaker("某县水务局局长　王某某"), names_speaker("加强组织领导 落实责任")
    (True, False)
    """
    return _SPEAKER.match(text) is not None


def surely_names_speaker(text: str) -> bool:
    """Whether a line says so, and what stands behind the office is a name by its surname.

    >>> surely_names_speaker("县长 马文博"), surely_names_speaker("某县水务局局长 先进事迹")
    (True, False)
    """
    m = _SPEAKER.match(text)
    return m is not None and is_name("".join(m["name"].split()))


def says_where_spoken(title: str) -> bool:
    """Whether a second title says when and where the text was spoken: who speaks may stand under it.

    >>> says_where_spoken("政府工作报告——2022年1月12日在某市第五届人民代表大会上"), says_where_spoken("工作报告——以某市为例")
    (True, False)
    """
    return title.endswith("上") and _SPOKEN_ON.search(title) is not None
