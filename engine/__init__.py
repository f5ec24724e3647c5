"""The case engine: BPMN, DMN, FEEL and forms, durable in a database; it knows no domain."""
