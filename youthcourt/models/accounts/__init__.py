"""Who comes in, as whom, by which door: sign-ins, second steps, invitations, the court's tablet."""
