"""The court and its hearing day: docket, board, what goes on in each room."""
