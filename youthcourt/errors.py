"""How the court says no."""


class RuleBroken(Exception):
    """A rule of the court stands in the way.

    The message is the sentence the person reads; `field` names what they typed that caused it, if one did.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


class PaperFailed(Exception):
    """A paper could not be made within its limits. Says in one word how, for the log."""


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the record since this person opened it."""
