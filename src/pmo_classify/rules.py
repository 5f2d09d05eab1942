"""The rules that turn a read title into a track, as a table.

Each rule names what it applies to (topic, scope, role group, setting, position) and what follows;
what it leaves open, it holds for all of. The most specific rule decides, whatever the order of the
rows, and a test checks that no two rules of the same rank contradict each other. ``source`` is the
section of the labelling codebook, or the career path, that the rule comes from.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from pmo_classify.subject import Topic
from pmo_classify.taxonomy import RoleGroup, Scope, Track

__all__ = ["LEVEL_RULES", "RULES", "Case", "Kind", "LevelRule", "Position", "Rule", "Setting", "find_rule"]


class Kind(Enum):
    """Which P3 word weighs: a portfolio before a project before a programme."""

    PROJECT = "project"
    PROGRAMME = "programme"
    PORTFOLIO = "portfolio"
    NONE = ""

    @classmethod
    def of(cls, scope: Scope) -> Kind:
        """Pick the word that weighs from a scope."""
        if scope & Scope.PORTFOLIO:
            return cls.PORTFOLIO
        if scope & Scope.PROJECT:
            return cls.PROJECT
        return cls.PROGRAMME if scope & Scope.PROGRAMME else cls.NONE


class Setting(Enum):
    """What the other words say of the P3 word."""

    PLAIN = "plain"
    P3 = "p3"
    """change, IT, capital, construction, an office, or another P3 word stands beside it"""
    SERVICE = "service"
    SERVICE_NEAR = "service near"
    """a service's word stands elsewhere in the title"""
    FINANCE = "finance"
    AGENCY = "agency"
    JOINT = "joint"
    """several P3 words share the role, and nothing else says what they are"""
    MIXED = "mixed"
    """words for both"""


class Position(Enum):
    """Where the P3 word stands, seen from the role."""

    BEFORE = "before"
    AFTER = "after"
    """one, bare: "head of programme" """
    NAMED = "named"
    """one, with its name: "director, Smart Metering programme" """
    PLURAL = "plural"
    """"projects director" """
    SEVERAL = "several"
    """"director of projects" """


class Case(NamedTuple):
    """What a rule looks at."""

    topic: Topic
    kind: Kind
    group: RoleGroup
    role: str
    setting: Setting
    position: Position


class Rule(NamedTuple):
    """One row: where it holds, what follows, why, and from where."""

    code: str
    track: Track
    why: str
    source: str
    topics: tuple[Topic, ...]
    kinds: tuple[Kind, ...] = ()
    groups: tuple[RoleGroup, ...] = ()
    roles: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    positions: tuple[Position, ...] = ()
    unsettled: bool = False

    def holds(self, case: Case) -> bool:
        """Tell whether the rule applies to a case."""
        return (
            case.topic in self.topics
            and (not self.kinds or case.kind in self.kinds)
            and (not self.groups or case.group in self.groups)
            and (not self.roles or case.role in self.roles)
            and (not self.settings or case.setting in self.settings)
            and (not self.positions or case.position in self.positions)
        )

    @property
    def rank(self) -> int:
        """How specific the rule is; a setting that decides a track outweighs a role."""
        return (
            8 * bool(self.settings)
            + 2 * bool(self.roles)
            + 2 * bool(self.groups)
            + bool(self.kinds)
            + bool(self.positions)
        )


P, D, O = Track.PMO, Track.DELIVERY, Track.OTHER
_T, _G, _K, _S, _POS = Topic, RoleGroup, Kind, Setting, Position
_SUPPORTERS: Final = (_G.CLERK, _G.CO_ORDINATOR, _G.SUPPORT, _G.OFFICER)
_LEADERS: Final = (_G.MANAGER, _G.HEAD)
_WORK: Final = (_K.PROJECT, _K.PROGRAMME)
_AROUND: Final = (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES, _T.DELIVERY, _T.MANAGEMENT, _T.FUNCTION)
_PARTS: Final = (_T.SUPPORT, _T.SERVICES, _T.MANAGEMENT, _T.FUNCTION)

