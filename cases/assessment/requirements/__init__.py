"""What a complete case must show, and how far it does: worked out, never kept."""
