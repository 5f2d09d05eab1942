"""The rules that turn a read title into a track, as a table.

Each rule names what it applies to (topic, scope, role group, setting, position) and what follows;
what it leaves open, it holds for all of. The most specific rule decides, whatever the order of the
rows, and a test checks that no two rules of the same rank contradict each other. ``source`` is the
section of the labelling codebook, or the career path, that the rule comes from.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from pmo_classify.knowledge.conditions import (
    Context,
    Kind,
    LevelRule,
    Rule,
    RuleInput,
    SubjectPosition,
)
from pmo_classify.knowledge.roles import RoleGroup
from pmo_classify.knowledge.subject_types import SubjectType
from pmo_classify.taxonomy import Track

__all__ = ["LEVEL_RULES", "RULES", "Rule", "find_rule"]

# fmt: off
_P, _D, _O = Track.PMO, Track.DELIVERY, Track.OTHER
_T, _G, _K, _S, _POS = SubjectType, RoleGroup, Kind, Context, SubjectPosition
_SUPPORTERS: Final = (_G.CLERK, _G.CO_ORDINATOR, _G.SUPPORT, _G.OFFICER)
_LEADERS: Final = (_G.MANAGER, _G.HEAD)
_WORK: Final = (_K.PROJECT, _K.PROGRAMME)
_AROUND: Final = (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES, _T.DELIVERY, _T.MANAGEMENT,
                  _T.FUNCTION)
_HEADS: Final = ("head", "jefe", "director", "vice president", "senior vice president", "chief",
                 "chief officer", "general manager")
_NOT_DIRECTORS: Final = tuple(name for name in _HEADS if name != "director")
_VICE_PRESIDENTS: Final = tuple(name for name in _NOT_DIRECTORS if name not in ("head", "jefe"))

RULES: Final[tuple[Rule, ...]] = (
    # 2a: an office, with any role
    Rule("office", _P, "a P3 office is named", "codebook 2a", (_T.OFFICE, _T.OFFICE_P3)),
    Rule("office-alone", _P, "an office is named, but no role in it", "codebook 2a",
         (_T.OFFICE, _T.OFFICE_P3), groups=(_G.NONE,), unsettled=True),
    Rule("office-trade", _O, "another trade, with the office as its department", "codebook 2a",
         (_T.OFFICE, _T.OFFICE_P3), groups=(_G.TRADE,)),
    Rule("office-trade-function", _O, "a trade's function, with the office as its department",
         "codebook 2a", (_T.OFFICE_TRADE,)),
    Rule("office-member", _P, "a member of its team, with no role word", "codebook 2a",
         (_T.OFFICE, _T.OFFICE_P3), groups=(_G.SPECIALIST,), roles=("team member",),
         unsettled=True),
    Rule("office-delivery-role", _D, "runs the work; the office is only the department",
         "codebook 2 delivery", (_T.OFFICE, _T.OFFICE_P3), groups=(_G.DELIVERY,)),
    Rule("office-delivery-manager", _D, "manages delivery, in the office or for it",
         "codebook 2 delivery", (_T.OFFICE, _T.OFFICE_P3), groups=(_G.DELIVERY,),
         roles=("delivery manager",), unsettled=True),
    Rule("office-p3-manager", _D, "runs projects or programmes; the office is only the department",
         "codebook 2 delivery", (_T.OFFICE_P3,), kinds=_WORK, groups=_LEADERS),
    Rule("personal-assistant", _O, "a secretary's trade, or support for the work",
         "codebook 2 other", (_T.OFFICE, _T.OFFICE_P3, _T.OFFICE_TRADE, *_AROUND),
         groups=(_G.TRADE,), roles=("personal assistant",), unsettled=True),
    Rule("agency-office", _P, "an agency's own unit for a technical programme", "codebook 2a",
         (_T.OFFICE,), settings=(_S.AGENCY,), unsettled=True),
    Rule("agency-office-trade", _O, "another trade, with the office as its department",
         "codebook 2a", (_T.OFFICE,), groups=(_G.TRADE,), settings=(_S.AGENCY,)),
    # 2d: P3 management as a function
    Rule("management", _P, "P3 management as a function", "codebook 2b, 2d", (_T.MANAGEMENT,)),
    Rule("management-specialist", _P, "a specialist of P3 management", "codebook 2 doubtful",
         (_T.MANAGEMENT,), groups=(_G.SPECIALIST,), unsettled=True),
    Rule("management-alone", _D, "P3 management with no role", "codebook 2 delivery",
         (_T.MANAGEMENT,), groups=(_G.NONE,), unsettled=True),
    Rule("management-learner", _P, "a learner of project management", "codebook 2 doubtful",
         (_T.MANAGEMENT,), groups=(_G.LEARNER,), unsettled=True),
    Rule("management-trade", _O, "a trade on a project", "codebook 2 other",
         (_T.MANAGEMENT,), groups=(_G.TRADE,)),
    Rule("management-engineer", _O, "a trade, or support for P3 management", "codebook 2 other",
         (_T.MANAGEMENT,), groups=(_G.ENGINEER,), unsettled=True),
    Rule("management-portfolio", _P, "portfolio management may be finance's", "codebook 2 doubtful",
         (_T.MANAGEMENT,), kinds=(_K.PORTFOLIO,), groups=_LEADERS, settings=(_S.PLAIN, _S.MIXED),
         unsettled=True),
    Rule("ppm-planner", _O, "PPM is also planned preventive maintenance", "codebook 2 other",
         (_T.MANAGEMENT,), kinds=(_K.PORTFOLIO,), groups=(_G.OFFICER,),
         roles=("planner", "scheduler"), unsettled=True),
    Rule("management-portfolio-support", _O, "portfolio management may be finance's",
         "codebook 2 other", (_T.MANAGEMENT,), kinds=(_K.PORTFOLIO,),
         groups=(*_SUPPORTERS, _G.SPECIALIST), settings=(_S.PLAIN, _S.MIXED), unsettled=True),
    # 2c: a function of a P3 office
    Rule("function", _P, "a function of a P3 office, for P3 work", "codebook 2c", (_T.FUNCTION,)),
    Rule("function-alone", _P, "a P3 function with no role", "codebook 2c",
         (_T.FUNCTION, _T.SUPPORT, _T.SERVICES), groups=(_G.NONE,), unsettled=True),
    Rule("function-trade", _O, "a trade on a project", "codebook 2 other",
         (_T.FUNCTION, _T.SUPPORT, _T.SERVICES), groups=(_G.TRADE,)),
    Rule("support-function", _P, "support for P3 work", "codebook 2b, 3", (_T.SUPPORT,)),
    Rule("support-programme", _P, "the programme may be a service's", "codebook 2 other",
         (_T.SUPPORT,), kinds=(_K.PROGRAMME,), groups=(_G.OFFICER,), roles=("assistant",),
         settings=(_S.PLAIN,), unsettled=True),
    Rule("support-programme-specialist", _P, "the programme may be a service's",
         "codebook 2 other", (_T.SUPPORT,), kinds=(_K.PROGRAMME,),
         groups=(_G.SPECIALIST, _G.CLERK, _G.CO_ORDINATOR), settings=(_S.PLAIN,), unsettled=True),
    Rule("support-engineer", _O, "a trade on a project", "codebook 2 other",
         (_T.SUPPORT, _T.SERVICES), groups=(_G.ENGINEER,)),
    Rule("services", _P, "project services as a function", "codebook 2d", (_T.SERVICES,)),
    Rule("services-support", _P, "what the services are is not said", "codebook 2d",
         (_T.SERVICES,), groups=(*_SUPPORTERS, _G.SPECIALIST, _G.LEARNER), unsettled=True),
    # project delivery as a function
    Rule("delivery-function", _P, "supports the delivery of projects", "codebook 2b",
         (_T.DELIVERY,)),
    Rule("delivery-manager", _D, "manages delivery", "codebook 2 delivery",
         (_T.DELIVERY,), groups=(_G.MANAGER, _G.DELIVERY)),
    Rule("delivery-head", _P, "head of delivery: of its office, or of the work", "codebook 2d",
         (_T.DELIVERY,), groups=(_G.HEAD,), unsettled=True),
    Rule("delivery-alone", _D, "delivery with no role", "codebook 2 delivery",
         (_T.DELIVERY,), groups=(_G.NONE, _G.LEARNER, _G.SPECIALIST), unsettled=True),
    Rule("delivery-of-what", _O, "what is delivered is not said", "codebook 2 other",
         (_T.DELIVERY,), kinds=(_K.NONE,)),
    Rule("delivery-of-what-supported", _O, "what is delivered is not said", "codebook 2 other",
         (_T.DELIVERY,), kinds=(_K.NONE,),
         groups=(_G.MANAGER, _G.NONE, _G.LEARNER, _G.SPECIALIST)),
    Rule("delivery-of-what-headed", _O, "what is delivered is not said", "codebook 2 other",
         (_T.DELIVERY,), kinds=(_K.NONE,), groups=(_G.HEAD,)),
    Rule("delivery-bare-headed", _D, "heads delivery, of projects or of a service",
         "codebook 2 delivery", (_T.DELIVERY,), kinds=(_K.NONE,), groups=(_G.HEAD,),
         positions=(_POS.AFTER,), unsettled=True),
    Rule("delivery-of-what-run", _D, "manages delivery", "codebook 2 delivery",
         (_T.DELIVERY,), kinds=(_K.NONE,), groups=(_G.DELIVERY,)),
    Rule("delivery-trade", _O, "a trade on a project", "codebook 2 other",
         (_T.DELIVERY,), groups=(_G.TRADE, _G.ENGINEER)),
    # 2b: a support role for P3 work, and those who run the work
    Rule("support-role", _P, "a support role for P3 work", "codebook 2b",
         (_T.P3_WORD,), groups=_SUPPORTERS),
    Rule("p3-unsettled", _O, "what the role does is not said", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), unsettled=True),
    Rule("p3-specialist", _P, "what such a specialist does is not said", "codebook 2 doubtful",
         (_T.P3_WORD,), groups=(_G.SPECIALIST,), unsettled=True),
    Rule("p3-trade", _O, "a trade on a project", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), groups=(_G.TRADE, _G.ENGINEER)),
    Rule("p3-alone", _O, "a P3 word with no role", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), groups=(_G.NONE,)),
    Rule("p3-bare", _O, "a P3 word, and nothing else", "codebook 2 other",
         (_T.P3_WORD,), groups=(_G.NONE,), positions=(_POS.ALONE,), unsettled=True),
    Rule("p3-manager", _D, "runs projects or programmes", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.MANAGER,)),
    Rule("manager-of", _D, "runs the work, or heads those who do", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.MANAGER,),
         positions=(_POS.AFTER, _POS.SEVERAL), unsettled=True),
    Rule("programmes-manager", _D, "the programmes may be a service's", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.MANAGER,), positions=(_POS.PLURAL,),
         unsettled=True),
    Rule("p3-supervisor", _D, "may run the work or the people on it", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.MANAGER,), roles=("supervisor",), unsettled=True),
    Rule("programme-leader", _D, "also a teacher's post", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.MANAGER,), roles=("leader",),
         unsettled=True),
    Rule("p3-delivery-role", _D, "runs the work itself", "codebook 2 delivery",
         (*_AROUND, _T.TRADE_FUNCTION, _T.NOTHING, _T.PLANNING, _T.PLANNING_BARE,
          _T.PLANNING_BUILDING, _T.TOOL), groups=(_G.DELIVERY,)),
    Rule("portfolio-delivery-role", _D, "runs the work itself, or its office",
         "codebook 2 delivery", (_T.P3_WORD, _T.DELIVERY), kinds=(_K.PORTFOLIO,),
         groups=(_G.DELIVERY,), unsettled=True),
    Rule("p3-learner", _P, "a learner in P3 work", "codebook 3",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.LEARNER,)),
    Rule("named-programme-learner", _P, "learns in a programme, or on one", "codebook 2 doubtful",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.LEARNER,), positions=(_POS.NAMED,),
         unsettled=True),
    Rule("portfolio-learner", _O, "the portfolio may be finance's", "codebook 2 other",
         (_T.P3_WORD, _T.GAP), kinds=(_K.PORTFOLIO,), groups=(_G.LEARNER,), unsettled=True),
    # heads and directors
    Rule("p3-director", _D, "directs a project or programme", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.HEAD,)),
    Rule("p3-head", _D, "heads a project or programme, or all of them", "codebook 2 delivery",
         (_T.P3_WORD,), kinds=_WORK, groups=(_G.HEAD,), roles=("head",), unsettled=True),
    Rule("project-vp", _P, "head of projects", "codebook 2d", (_T.P3_WORD,), kinds=(_K.PROJECT,),
         groups=(_G.HEAD,), unsettled=True, roles=_VICE_PRESIDENTS),
    Rule("programme-vp", _O, "head of programmes", "codebook 2 other", (_T.P3_WORD,),
         kinds=(_K.PROGRAMME,), groups=(_G.HEAD,), unsettled=True,
         roles=_VICE_PRESIDENTS),
    Rule("head-of-projects", _P, "head of projects", "codebook 2d", (_T.P3_WORD,),
         kinds=(_K.PROJECT,), groups=(_G.HEAD,),
         positions=(_POS.SEVERAL, _POS.AFTER, _POS.PLURAL),
         roles=_HEADS, unsettled=True),
    Rule("head-of-programmes", _O, "head of programmes", "codebook 2 other", (_T.P3_WORD,),
         kinds=(_K.PROGRAMME,), groups=(_G.HEAD,),
         positions=(_POS.SEVERAL, _POS.AFTER, _POS.PLURAL),
         roles=_HEADS, unsettled=True),
    Rule("head-of-named", _D, "head or director of one named project or programme",
         "codebook 2 delivery", (_T.P3_WORD,), kinds=_WORK, groups=(_G.HEAD,),
         positions=(_POS.NAMED,), roles=_HEADS),
    Rule("portfolio-director", _P, "Portfolio Director", "career path, level 4",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), groups=(_G.HEAD,)),
    Rule("portfolio-head", _P, "head of a portfolio, which may be finance's", "codebook 2 doubtful",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), groups=(_G.HEAD,), unsettled=True,
         roles=_NOT_DIRECTORS),
    # finance's portfolios
    Rule("portfolio-bare", _O, "a bare portfolio is mostly finance's", "codebook 2 other",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.PLAIN, _S.MIXED),
         groups=(_G.MANAGER, _G.OFFICER, _G.CLERK, _G.SPECIALIST), unsettled=True),
    Rule("portfolio-planner", _P, "a support role for P3 work", "codebook 2b",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.PLAIN,), groups=(_G.OFFICER,),
         roles=("planner", "scheduler", "controller")),
    Rule("portfolio-assistant", _P, "a support role for P3 work, or for finance's", "codebook 2b",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.PLAIN,), groups=(_G.OFFICER,),
         roles=("assistant",), unsettled=True),
    Rule("portfolio-manager", _P, "manages a portfolio of projects", "codebook 2 other",
         (_T.P3_WORD, _T.GAP, _T.OFFICE_P3), kinds=(_K.PORTFOLIO,), settings=(_S.P3,),
         groups=(_G.MANAGER,)),
    Rule("portfolio-joint", _P, "a portfolio joined to other P3 work", "codebook 4",
         (_T.P3_WORD,), kinds=(_K.PORTFOLIO,), settings=(_S.JOINT,), groups=(_G.MANAGER,),
         unsettled=True),
    Rule("portfolio-finance", _O, "finance's or a trader's portfolio", "codebook 2 other",
         _AROUND, kinds=(_K.PORTFOLIO,), settings=(_S.FINANCE,)),
    Rule("portfolio-gap-ours", _P, "a support role for a portfolio of projects", "codebook 2b",
         (_T.GAP,), kinds=(_K.PORTFOLIO,), settings=(_S.P3,), groups=(*_SUPPORTERS, _G.SPECIALIST)),
    Rule("portfolio-gap", _O, "what is done for the portfolio is not said", "codebook 2 other",
         (_T.GAP,), kinds=(_K.PORTFOLIO,),
         groups=(*_SUPPORTERS, _G.SPECIALIST, *_LEADERS), unsettled=True),
    # a service's programmes
    Rule("programme-bare", _P, "a bare programme may be a service's", "codebook 2 other",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), settings=(_S.PLAIN,),
         groups=(*_SUPPORTERS, _G.SPECIALIST), unsettled=True),
    Rule("programme-planner", _P, "programme planning", "codebook 2c", (_T.P3_WORD,),
         kinds=(_K.PROGRAMME,), settings=(_S.PLAIN,), groups=(_G.OFFICER,),
         roles=("planner", "scheduler")),
    Rule("programme-service", _O, "a service's programme", "codebook 2 other",
         (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES, _T.DELIVERY, _T.MANAGEMENT),
         kinds=(_K.PROGRAMME,), settings=(_S.SERVICE,)),
    Rule("programme-service-named", _O, "one named programme, which may be a service's",
         "codebook 2 delivery", (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.HEAD,),
         settings=(_S.SERVICE, _S.SERVICE_NEAR), positions=(_POS.NAMED,), unsettled=True),
    Rule("programme-service-head", _D, "heads one named programme, or a service's",
         "codebook 2 delivery", (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=(_G.HEAD,),
         roles=("head",), settings=(_S.SERVICE_NEAR,), positions=(_POS.BEFORE,), unsettled=True),
    Rule("programme-service-trade", _O, "a trade in a service's programme", "codebook 2 other",
         (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES), kinds=(_K.PROGRAMME,),
         groups=(_G.TRADE, _G.ENGINEER), settings=(_S.SERVICE_NEAR,)),
    Rule("programme-service-near", _O, "a service's word stands near the programme",
         "codebook 2 other", (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES),
         kinds=(_K.PROGRAMME,), settings=(_S.SERVICE_NEAR,), unsettled=True),
    Rule("programme-service-led", _O, "a service's programme", "codebook 2 other",
         (_T.P3_WORD,), kinds=(_K.PROGRAMME,), groups=_LEADERS, settings=(_S.SERVICE_NEAR,)),
    Rule("programme-service-function", _P, "a P3 function for what may be a service's programme",
         "codebook 2c", (_T.FUNCTION,), kinds=(_K.PROGRAMME,),
         settings=(_S.SERVICE,), unsettled=True),
    Rule("programme-mixed", _P, "a service's programme, or a change to the service",
         "codebook 2 other", (_T.P3_WORD, _T.GAP, _T.SUPPORT, _T.SERVICES, _T.MANAGEMENT),
         kinds=(_K.PROGRAMME,), settings=(_S.MIXED,), groups=(*_SUPPORTERS, _G.SPECIALIST),
         unsettled=True),
    Rule("programme-mixed-manager", _D, "a service's programme, or a change to the service",
         "codebook 2 delivery", (_T.P3_WORD, _T.GAP), kinds=(_K.PROGRAMME,),
         settings=(_S.MIXED,), groups=_LEADERS, unsettled=True),
    # words between the P3 word and the role
    Rule("gap-support", _P, "a word between leaves open what is supported", "codebook 2b",
         (_T.GAP,), groups=(*_SUPPORTERS, _G.SPECIALIST), unsettled=True),
    Rule("gap-manager", _D, "a word between leaves open what is managed", "codebook 2 delivery",
         (_T.GAP,), groups=(_G.MANAGER,), unsettled=True),
    Rule("gap-head", _O, "a word between leaves open what is headed", "codebook 2 other",
         (_T.GAP,), groups=(_G.HEAD,), unsettled=True),
    Rule("gap-learner", _P, "a word between leaves open what is learnt", "codebook 3",
         (_T.GAP,), kinds=(_K.PROJECT,), groups=(_G.LEARNER,), unsettled=True),
    Rule("gap-learner-programme", _O, "a service's programme", "codebook 2 other",
         (_T.GAP,), kinds=(_K.PROGRAMME,), groups=(_G.LEARNER,)),
    Rule("trade-function", _O, "a trade's function on a project or programme", "codebook 2 other",
         (_T.TRADE_FUNCTION,)),
    # planners of other things, and nothing of the field
    Rule("planning-other", _O, "plans something else", "codebook 2 other",
         (_T.PLANNING, _T.PLANNING_BARE, _T.PLANNING_BUILDING)),
    Rule("planning-bare", _O, "what is planned is not said", "codebook 2 other",
         (_T.PLANNING_BARE,), unsettled=True,
         groups=(*_SUPPORTERS, _G.SPECIALIST, _G.ENGINEER, _G.MANAGER, _G.NONE)),
    Rule("planning-officer", _O, "a town's planning", "codebook 2 other",
         (_T.PLANNING_BARE,), groups=(_G.OFFICER,), roles=("officer",)),
    Rule("planning-building", _P, "construction planning: a project's, or a builder's",
         "codebook 2 doubtful", (_T.PLANNING_BUILDING,), unsettled=True,
         groups=(*_SUPPORTERS, _G.SPECIALIST, _G.ENGINEER, *_LEADERS)),
    Rule("planning-tool", _P, "a tool that only P3 planners use", "codebook 2c", (_T.TOOL,)),
    Rule("nothing", _O, "nothing of the field stands in it", "codebook 2 other", (_T.NOTHING,)),
)

LEVEL_RULES: Final[dict[str, LevelRule]] = {
    rule.code: rule
    for rule in (
        LevelRule("learner", 1, "any role of a learner", "codebook 3"),
        LevelRule("clerk", 1, "administrators, secretaries and clerks", "career path, level 1"),
        LevelRule("project-support", 1, "supports a project, with no office",
                  "career path, level 1"),
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
}


# fmt: on


@cache
def find_rule(case: RuleInput) -> Rule:
    """Find the most specific rule that holds; there is always one.

    Of two of the same rank the one with the smaller code is taken, so that the order of the rows
    never matters.
    """
    rules = _rules_by_topic()[case.topic]
    return max((r for r in rules if r.holds(case)), key=lambda r: (r.rank, _reversed(r.code)))


@cache
def _rules_by_topic() -> dict[SubjectType, tuple[Rule, ...]]:
    return {topic: tuple(r for r in RULES if topic in r.topics) for topic in SubjectType}


def _reversed(code: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in code)
