"""How a case is assessed by policy: pure, from findings, answers and judgements. No database, no network."""
