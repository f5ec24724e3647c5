"""The closed list: elements of DMN with a meaning, or known to have none."""

from collections.abc import Mapping

_ANY = frozenset({"description", "extensionElements", "extension"})
_BOXED = frozenset(
    {"literalExpression", "decisionTable", "context", "list", "relation", "invocation"}
    | {"functionDefinition", "conditional", "filter", "for", "some", "every"}
)
_ABOUT = frozenset(
    {"question", "allowedAnswers", "variable", "supportedObjective", "decisionMaker"}
    | {"impactedPerformanceIndicator", "decisionOwner", "usingProcess", "usingTask"}
    | {"authorityRequirement"}
)
_ARTIFACTS = frozenset(
    {"textAnnotation", "association", "group", "elementCollection", "knowledgeSource"}
    | {"performanceIndicator", "organizationUnit", "businessContextElement"}
)

KNOWN_CHILDREN: Mapping[str, frozenset[str]] = {
    "definitions": _ANY
    | _ARTIFACTS
    | {"import", "itemDefinition", "inputData", "decision"}
    | {"businessKnowledgeModel", "decisionService"},
    "decision": _ANY
    | _ABOUT
    | _BOXED
    | {"informationRequirement", "knowledgeRequirement"},
    "businessKnowledgeModel": _ANY
    | {"variable", "encapsulatedLogic", "knowledgeRequirement", "authorityRequirement"},
    "inputData": _ANY | {"variable"},
    "decisionService": _ANY
    | {
        "variable",
        "outputDecision",
        "encapsulatedDecision",
        "inputDecision",
        "inputData",
    },
}
"""What may stand in each element; what is not here is refused when a file is saved."""