RULES: Final[tuple[Rule, ...]] = (
    # 2a: an office, with any role
    Rule("office", P, "a P3 office is named", "codebook 2a", (_T.OFFICE, _T.OFFICE_P3)),
    Rule("office-alone", P, "an office is named, but no role in it", "codebook 2a",
         (_T.OFFICE, _T.OFFICE_P3), groups=(_G.NONE,), unsettled=True),
    Rule("office-trade", O, "another trade, with the office as its department", "codebook 2a",
         (_T.OFFICE, _T.OFFICE_P3), groups=(_G.TRADE,)),
    Rule("office-trade-function", O, "a trade's function, with the office as its department",
         "codebook 2a", (_T.OFFICE_TRADE,)),
    Rule("office-delivery-role", D, "runs the work; the office is only the department",
         "codebook 2 delivery", (_T.OFFICE, _T.OFFICE_P3), groups=(_G.DELIVERY,)),
    Rule("office-p3-manager", D, "runs projects or programmes; the office is only the department",
         "codebook 2 delivery", (_T.OFFICE_P3,), kinds=_WORK, groups=_LEADERS),
    Rule("personal-assistant", O, "a secretary's trade, or support for the work",
         "codebook 2 other", (_T.OFFICE, _T.OFFICE_P3, _T.OFFICE_TRADE, *_AROUND),
         groups=(_G.TRADE,), roles=("personal assistant",), unsettled=True),
    Rule("agency-office", P, "an agency's own unit for a technical programme", "codebook 2a",
         (_T.OFFICE,), settings=(_S.AGENCY,), unsettled=True),
    Rule("agency-office-trade", O, "another trade, with the office as its department",
         "codebook 2a", (_T.OFFICE,), groups=(_G.TRADE,), settings=(_S.AGENCY,)),
    # 2d: P3 management as a function
    Rule("management", P, "P3 management as a function", "codebook 2b, 2d", (_T.MANAGEMENT,)),
    Rule("management-specialist", P, "a specialist of P3 management", "codebook 2 doubtful",
         (_T.MANAGEMENT,), groups=(_G.SPECIALIST,), unsettled=True),
    Rule("management-alone", D, "P3 management with no role", "codebook 2 delivery",
         (_T.MANAGEMENT,), groups=(_G.NONE,), unsettled=True),
    Rule("management-learner", P, "a learner of project management", "codebook 2 doubtful",
         (_T.MANAGEMENT,), groups=(_G.LEARNER,), unsettled=True),
    Rule("management-trade", O, "a trade on a project", "codebook 2 other",
         (_T.MANAGEMENT,), groups=(_G.TRADE, _G.ENGINEER)),
    Rule("management-portfolio", P, "portfolio management may be finance's", "codebook 2 doubtful",
         (_T.MANAGEMENT,), kinds=(_K.PORTFOLIO,), groups=_LEADERS, settings=(_S.PLAIN, _S.MIXED),
         unsettled=True),
    Rule("ppm-planner", O, "PPM is also planned preventive maintenance", "codebook 2 other",
         (_T.MANAGEMENT,), kinds=(_K.PORTFOLIO,), groups=(_G.OFFICER,),
         roles=("planner", "scheduler"), unsettled=True),
    Rule("management-portfolio-support", O, "portfolio management may be finance's",
         "codebook 2 other", (_T.MANAGEMENT,), kinds=(_K.PORTFOLIO,),
         groups=(*_SUPPORTERS, _G.SPECIALIST), settings=(_S.PLAIN, _S.MIXED), unsettled=True),
    # 2c: a function of a P3 office
    Rule("function", P, "a function of a P3 office, for P3 work", "codebook 2c", (_T.FUNCTION,)),
    Rule("function-alone", P, "a P3 function with no role", "codebook 2c",
         (_T.FUNCTION, _T.SUPPORT, _T.SERVICES), groups=(_G.NONE,), unsettled=True),
    Rule("function-trade", O, "a trade on a project", "codebook 2 other",
         (_T.FUNCTION, _T.SUPPORT, _T.SERVICES), groups=(_G.TRADE,)),
    Rule("support-function", P, "support for P3 work", "codebook 2b, 3", (_T.SUPPORT,)),
    Rule("support-programme", P, "the programme may be a service's", "codebook 2 other",
         (_T.SUPPORT,), kinds=(_K.PROGRAMME,), groups=(_G.OFFICER,), roles=("assistant",),
         unsettled=True),
    Rule("support-programme-specialist", P, "the programme may be a service's",
         "codebook 2 other", (_T.SUPPORT,), kinds=(_K.PROGRAMME,),
         groups=(_G.SPECIALIST, _G.CLERK), unsettled=True),
    Rule("support-engineer", O, "a trade on a project", "codebook 2 other",
         (_T.SUPPORT, _T.SERVICES), groups=(_G.ENGINEER,)),
    Rule("services", P, "project services as a function", "codebook 2d", (_T.SERVICES,)),
    Rule("services-support", P, "what the services are is not said", "codebook 2d",
         (_T.SERVICES,), groups=(*_SUPPORTERS, _G.SPECIALIST, _G.LEARNER), unsettled=True),
    # project delivery as a function
    Rule("delivery-function", P, "supports the delivery of projects", "codebook 2b", (_T.DELIVERY,)),
    Rule("delivery-manager", D, "manages delivery", "codebook 2 delivery",
         (_T.DELIVERY,), groups=(_G.MANAGER, _G.DELIVERY)),
    Rule("delivery-head", P, "head of delivery: of its office, or of the work", "codebook 2d",
         (_T.DELIVERY,), groups=(_G.HEAD,), unsettled=True),
    Rule("delivery-alone", D, "delivery with no role", "codebook 2 delivery",
         (_T.DELIVERY,), groups=(_G.NONE, _G.LEARNER, _G.SPECIALIST), unsettled=True),
    Rule("delivery-of-what", O, "what is delivered is not said", "codebook 2 other",
         (_T.DELIVERY,), kinds=(_K.NONE,)),
    Rule("delivery-of-what-supported", O, "what is delivered is not said", "codebook 2 other",
         (_T.DELIVERY,), kinds=(_K.NONE,),
         groups=(_G.MANAGER, _G.NONE, _G.LEARNER, _G.SPECIALIST)),
    Rule("delivery-of-what-headed", O, "what is delivered is not said", "codebook 2 other",
         (_T.DELIVERY,), kinds=(_K.NONE,), groups=(_G.HEAD,)),
    Rule("delivery-of-what-run", D, "manages delivery", "codebook 2 delivery",
         (_T.DELIVERY,), kinds=(_K.NONE,), groups=(_G.DELIVERY,)),
    Rule("delivery-trade", O, "a trade on a project", "codebook 2 other",
         (_T.DELIVERY,), groups=(_G.TRADE, _G.ENGINEER)),
    # 2b: a support role for P3 work, and those who run the work
    Rule("support-role", P, "a support role for P3 work", "codebook 2b",
         (_T.P3_WORD,), groups=_SUPPORTERS),
    Rule("p3-specialist", P, "what such a specialist does is not said", "codebook 2 doubtful",
         (_T.P3_WORD,), groups=(_G.SPECIALIST,), unsettled=True),
    Rule("p3-trade", O, "a trade on a project", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), groups=(_G.TRADE, _G.ENGINEER)),
    Rule("p3-alone", O, "a P3 word with no role", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), groups=(_G.NONE,)),
    Rule("p3-manager", D, "runs projects or programmes", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.MANAGER,)),
    Rule("manager-of", D, "runs the work, or heads those who do", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.MANAGER,),
         positions=(_POS.AFTER, _POS.SEVERAL), unsettled=True),
    Rule("programmes-manager", D, "the programmes may be a service's", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.MANAGER,), positions=(_POS.PLURAL,),
         unsettled=True),
    Rule("p3-supervisor", D, "may run the work or the people on it", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.MANAGER,), roles=("supervisor",), unsettled=True),
    Rule("programme-leader", D, "also a teacher's post", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.MANAGER,), roles=("leader",),
         unsettled=True),
    Rule("p3-delivery-role", D, "runs the work itself", "codebook 2 delivery",
         (*_AROUND, _T.TRADE_FUNCTION, _T.NOTHING, _T.PLANNING, _T.TOOL), groups=(_G.DELIVERY,)),
    Rule("portfolio-delivery-role", D, "runs the work itself, or its office", "codebook 2 delivery",
         (_T.P3_WORD, _T.DELIVERY), kinds=(_K.PORTFOLIO,), groups=(_G.DELIVERY,), unsettled=True),
    Rule("p3-learner", P, "a learner in P3 work", "codebook 3",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.LEARNER,)),
    Rule("portfolio-learner", O, "the portfolio may be finance's", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), kinds=(_K.PORTFOLIO,), groups=(_G.LEARNER,), unsettled=True),
    # heads and directors
    Rule("p3-director", D, "directs a project or programme", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.HEAD,)),
    Rule("p3-head", D, "heads a project or programme, or all of them", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.HEAD,), roles=("head",), unsettled=True),
    Rule("project-vp", P, "head of projects", "codebook 2d", (_T.P3_WORD,), kinds=(_K.PROJECT,),
         groups=(_G.HEAD,), unsettled=True, roles=("vice president", "senior vice president",
         "chief", "chief officer", "general manager")),
    Rule("programme-vp", O, "head of programmes", "codebook 2 other", (_T.P3_WORD,),
         kinds=(_K.PROGRAMME,), groups=(_G.HEAD,), unsettled=True,
         roles=("vice president", "senior vice president", "chief", "chief officer",
                "general manager")),
    Rule("head-of-projects", P, "head of projects", "codebook 2d", (_T.P3_WORD,),
         kinds=(_K.PROJECT,), groups=(_G.HEAD,),
         positions=(_POS.SEVERAL, _POS.AFTER, _POS.PLURAL),
         roles=("head", "director", "vice president", "senior vice president", "chief",
                "chief officer", "general manager"), unsettled=True),
    Rule("head-of-programmes", O, "head of programmes", "codebook 2 other", (_T.P3_WORD,),
         kinds=(_K.PROGRAMME,), groups=(_G.HEAD,),
         positions=(_POS.SEVERAL, _POS.AFTER, _POS.PLURAL),
         roles=("head", "director", "vice president", "senior vice president", "chief",
                "chief officer", "general manager"), unsettled=True),
    Rule("head-of-named", D, "head or director of one named project or programme",
         "codebook 2 delivery", (_T.P3_WORD,), kinds=_WORK, groups=(_G.HEAD,),
         positions=(_POS.NAMED,), roles=("head", "director", "vice president",
         "senior vice president", "chief", "chief officer", "general manager")),
    Rule("portfolio-director", P, "Portfolio Director", "career path, level 4",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), groups=(_G.HEAD,)),
    Rule("portfolio-head", P, "head of a portfolio, which may be finance's", "codebook 2 doubtful",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), groups=(_G.HEAD,), unsettled=True,
         roles=("head", "vice president", "senior vice president", "chief", "chief officer",
                "general manager")),
    # finance's portfolios
    Rule("portfolio-bare", O, "a bare portfolio is mostly finance's", "codebook 2 other",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.PLAIN, _S.MIXED),
         groups=(_G.MANAGER, _G.OFFICER, _G.CLERK, _G.SPECIALIST), unsettled=True),
    Rule("portfolio-planner", P, "a support role for P3 work", "codebook 2b",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.PLAIN,), groups=(_G.OFFICER,),
         roles=("planner", "scheduler", "controller")),
    Rule("portfolio-assistant", P, "a support role for P3 work, or for finance's", "codebook 2b",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.PLAIN,), groups=(_G.OFFICER,),
         roles=("assistant",), unsettled=True),
    Rule("portfolio-manager", P, "manages a portfolio of projects", "codebook 2 other",
         (_T.P3_WORD, _T.GAP, _T.OFFICE_P3), kinds=(_K.PORTFOLIO,), settings=(_S.P3,),
         groups=(_G.MANAGER,)),
    Rule("portfolio-joint", P, "a portfolio joined to other P3 work", "codebook 4",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.JOINT,), groups=(_G.MANAGER,),
         unsettled=True),
    Rule("portfolio-finance", O, "finance's or a trader's portfolio", "codebook 2 other",
         _AROUND, kinds=(_K.PORTFOLIO,), settings=(_S.FINANCE,)),
    Rule("portfolio-gap", O, "what is done for the portfolio is not said", "codebook 2 other",
         (_T.GAP,), kinds=(_K.PORTFOLIO,),
         groups=(*_SUPPORTERS, _G.SPECIALIST, *_LEADERS), unsettled=True),
    # a service's programmes
    Rule("programme-bare", P, "a bare programme may be a service's", "codebook 2 other",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), settings=(_S.PLAIN,),
         groups=(*_SUPPORTERS, _G.SPECIALIST), unsettled=True),
    Rule("programme-planner", P, "programme planning", "codebook 2c", (_T.P3_WORD,),
         kinds=(_K.PROGRAMME,), settings=(_S.PLAIN,), groups=(_G.OFFICER,),
         roles=("planner", "scheduler")),
    Rule("programme-service", O, "a service's programme", "codebook 2 other",
         (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES, _T.DELIVERY, _T.MANAGEMENT),
         kinds=(_K.PROGRAMME,), settings=(_S.SERVICE,)),
    Rule("programme-service-near", O, "a service's word stands near the programme",
         "codebook 2 other", (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES),
         kinds=(_K.PROGRAMME,), settings=(_S.SERVICE_NEAR,), unsettled=True),
    Rule("programme-service-led", O, "a service's programme", "codebook 2 other",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=_LEADERS, settings=(_S.SERVICE_NEAR,)),
    Rule("programme-service-function", P, "a P3 function for what may be a service's programme",
         "codebook 2c", (_T.FUNCTION,), kinds=(_K.PROGRAMME,),
         settings=(_S.SERVICE,), unsettled=True),
    Rule("programme-mixed", P, "a service's programme, or a change to the service",
         "codebook 2 other", (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES, _T.MANAGEMENT),
         kinds=(_K.PROGRAMME,), settings=(_S.MIXED,), groups=(*_SUPPORTERS, _G.SPECIALIST),
         unsettled=True),
    Rule("programme-mixed-manager", D, "a service's programme, or a change to the service",
         "codebook 2 delivery", (_T.P3_WORD, _T.GAP), kinds=(_K.PROGRAMME,),
         settings=(_S.MIXED,), groups=_LEADERS, unsettled=True),
    # words between the P3 word and the role
    Rule("gap-support", P, "a word between leaves open what is supported", "codebook 2b",
         (_T.GAP,), groups=(*_SUPPORTERS, _G.SPECIALIST), unsettled=True),
    Rule("gap-manager", D, "a word between leaves open what is managed", "codebook 2 delivery",
         (_T.GAP,), groups=(_G.MANAGER,), unsettled=True),
    Rule("gap-head", O, "a word between leaves open what is headed", "codebook 2 other",
         (_T.GAP,), groups=(_G.HEAD,), unsettled=True),
    Rule("gap-learner", P, "a word between leaves open what is learnt", "codebook 3",
         (_T.GAP,), kinds=(_K.PROJECT,), groups=(_G.LEARNER,), unsettled=True),
    Rule("gap-learner-programme", O, "a service's programme", "codebook 2 other",
         (_T.GAP,), kinds=(_K.PROGRAMME,), groups=(_G.LEARNER,)),
    Rule("trade-function", O, "a trade's function on a project or programme", "codebook 2 other",
         (_T.TRADE_FUNCTION,)),
    # planners of other things, and nothing of the field
    Rule("planning-other", O, "plans something else", "codebook 2 other", (_T.PLANNING,)),
    Rule("planning-tool", P, "a tool that only P3 planners use", "codebook 2c", (_T.TOOL,)),
    Rule("nothing", O, "nothing of the field stands in it", "codebook 2 other", (_T.NOTHING,)),
)  # fmt: skip


