"""The sub-commands of `tillsyn`, one module per area; each lists its own in COMMANDS."""
