"""What is owed and done, how a case ends, and what becomes of its record."""
