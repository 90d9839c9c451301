title = "Amazon planned the most by far in 2025"
subtitle = "Capital spending planned, billion US dollars"
alt = "Two bars. That of Amazon is the longer."
