"""How a hit may be judged, and whether a judgement still holds: pure, from findings and the hit reasons."""
