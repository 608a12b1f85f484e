"""What a decision is, and what it rests on."""
