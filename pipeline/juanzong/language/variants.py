"""Traditional forms of the characters in which the structure of official print is told: 第二節, 專欄, 〔2021〕3號.

A model that reads simplified print slips into them for a line or two. Titles, numbers, labels and marks are looked for in
the simplified form; what is printed stays in the trace, and the rules for characters mend it (characters/traditional.py).
The pairs are OpenCC's (t2s, character by character) for all that GB 2312 does not hold.
"""

from __future__ import annotations

_TRADITIONAL = (
    "並亞佈佔併來個側備傢傳僑價億償兒內兩冊別刪則剋劃動務匯區協卽厤參叄員問啓啟單噸噹嚮國圍園圖團執堅報場壞婦學宮實審寫寶將專對導屆屍層屬嵗帥師幣幫幷幹幾庫廠廢廣廳張強彆彔彙彿從復徹慄態"
    "應懷戶捲掃揚換揮撐撥撿擊據敎數斷旂昇時暫曆曏書會朮東査條業榦構樑標樣機檔檢檯欄權歲歷歸殘決沒況淪減測準滙滬滷漸瀏灑為烏無爲牀牽狀獻現環產産畝當療發監眞眾睏確碼礙礦祕稅種稱積竪競箇節"
    "範簡簽籌籤糧糰糹糾紀約紅級細組結絕給統絶經綜綫維綱網綴緊緒線緣編緻縣總織繫續纍羣聞聯聲職脩臺與舉舘茲萬蓆蓋蔔蔘藍處號衆術衕裏補裝裡製複覈見規視覽訁訂計訊討記訪設許訴註証評詞試話該詳"
    "誌認語說説調談請論諾謄講謝證識議護讀豎貝負貫責貳費賀資賞質賬贏車軍載輛輟輩輯轄轉辦辭辮辯農迴這連進過達違適選遺邊郵鄉醫釋釒針鉅銀銷錄錯録錶鍵鍼鎭鎮鏇鏈鏡鑑鑒長門閉開間閤閱閲關闡陞陸"
    "隊際隨隱離電霑韆韋頁頂頃項須預頒領頭題額類風颱飛飠館馬駐驟體髮鬚魚鳥鳳鹵麥麪麫麵黃點黨黽齊齒齣龍龜"
)
_SIMPLIFIED = (
    "并亚布占并来个侧备家传侨价亿偿儿内两册别删则克划动务汇区协即历参叁员问启启单吨当向国围园图团执坚报场坏妇学宫实审写宝将专对导届尸层属岁帅师币帮并干几库厂废广厅张强别录汇佛从复彻栗态"
    "应怀户卷扫扬换挥撑拨捡击据教数断旗升时暂历向书会术东查条业干构梁标样机档检台栏权岁历归残决没况沦减测准汇沪卤渐浏洒为乌无为床牵状献现环产产亩当疗发监真众困确码碍矿秘税种称积竖竞个节"
    "范简签筹签粮团纟纠纪约红级细组结绝给统绝经综线维纲网缀紧绪线缘编致县总织系续累群闻联声职修台与举馆兹万席盖卜参蓝处号众术同里补装里制复核见规视览讠订计讯讨记访设许诉注证评词试话该详"
    "志认语说说调谈请论诺誊讲谢证识议护读竖贝负贯责贰费贺资赏质账赢车军载辆辍辈辑辖转办辞辫辩农回这连进过达违适选遗边邮乡医释钅针巨银销录错录表键针镇镇旋链镜鉴鉴长门闭开间合阅阅关阐升陆"
    "队际随隐离电沾千韦页顶顷项须预颁领头题额类风台飞饣馆马驻骤体发须鱼鸟凤卤麦面面面黄点党黾齐齿出龙龟"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
# ringed figures of other sets, of fonts and readers
_TABLE |= str.maketrans("❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾", "①②③④⑤⑥⑦⑧⑨⑩" * 4)

_PAIRED = frozenset(map(chr, _TABLE))


def simplified(text: str) -> str:
    """The text with these characters in their simplified forms, as long as before.

    >>> simplified("某府辦〔2021〕3號"), simplified("第二節　總體要求")
    ('某府办〔2021〕3号', '第二节　总体要求')
    """
    return text if is_plain(text) or _PAIRED.isdisjoint(text) else text.translate(_TABLE)  # most texts are plain


def is_plain(text: str) -> bool:
    """Whether GB 2312 holds all characters of a text but — and 〇: then it holds no traditional one, and no blanks but plain
    and wide ones. This is the quickest way to ask.

    >>> is_plain("第二节　总体要求"), is_plain("第二節"), is_plain("甲\xa0乙"), is_plain("二〇二一—二〇二五")
    (True, False, False, True)
    """
    if text.isascii():
        return True
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        rest = text.replace("—", "").replace("〇", "")
        return len(rest) < len(text) and is_plain(rest)
    return True
