"""What a report says, and where: articles, places, facts and zones."""
