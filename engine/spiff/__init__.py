"""The only home of SpiffWorkflow: from checked BPMN to steps of a process."""
