"""The closed list: what of BPMN 2.0 and of the zeebe elements runs, and what does not.

Each construct is executed, known to be without effect, or refused. Whatever is
not in these tables is refused too. ``docs/reference/bpmn-support.md`` is made
from them.

Attributes are written as words: ``default`` has its effect, ``name~`` has none,
``startQuantity=1`` is accepted with these values only (``a|b``), and
``operationRef!`` is refused.
"""

from collections.abc import Mapping

from engine.spiff.verdict import (
    Attribute,
    Support,
    Verdict,
    all_refused,
    idle,
    refused,
    runs,
)

_TOP = "definitions"
_SCOPE = "process subProcess transaction"
_TASK = (
    "task userTask manualTask scriptTask serviceTask businessRuleTask sendTask"
    " receiveTask"
)
_ACTIVITY = f"{_TASK} callActivity subProcess transaction"
_CATCH = "startEvent intermediateCatchEvent boundaryEvent"
_THROW = "intermediateThrowEvent endEvent"
_EVENT = f"{_CATCH} {_THROW}"
_GATEWAY = "exclusiveGateway inclusiveGateway parallelGateway eventBasedGateway"
_NODE = f"{_ACTIVITY} {_EVENT} {_GATEWAY}"
_FLOATING = f"{_TOP} {_EVENT}"
_MULTI = "multiInstanceLoopCharacteristics"
_REPEATS = "isForCompensation default startQuantity=1 completionQuantity=1"
_FORMAL = "language=feel|FEEL|http://www.omg.org/spec/FEEL/20140401|"
_FORMAL += (
    "https://www.omg.org/spec/DMN/20191111/FEEL/|"
    "https://www.omg.org/spec/DMN/20230324/FEEL/ evaluatesToTypeRef~"
)

_CHOREOGRAPHY = "Teken een proces per deelnemer, in pools."
_CONVERSATION = "Teken pools met processen."
_IO = "Gebruik ‘Inputs’ en ‘Outputs’ in het eigenschappenpaneel."
_COLLECTION = (
    "Vul bij ‘Multi-instance’ de ‘Input collection’ en de ‘Output collection’ in."
)
_CORRELATION = "Geef de correlatiesleutel op bij het bericht zelf (‘Subscription’)."
_RESOURCE = "Geef bij ‘Assignment’ de groep of de persoon op die deze taak uitvoert."

