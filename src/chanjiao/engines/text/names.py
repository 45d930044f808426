"""Names of persons: a surname, one or two more characters, and a boundary that a name has behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from chanjiao.data import tables
from chanjiao.engines.text.lexicon import compound_surnames, surnames

_IDEOGRAPH = r"[\u3400-\u9fff\U00020000-\U0002a6df]"
_AFTER_WORDS = (
    "出席 参加 参会 参与 主持 宣读 致辞 致词 讲话 发言 分别 代表 表示 指出 强调 介绍 认为 要求 希望 说 首先 先后 共同 一同 一起 一行 等 在 为 对 向 就 围绕 "
    "与 和 及 以及 同 到 赴 作 做 受 当选 担任 任 被 从 以 带领 率 率领 陪同 接待 会见 汇报 宣布 揭牌 授牌 颁发 签署 签约 签订 主讲 作为 通过 结合 回顾 总结 "
    "部署 解读 见证 启动 点亮 应邀 亲临 莅临 现场 还 也 均 并 则 最后 随后 接着 充分 高度 详细 重点 简要 全面 深入 热情 热烈 由 将 是 的 等人 等领导 等出席 等参加 "
    "上台 登台 致欢迎 致开幕 致答谢 感谢 欢迎 阐述 分析 通报 传达 学习 提出 建议 倡议 呼吁 号召 号召大家 勉励 寄语 祝贺 肯定 走访 考察 调研 参观 座谈 交流 "
    "座谈时 主要 牵头 负责 兼任 再次 逐一 依次 共 先 于 把 让 给 用 结合 针对 根据 按照 立足 及其 暨 兼 连任 全程 列席 到会 与会 视频 线上 线下 通过视频 发表 作了 "
    "做了 亲自 因 随 会上 会后 会前 当场 当天 等同志 同志 先生 女士 教授 老师 院长 校长 主任 书记 局长 副 董事长 总经理 部长 处长 会长 主席 理事长 秘书长 总裁 总监 区长 市长"
).split()
_CLAUSE_END = r"[，。；：、！？（）《》“”\[\]【】|/\n\r…—~～ ·]|$"
_NOT_GIVEN = frozenset("的了在是和与及等为对向就到并也均或于将被把由从以之其该此各每某")
_NEVER_SECOND = frozenset("的了等是")
_NOT_NAMES = frozenset(
    "先后 先进 先行 先生 高校 高职 高等 高新 方面 方案 成员 成果 成立 任务 任命 张家 王府 周边 周年 周期 安全 安排 安庆 安徽 程序 程度 时代 时间 时期 年度 年会 金融 金属 "
    "文化 文件 文旅 文明 文创 水平 水利 包括 包含 常务 常委 常态 党委 党组 党建 党员 党政 单位 支持 支撑 支部 施工 施行 施策 时任 于是 有关 有效 全体 全面 "
    "全国 全省 全市 关于 关心 解决 解读 管理 管委 向上 项目 应用 应邀 应急 广大 广泛 易于 原则 原任 曾任 都是 都要 相关 相互 相应 满意 万元 万人 温馨 "
    "宣布 宣传 宣读 计划 计算 杜绝 连续 连接 强化 强调 强国 容量 别是 明确 明显 平台 平等 和谐 黄金 白色 方式 方向 方法 阳光 申请 申报 古代 石油 石化 "
    "江苏 江西 江北 江南 江淮 海南 海洋 海外 河南 河北 湖南 湖北 山东 山西 广东 广西 云南 甘肃 宁夏 宁波 贵州 贵阳 福建 福州 苏州 温州 杭州 郑州 徐州 "
    "常州 池州 宿州 滁州 台州 台湾 沧州 柳州 梅州 惠州 毕节 毕业 毕业生 东部 东方 南部 南方 北部 北方 西部 西方 商会 商务 商业 商贸 国家 国际 国内 国有 "
    "家长 家校 车间 车辆 师生 师资 教师 教授 教学 教育 师范 时候 代表 代理 能力 能源 权益 全程 冷链 冷静 甘于 万事 万众 查看 查找 年轻 年来 年底 年初 "
    "双方 双高 双创 双师 华东 华为 华中 华北 华南 双元 水电 汽车 司机 景区 景观 马上 牛奶 雷达 龙头 龙江 米饭 米兰 花园 花卉 谷物 金牌 金奖 银行 祝贺 祝愿 "
    "祝福 谢谢 路径 路线 路演 柴油 车站 燕山 越来 越发 经理 通用 步入 步骤 高度 高级 高层 高端 高质 高效 高标 贺信 贺词 项链 凌晨 万里 乐于 乐园 左右 "
    "嘉宾 鼓励 鼓舞 习近平 包容 巩固 封闭 巨大 后勤 终于 终身 简介 简要 简单 空间 空港 空白 尚未 冬季 暴雨 冀望 晏然 阎良 充分 充满 充实 慕课 茹苦 艾草 "
    "鱼类 容易 向前 古今 慎重 戈壁 廖廖 终极 居民 居住 衡量 步伐 都市 耿耿 满足 弘扬 国资 文体 寇边 广告 禄口 阙如 东盟 欧洲 欧盟 利用 利益 越南 师傅 巩义 "
    "聂荣 晁错 勾连 敖汉 融合 冷水 訾议 辛苦 阚然 那些 那么 简直 饶有 空军 曾经 沙盘 养成 养老 鞠躬 须知 须要 丰富 丰收 巢湖 关系 关注 关键 蒯通 相信 相比 查阅 "
    "后续 荆州 红色 红旗 游客 竺可桢 权威 权利 盖章 益于 桓台 公司 公布 公共 公开 公示 公告 应届 校长 院长 主任 书记 大会 会议 领导 人员 学生 企业 学校 学院 "
    "部门 机构 协会 集团 联盟 同志 先生 女士 负责 负责人 等人 干部 骨干 专家 学者 记者 编辑 通讯员 方舟 经济 经验 经营 何以 何时 何种 任何 如何 向导 "
    "广州 广西 龙岩 龙华 石家庄 连云港 张家口 张家界 马鞍山 黄冈 黄山 黄石 周口 孝感 乌鲁木齐 呼和浩特 葫芦岛 鲁南 鲁班 鲁东 党群 高铁 高中 高考 智能 智慧 "
    "万人 千人 百年 向心 施展 时机 洪水 余人 余名 余家 余位 余所 余项 余个 余万 余件 余年 余次 余篇 强大 强烈 强劲 强基 强企 强市 强省 强校 强链 "
    "双向 双赢 双选 双核 双招 双碳 明天 明年 明星 明德 全部 全员 全新 全力 全链 全域 全方位 全过程 全覆盖 全产业链 成功 成效 成本 成就 成长 成为 成熟 成都 "
    "方便 方能 方可 方才 计量 计入 计时 简称 简化 束之 宗旨 宗教 应对 应当 应该 应变 常年 常见 常规 常用 乐观 乐业 池塘 车企 车床 通知 通报 通道 通信 通关 "
    "和平 和田 花费 荣誉 荣获 柏林 白领 白皮书 舒适 席位 席上 阮籍 卞之琳 毛利 毛泽东 贾宝玉 江泽民 邓小平 胡锦涛 李克强总理".split()
)


class Frequencies(Protocol):
    """How often a stretch stands in the text."""

    def get(self, gram: str, default: int = 0, /) -> int:
        """The count of the stretch."""


_NONE: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Name:
    """A name read at a place: `[start, end)` in the text, written without inner spaces."""

    start: int
    end: int
    name: str
    sure: float


@cache
def _after() -> re.Pattern[str]:
    words = sorted(set(_AFTER_WORDS), key=len, reverse=True)
    return re.compile(f"{_CLAUSE_END}|{'|'.join(map(re.escape, words))}")


@cache
def _long_after() -> re.Pattern[str]:
    words = sorted({word for word in _AFTER_WORDS if len(word) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


_CLOSE = re.compile(_CLAUSE_END)
_SPACED = re.compile(rf"({_IDEOGRAPH}) {{1,3}}({_IDEOGRAPH})(?={_CLAUSE_END})")
_FOREIGN = re.compile(rf"{_IDEOGRAPH}{{1,6}}(?:·{_IDEOGRAPH}{{1,8}}){{1,3}}")


@cache
def rare_surnames() -> frozenset[str]:
    """Surnames beyond the common ones; a name with one needs better evidence."""
    return frozenset(name for name in tables.surnames() if len(name) == 1) - surnames()


def read_name(level: str, place: int, counts: Frequencies | None = None, *, strict: bool = False) -> Name | None:
    """The name that begins at the place; None where none does. `strict` asks for a sure end and a common surname.

    >>> read_name("朱学宁，女", 0).name
    '朱学宁'
    >>> read_name("方敏出席大会", 0).name
    '方敏'
    """
    foreign = _FOREIGN.match(level, place)
    if foreign and not strict:
        end = _foreign_end(level, foreign)
        return Name(place, end, level[place:end], 0.85)
    spaced = _SPACED.match(level, place)
    if spaced and spaced[1] in surnames():
        return Name(place, spaced.end(), spaced[1] + spaced[2], 0.9)
    best: tuple[float, int] | None = None
    for length in _lengths(level, place, strict):
        score = _score(level, place, length, counts or _NONE, strict)
        if score > 0 and (best is None or score > best[0]):
            best = (score, length)
    if best is None:
        return None
    name = level[place : place + best[1]]
    return Name(place, place + best[1], name, min(0.99, best[0]))


def _foreign_end(level: str, match: re.Match[str]) -> int:
    for place in range(match.start() + 3, match.end()):
        if level.rfind("·", match.start(), place) < place - 1 and _long_after().match(level, place):
            return place
    return match.end()


def _lengths(level: str, place: int, strict: bool) -> tuple[int, ...]:
    if level[place : place + 2] in compound_surnames():
        return (3, 4, 2)
    first = level[place : place + 1]
    if first in surnames() or (not strict and first in rare_surnames()):
        return (3, 2)
    return ()


def _score(level: str, place: int, length: int, counts: Frequencies, strict: bool) -> float:
    name = level[place : place + length]
    if len(name) < length or not all("\u3400" <= char <= "\u9fff" or char >= "\U00020000" for char in name):
        return 0.0
    if name in _NOT_NAMES or name[:2] in _NOT_NAMES or _TITLE_LIKE.search(name[1:]) or (name[-1] in _NOT_GIVEN and not (name[-1] in "向为从同和" and _CLOSE.match(level, place + length))) or name[1] in _NEVER_SECOND:
        return 0.0
    end = place + length
    if _CLOSE.match(level, end):
        score = 0.96
    elif _long_after().match(level, end):
        score = 0.92
    elif _after().match(level, end):
        score = 0.8
    else:
        return 0.0
    if length == 3 and _long_after().match(level, place + 2) and not _CLOSE.match(level, end):
        score -= 0.25
    if length == 2 and not _CLOSE.match(level, end) and counts.get(level[place : place + 3], 0) > 1:
        score -= 0.3
    if counts.get(name, 0) > 1:
        score += 0.03
    if name[0] in rare_surnames() and name[:2] not in compound_surnames():
        score -= 0.15
    return score


_TITLE_LIKE = re.compile("集团|公司|学校|学院|协会|联合体|联盟|中心|主任|书记|院长|校长|局长|部长|处长|市长|主席|经理|董事|老师|委$|委书|政府|工委|总$|会长|理事|秘书|教授|所长|厂长|[处科室厅局区县镇]$")


@cache
def name_pattern() -> re.Pattern[str]:
    """Where a name may begin; to be checked by `read_name`."""
    return re.compile(f"[{''.join(sorted(surnames()))}]")
