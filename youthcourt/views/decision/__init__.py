"""What a panel decides, what the judge signs, and what the family answers."""
