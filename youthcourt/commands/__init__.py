"""What `flask` can do from the command line."""
