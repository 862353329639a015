"""Use cases: a verb and a noun each, one transaction, the actor and the moment as parameters."""
