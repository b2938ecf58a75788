"""The plan of a day: who sits where. Plain facts in, a proven best plan out; no database, no pages."""