class LevelRule(NamedTuple):
    """How a role word gives a level, and from where the rule comes."""

    code: str
    level: int
    why: str
    source: str


LEVEL_RULES: Final[dict[str, LevelRule]] = {
    rule.code: rule
    for rule in (
        LevelRule("learner", 1, "any role of a learner", "codebook 3"),
        LevelRule("clerk", 1, "administrators, secretaries and clerks", "career path, level 1"),
        LevelRule("project-support", 1, "supports a project, with no office", "career path, level 1"),
        LevelRule("office-support", 2, "supports an office, programmes or portfolios",
                  "career path, level 2"),
        LevelRule("officer", 2, "analysts, officers, planners and other specialists",
                  "career path, level 2"),
        LevelRule("no-role", 2, "an office with no role word", "codebook 2a"),
        LevelRule("manager", 3, "manages or leads", "career path, level 3"),
        LevelRule("enterprise-manager", 4, "manages or leads the enterprise's office",
                  "career path, level 4"),
        LevelRule("head", 4, "heads or directs", "career path, level 4"),
    )
}  # fmt: skip


@cache
def find_rule(case: Case) -> Rule:
    """Find the most specific rule that holds; there is always one.

    Of two of the same rank the one with the smaller code is taken, so that the order of the rows
    never matters.
    """
    return max((r for r in RULES if r.holds(case)), key=lambda r: (r.rank, _reversed(r.code)))


def _reversed(code: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in code)
