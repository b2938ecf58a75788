"""Measured comparisons: one module each, with a function run() that returns its figures by name."""
