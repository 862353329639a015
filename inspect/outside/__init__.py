"""The world outside: database, keys, passwords, clock."""
