"""A court that is played: a seeded year acted out through the verbs that people cause, day by day."""
