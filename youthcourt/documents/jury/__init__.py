"""Who sits on panels: how somebody joins, when they come, and what they have given."""
