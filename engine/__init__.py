"""The case engine: BPMN, DMN, FEEL and forms, durable; it knows no domain."""
