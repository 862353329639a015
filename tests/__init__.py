"""The tests. `unit` touches nothing, `integration` the databases, `browser` everything."""
