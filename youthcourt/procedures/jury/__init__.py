"""Jurors: when they can come, which days they take, who is drawn for which panel."""
