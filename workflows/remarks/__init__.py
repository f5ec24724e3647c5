"""Remarks that caseworkers pin to a step of a process."""
