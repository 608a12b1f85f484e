"""What class a case gets by a risk model, and why: worked out, never kept here."""