ELEMENTS: Mapping[str, Support] = {
    # The file and its processes.
    "definitions": runs(
        "",
        "targetNamespace~ expressionLanguage~ typeLanguage~ exporter~ exporterVersion~",
    ),
    "process": runs(
        _TOP, "isExecutable processType~ isClosed~ definitionalCollaborationRef~"
    ),
    "globalTask": runs(_TOP),
    "globalUserTask": runs(_TOP, "implementation~"),
    "globalManualTask": runs(_TOP),
    "globalScriptTask": runs(_TOP, "scriptLanguage!"),
    "globalBusinessRuleTask": runs(_TOP, "implementation~"),
    "message": runs(_TOP, "name itemRef~"),
    "signal": runs(_TOP, "name structureRef~"),
    "error": runs(_TOP, "errorCode structureRef~"),
    "escalation": runs(_TOP, "escalationCode structureRef~"),
    "extensionElements": runs(""),
    # Activities.
    "task": runs(_SCOPE, _REPEATS),
    "userTask": runs(_SCOPE, f"{_REPEATS} implementation~"),
    "manualTask": runs(_SCOPE, _REPEATS),
    "scriptTask": runs(_SCOPE, f"{_REPEATS} scriptFormat!"),
    "serviceTask": runs(_SCOPE, f"{_REPEATS} implementation~ operationRef!"),
    "businessRuleTask": runs(_SCOPE, f"{_REPEATS} implementation~"),
    "sendTask": runs(_SCOPE, f"{_REPEATS} messageRef implementation~ operationRef!"),
    "receiveTask": runs(
        _SCOPE,
        f"{_REPEATS} messageRef instantiate=false|0 implementation~ operationRef!",
    ),
    "callActivity": runs(_SCOPE, f"{_REPEATS} calledElement"),
    "subProcess": runs(_SCOPE, f"{_REPEATS} triggeredByEvent"),
    "transaction": runs(
        _SCOPE,
        f"{_REPEATS} triggeredByEvent=false|0"
        " method=##Compensate|##compensate|compensate",
    ),
    "standardLoopCharacteristics": runs(_ACTIVITY, "testBefore loopMaximum"),
    _MULTI: runs(
        _ACTIVITY,
        "isSequential behavior=All oneBehaviorEventRef! noneBehaviorEventRef!",
    ),
    "loopCondition": runs("standardLoopCharacteristics", _FORMAL),
    "loopCardinality": runs(_MULTI, _FORMAL),
    "completionCondition": runs(_MULTI, _FORMAL),
    # Gateways and flows.
    "exclusiveGateway": runs(_SCOPE, "default gatewayDirection~"),
    "inclusiveGateway": runs(_SCOPE, "default gatewayDirection~"),
    "parallelGateway": runs(_SCOPE, "gatewayDirection~"),
    "eventBasedGateway": runs(
        _SCOPE,
        "gatewayDirection~ instantiate=false|0 eventGatewayType=Exclusive",
    ),
    "sequenceFlow": runs(_SCOPE, "sourceRef targetRef isImmediate~"),
    "conditionExpression": runs("sequenceFlow", _FORMAL),
    # Events.
    "startEvent": runs(_SCOPE, "isInterrupting parallelMultiple"),
    "endEvent": runs(_SCOPE),
    "intermediateCatchEvent": runs(_SCOPE, "parallelMultiple"),
    "intermediateThrowEvent": runs(_SCOPE),
    "boundaryEvent": runs(_SCOPE, "attachedToRef cancelActivity parallelMultiple"),
    "messageEventDefinition": runs(_FLOATING, "messageRef"),
    "signalEventDefinition": runs(_FLOATING, "signalRef"),
    "timerEventDefinition": runs(f"{_TOP} {_CATCH}"),
    "conditionalEventDefinition": runs(f"{_TOP} {_CATCH}"),
    "errorEventDefinition": runs(
        f"{_TOP} startEvent boundaryEvent endEvent", "errorRef"
    ),
    "escalationEventDefinition": runs(_FLOATING, "escalationRef"),
    "compensateEventDefinition": runs(
        _FLOATING, "activityRef waitForCompletion=true|1"
    ),
    "cancelEventDefinition": runs(f"{_TOP} boundaryEvent endEvent"),
    "terminateEventDefinition": runs(f"{_TOP} endEvent"),
    "linkEventDefinition": runs(
        f"{_TOP} intermediateCatchEvent intermediateThrowEvent", "name"
    ),
    "eventDefinitionRef": runs(_EVENT),
    "timeDate": runs("timerEventDefinition", _FORMAL),
    "timeDuration": runs("timerEventDefinition", _FORMAL),
    "timeCycle": runs("timerEventDefinition", _FORMAL),
    "condition": runs("conditionalEventDefinition", _FORMAL),
    # Lanes name the group in the task lists; associations lead to undo activities.
    "laneSet": runs("process subProcess transaction"),
    "childLaneSet": runs("lane"),
    "lane": runs("laneSet childLaneSet", "name partitionElementRef~"),
    "flowNodeRef": runs("lane"),
    "association": runs(
        f"{_SCOPE} collaboration", "sourceRef targetRef associationDirection~"
    ),
    # Explanations on the drawing.
    "documentation": idle("", "textFormat~"),
    "textAnnotation": idle(f"{_SCOPE} collaboration", "textFormat~"),
    "text": idle("textAnnotation"),
    "group": idle(f"{_SCOPE} collaboration", "categoryValueRef~"),
    "category": idle(_TOP),
    "categoryValue": idle("category", "value~"),
    "categoryValueRef": idle(),
    "incoming": idle(_NODE),
    "outgoing": idle(_NODE),
    "collaboration": idle(_TOP, "isClosed~"),
    "participant": idle("collaboration", "processRef~"),
    "participantMultiplicity": idle("participant", "minimum~ maximum~"),
    "messageFlow": idle("collaboration", "sourceRef~ targetRef~ messageRef~"),
    "dataObject": idle(_SCOPE, "itemSubjectRef~ isCollection~"),
    "dataObjectReference": idle(_SCOPE, "itemSubjectRef~ dataObjectRef~"),
    "dataState": idle(),
    "dataStore": idle(_TOP, "capacity~ isUnlimited~ itemSubjectRef~"),
    "dataStoreReference": idle(_SCOPE, "itemSubjectRef~ dataStoreRef~"),
    "dataInputAssociation": idle(f"{_ACTIVITY} {_THROW}"),
    "dataOutputAssociation": idle(f"{_ACTIVITY} {_CATCH}"),
    "sourceRef": idle("dataInputAssociation dataOutputAssociation"),
    "targetRef": idle("dataInputAssociation dataOutputAssociation"),
    "property": idle(f"process {_ACTIVITY} {_EVENT}", "itemSubjectRef~"),
    "itemDefinition": idle(_TOP, "structureRef~ isCollection~ itemKind~"),
    "import": idle(_TOP, "namespace~ location~ importType~"),
    "extension": idle(_TOP, "definition~ mustUnderstand=false|0"),
    "relationship": idle(_TOP, "type~ direction~"),
    "source": idle("relationship"),
    "target": idle("relationship"),
    "interface": idle(_TOP, "implementationRef~"),
    "operation": idle("interface", "implementationRef~"),
    "inMessageRef": idle("operation"),
    "outMessageRef": idle("operation"),
    "errorRef": idle("operation"),
    "endPoint": idle(_TOP),
    "endPointRef": idle("participant"),
    "interfaceRef": idle("participant"),
    "partnerEntity": idle(_TOP),
    "partnerRole": idle(_TOP),
    "participantRef": idle("partnerEntity partnerRole"),
    "resource": idle(_TOP),
    "resourceParameter": idle("resource", "type~ isRequired~"),
    "supportedInterfaceRef": idle("process"),
    "supports": idle("process"),
    "auditing": idle(),
    "monitoring": idle(),
    "rendering": idle("userTask globalUserTask"),
    "partitionElement": idle("lane"),
    # Refused, with what to draw instead.
    "complexGateway": refused("Vervang hem door inclusieve of parallelle gateways."),
    "adHocSubProcess": refused(
        "Teken de taken in een gewoon deelproces, met een inclusieve gateway voor de"
        " keuze."
    ),
    "complexBehaviorDefinition": refused(
        "Teken de gebeurtenis achter de taak die zich herhaalt."
    ),
    "script": refused(
        "Vul bij ‘Script’ een FEEL-expressie en een resultaatvariabele in."
    ),
    "operationRef": refused("Kies een taak uit de sjablonen."),
    "implicitThrowEvent": refused("Teken een gewone gebeurtenis."),
    "activationCondition": refused("Gebruik een inclusieve gateway."),
    "ioBinding": refused(_IO),
    "ioSpecification": refused(_IO),
    "assignment": refused(_IO),
    "transformation": refused(_IO),
    "from": refused(_IO),
    "to": refused(_IO),
    "loopDataInputRef": refused(_COLLECTION),
    "loopDataOutputRef": refused(_COLLECTION),
    "inputDataItem": refused(_COLLECTION),
    "outputDataItem": refused(_COLLECTION),
    **all_refused(
        _IO,
        "dataInput dataOutput inputSet outputSet inputSetRefs outputSetRefs"
        " dataInputRefs dataOutputRefs optionalInputRefs optionalOutputRefs"
        " whileExecutingInputRefs whileExecutingOutputRefs",
    ),
    **all_refused(
        _RESOURCE,
        "resourceRole performer humanPerformer potentialOwner resourceRef"
        " resourceAssignmentExpression resourceParameterBinding expression"
        " formalExpression",
    ),
    **all_refused(
        _CORRELATION,
        "correlationKey correlationProperty correlationPropertyBinding"
        " correlationPropertyRef correlationPropertyRetrievalExpression"
        " correlationSubscription dataPath messagePath",
    ),
    **all_refused(
        _CHOREOGRAPHY,
        "choreography choreographyTask choreographyRef choreographyActivity"
        " callChoreography subChoreography globalChoreographyTask"
        " participantAssociation innerParticipantRef outerParticipantRef"
        " messageFlowAssociation",
    ),
    **all_refused(
        _CONVERSATION,
        "conversation callConversation subConversation globalConversation"
        " conversationNode conversationLink conversationAssociation messageFlowRef",
    ),
}

