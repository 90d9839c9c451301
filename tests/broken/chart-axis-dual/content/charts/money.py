title = "Amazon planned the most by far in 2025"
subtitle = "Capital spending planned, billion US dollars"
alt = "Two bars. That of Amazon is the longer."


def figure(data):
    import plotly.graph_objects as go

    rows = data["money"]
    bars = go.Bar(x=rows.company, y=rows.amount)
    line = go.Scatter(x=rows.company, y=rows.amount, yaxis="y2")
    return go.Figure([bars, line], {"yaxis2": {"overlaying": "y", "side": "right"}})
