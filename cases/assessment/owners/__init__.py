"""Who may be a beneficial owner, by which rules: worked out from a result, concluded by people."""