_BINDING = "bindingType=latest|deployment versionTag!"
_LISTENERS = "Teken een eigen taak voor of na dit onderdeel."

EXTENSIONS: Mapping[str, Support] = {
    "userTask": runs("userTask globalUserTask"),
    "assignmentDefinition": runs(
        "userTask globalUserTask", "assignee candidateGroups candidateUsers"
    ),
    "taskSchedule": runs("userTask globalUserTask", "dueDate followUpDate"),
    "priorityDefinition": runs("userTask globalUserTask", "priority"),
    "formDefinition": runs(
        "userTask globalUserTask startEvent",
        f"formId formKey! externalReference! {_BINDING}",
    ),
    "taskDefinition": runs("serviceTask sendTask", "type retries"),
    "taskHeaders": runs("serviceTask sendTask"),
    "header": runs("taskHeaders", "key value"),
    "ioMapping": runs(f"{_ACTIVITY} {_EVENT}"),
    "input": runs("ioMapping", "source target"),
    "output": runs("ioMapping", "source target"),
    "calledElement": runs(
        "callActivity",
        "processId processIdExpression! propagateAllChildVariables"
        f" propagateAllParentVariables {_BINDING}",
    ),
    "calledDecision": runs(
        "businessRuleTask globalBusinessRuleTask",
        f"decisionId resultVariable {_BINDING}",
    ),
    "script": runs("scriptTask globalScriptTask", "expression resultVariable"),
    "subscription": runs("message", "correlationKey"),
    "loopCharacteristics": runs(
        _MULTI, "inputCollection inputElement outputCollection outputElement"
    ),
    "properties": runs(""),
    "property": runs("properties", "name value"),
    "versionTag": idle("process", "value~"),
    "taskListeners": refused(_LISTENERS),
    "taskListener": refused(_LISTENERS),
    "executionListeners": refused(_LISTENERS),
    "executionListener": refused(_LISTENERS),
    "userTaskForm": refused("Kies bij ‘Form’ een formulier van deze bundel."),
    "linkedResources": refused("Koppel geen bronnen; kies een taak uit de sjablonen."),
    "linkedResource": refused("Koppel geen bronnen; kies een taak uit de sjablonen."),
    "jobPriorityDefinition": refused("Geef alleen gebruikerstaken een prioriteit."),
    "agentDefinition": refused("Kies een taak uit de sjablonen."),
    "conditionalFilter": refused(
        "Verwijder de filter op variabelen: de voorwaarde geldt voor alle gegevens."
    ),
    "adHoc": refused("Teken een gewoon deelproces."),
    "publishMessage": refused(
        "Kies bij een verzendende gebeurtenis een bericht; verwijder deze instelling."
    ),
}

