"""The long versions of the hard tests: one module each, with a function figures() that returns its counts.

`figures() -> dict[str, int]`: each name says what was counted and what must be nought, for example
{"kills survived": 2000, "acknowledged writes lost": 0}. A module raises when something does not hold.
"""
