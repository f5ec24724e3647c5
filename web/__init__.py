"""The pages, the REST interface and the command of Woonflow."""