EXTENSION_ATTRIBUTES: Mapping[str, Attribute] = {
    "modelerTemplate": Attribute(verdict=Verdict.WITHOUT_EFFECT),
    "modelerTemplateVersion": Attribute(verdict=Verdict.WITHOUT_EFFECT),
    "modelerTemplateIcon": Attribute(verdict=Verdict.WITHOUT_EFFECT),
    "retryCounter": Attribute(verdict=Verdict.REFUSED),
}
"""Attributes of the zeebe namespace on BPMN elements."""

FOREIGN: Mapping[str, Verdict] = {
    "http://camunda.org/schema/modeler/1.0": Verdict.WITHOUT_EFFECT,
    "http://bpmn.io/schema/bpmn/biocolor/1.0": Verdict.WITHOUT_EFFECT,
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0": Verdict.WITHOUT_EFFECT,
    "http://www.w3.org/2001/XMLSchema-instance": Verdict.WITHOUT_EFFECT,
    "http://www.w3.org/XML/1998/namespace": Verdict.WITHOUT_EFFECT,
    "http://www.omg.org/spec/BPMN/20100524/DI": Verdict.WITHOUT_EFFECT,
    "http://www.omg.org/spec/DD/20100524/DC": Verdict.WITHOUT_EFFECT,
    "http://www.omg.org/spec/DD/20100524/DI": Verdict.WITHOUT_EFFECT,
    "http://camunda.org/schema/1.0/bpmn": Verdict.REFUSED,
    "http://operaton.org/schema/1.0/bpmn": Verdict.REFUSED,
    "http://spiffworkflow.org/bpmn/schema/1.0/core": Verdict.REFUSED,
    "http://activiti.org/bpmn": Verdict.REFUSED,
    "http://flowable.org/bpmn": Verdict.REFUSED,
    "http://www.omg.org/bpmn20": Verdict.REFUSED,
    "http://www.jboss.org/drools": Verdict.REFUSED,
}
"""Other namespaces. One that is not here gets a warning: it has no effect."""
