"""The kinds of chart: Plotly Express functions, their arguments, the traces the engine draws right.

Needs no plotly: tests/test_charts_kinds.py compares this table with the installed one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from osai_essay.struct import Struct

_FACETS = "facet_row facet_col facet_col_wrap facet_row_spacing facet_col_spacing"
_HOVER = "hover_name hover_data"
_COLORS = "color category_orders color_discrete_sequence color_discrete_map"
_SCALE = "color_continuous_scale range_color color_continuous_midpoint"
_PATTERN = "pattern_shape pattern_shape_sequence pattern_shape_map"
_DASH = "line_dash line_dash_sequence line_dash_map"
_SYMBOL = "symbol symbol_sequence symbol_map"
_ERRORS = "error_x error_x_minus error_y error_y_minus"
_AXES = "log_x log_y range_x range_y"
_XY = f"x y orientation {_FACETS} {_HOVER} {_AXES}"
_TREE = f"names values parents path ids branchvalues maxdepth custom_data {_HOVER} {_SCALE}"
_TREE_COLORS = "color color_discrete_sequence color_discrete_map"
_POLAR = f"r theta direction start_angle range_r range_theta log_r custom_data {_HOVER}"


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of chart.

    arguments: those an author may give. needs: each group must have one of its words.
    traces: the types of the traces it makes. wide: x or y may be a list of columns.
    svg_only: Plotly would switch to WebGL for many points, which the engine cannot draw.
    """

    arguments: frozenset[str]
    traces: frozenset[str]
    needs: tuple[tuple[str, ...], ...] = (("x", "y"),)
    wide: bool = False
    svg_only: bool = False


def _kind(
    arguments: str, traces: str, *, needs: str = "x|y", wide: bool = False, svg_only: bool = False
) -> Kind:
    return Kind(
        arguments=frozenset(arguments.split()),
        traces=frozenset(traces.split()),
        needs=tuple(tuple(group.split("|")) for group in needs.split()),
        wide=wide,
        svg_only=svg_only,
    )


KINDS: Mapping[str, Kind] = MappingProxyType({
    "area": _kind(
        f"{_XY} {_COLORS} {_PATTERN} {_SYMBOL} line_group custom_data text markers groupnorm"
        " line_shape",
        "scatter",
        wide=True,
    ),
    "bar": _kind(
        f"{_XY} {_COLORS} {_SCALE} {_PATTERN} {_ERRORS} custom_data text base opacity barmode"
        " text_auto",
        "bar",
        wide=True,
    ),
    "bar_polar": _kind(
        f"{_POLAR} {_COLORS} {_SCALE} {_PATTERN} base barnorm barmode",
        "barpolar",
        needs="r theta",
    ),
    "box": _kind(
        f"{_XY} {_COLORS} custom_data boxmode points notched", "box", wide=True
    ),
    "density_contour": _kind(
        f"{_XY} {_COLORS} z marginal_x marginal_y histfunc histnorm nbinsx nbinsy text_auto",
        "histogram2dcontour histogram box violin",
        needs="x y",
    ),
    "density_heatmap": _kind(
        f"{_XY} {_SCALE} category_orders z marginal_x marginal_y opacity histfunc histnorm nbinsx"
        " nbinsy text_auto",
        "histogram2d histogram box violin",
        needs="x y",
    ),
    "ecdf": _kind(
        f"{_XY} {_COLORS} {_DASH} {_SYMBOL} text markers lines marginal opacity ecdfnorm ecdfmode",
        "scatter histogram box violin",
        wide=True,
        svg_only=True,
    ),
    "funnel": _kind(f"{_XY} {_COLORS} custom_data text opacity", "funnel", needs="x y", wide=True),
    "funnel_area": _kind(
        f"names values {_TREE_COLORS} custom_data {_HOVER} opacity", "funnelarea", needs="values"
    ),
    "histogram": _kind(
        f"{_XY} {_COLORS} {_PATTERN} marginal opacity barmode barnorm histnorm histfunc cumulative"
        " nbins text_auto",
        "histogram box violin",
        wide=True,
    ),
    "icicle": _kind(f"{_TREE} {_TREE_COLORS}", "icicle", needs="path|names"),
    "line": _kind(
        f"{_XY} {_COLORS} {_DASH} {_SYMBOL} {_ERRORS} line_group custom_data text markers"
        " line_shape",
        "scatter",
        wide=True,
        svg_only=True,
    ),
    "line_polar": _kind(
        f"{_POLAR} {_COLORS} {_DASH} {_SYMBOL} line_group text markers line_close line_shape",
        "scatterpolar",
        needs="r theta",
        svg_only=True,
    ),
    "line_ternary": _kind(
        f"a b c {_COLORS} {_DASH} {_SYMBOL} line_group {_HOVER} custom_data text markers"
        " line_shape",
        "scatterternary",
        needs="a b c",
    ),
    "parallel_categories": _kind(
        f"dimensions color {_SCALE} dimensions_max_cardinality", "parcats", needs="dimensions"
    ),
    "pie": _kind(
        f"names values {_COLORS} {_FACETS} {_HOVER} custom_data opacity hole",
        "pie",
        needs="names|values",
    ),
    "scatter": _kind(
        f"{_XY} {_COLORS} {_SCALE} {_SYMBOL} {_ERRORS} size custom_data text opacity size_max"
        " marginal_x marginal_y",
        "scatter histogram box violin",
        wide=True,
        svg_only=True,
    ),
    "scatter_polar": _kind(
        f"{_POLAR} {_COLORS} {_SCALE} {_SYMBOL} size text opacity size_max",
        "scatterpolar",
        needs="r theta",
        svg_only=True,
    ),
    "scatter_ternary": _kind(
        f"a b c {_COLORS} {_SCALE} {_SYMBOL} size text {_HOVER} custom_data opacity size_max",
        "scatterternary",
        needs="a b c",
    ),
    "strip": _kind(f"{_XY} {_COLORS} custom_data stripmode", "box", wide=True),
    "sunburst": _kind(f"{_TREE} {_TREE_COLORS}", "sunburst", needs="path|names"),
    "timeline": _kind(
        f"x_start x_end y {_COLORS} {_SCALE} {_PATTERN} {_FACETS} {_HOVER} custom_data text"
        " opacity range_x range_y",
        "bar",
        needs="x_start x_end",
    ),
    "treemap": _kind(f"{_TREE} {_TREE_COLORS}", "treemap", needs="path|names"),
    "violin": _kind(f"{_XY} {_COLORS} custom_data violinmode points box", "violin", wide=True),
})  # fmt: skip

_MAP = "maps are not drawn: the picture engine leaves them empty"
_THREE_D = "3D is drawn flat, as if it had no depth"
_EMPTY = "the picture engine leaves it empty"

REFUSED_KINDS: Mapping[str, tuple[str, str]] = MappingProxyType({  # kind -> why, what instead
    "choropleth": (_MAP, "use a bar chart, one bar a place"),
    "choropleth_map": (_MAP, "use a bar chart, one bar a place"),
    "density_map": (_MAP, "use density_heatmap"),
    "line_geo": (_MAP, "use line"),
    "line_map": (_MAP, "use line"),
    "scatter_geo": (_MAP, "use scatter"),
    "scatter_map": (_MAP, "use scatter"),
    "line_3d": (_THREE_D, "use line, with color for the third measure"),
    "scatter_3d": (_THREE_D, "use scatter, with size or color for the third measure"),
    "parallel_coordinates": (_EMPTY, "use line, or parallel_categories for names"),
    "scatter_matrix": (_EMPTY, "use scatter with facet_col"),
    "imshow": (
        "it draws a grid of numbers, not the columns of a dataset",
        "use density_heatmap with x, y, z and `histfunc: avg`",
    ),
})  # fmt: skip

REFUSED_ARGUMENTS: Mapping[str, tuple[str, str]] = MappingProxyType({  # word -> why, what instead
    "animation_frame": ("a picture does not move", "use facet_col, or one line a group"),
    "animation_group": ("a picture does not move", "use facet_col, or one line a group"),
    "data_frame": ("the data come from the site's datasets", "name one with `from:`"),
    "render_mode": ("the picture engine draws SVG alone", "leave the line out"),
    "template": ("the look comes from the house style", "use `update_layout:` for one change"),
    "width": ("the page gives each chart its width", "leave the line out, or set `height:`"),
    "trendline": ("it needs statsmodels, which is not among the libraries here",
                  "compute the line in `sql:`, with regr_slope and regr_intercept"),
    "trendline_color_override": ("trend lines are not drawn", "leave the line out"),
    "trendline_options": ("trend lines are not drawn", "leave the line out"),
    "trendline_scope": ("trend lines are not drawn", "leave the line out"),
})  # fmt: skip

REFUSED_LAYOUT: Mapping[str, str] = MappingProxyType({  # word of update_layout -> why
    "height": "use the chart's own `height:`",
    "images": "a reader would fetch them from elsewhere",
    "meta": "it holds the title, the alt text and the colours for the dark",
    "sliders": "a picture has no sliders",
    "template": "the look comes from the house style",
    "title": "the title stands above the chart as text: use `title:`",
    "updatemenus": "a picture has no buttons",
    "width": "the page gives each chart its width",
})  # fmt: skip

EXTRA_TRACES = frozenset({"contour", "heatmap", "sankey", "waterfall"})  # seen to be right
TRACES: frozenset[str] = frozenset().union(*(kind.traces for kind in KINDS.values())) | EXTRA_TRACES

ONE_COLUMN = frozenset(
    "x y z r theta a b c x_start x_end base color symbol size text line_group line_dash"
    " pattern_shape facet_row facet_col names values parents ids hover_name"
    f" {_ERRORS}".split()
)
SEVERAL_COLUMNS = frozenset("path dimensions custom_data hover_data".split())

_MARGINALS = ("rug", "box", "violin", "histogram")
_NORMS = ("percent", "probability", "density", "probability density")
CHOICES: Mapping[str, tuple[str | bool, ...]] = MappingProxyType({
    "orientation": ("v", "h"),
    "barmode": ("relative", "group", "overlay", "stack"),
    "barnorm": ("fraction", "percent"),
    "boxmode": ("group", "overlay"),
    "branchvalues": ("remainder", "total"),
    "direction": ("counterclockwise", "clockwise"),
    "ecdfmode": ("standard", "complementary", "reversed"),
    "ecdfnorm": ("probability", "percent"),
    "groupnorm": ("fraction", "percent"),
    "histfunc": ("count", "sum", "avg", "min", "max"),
    "histnorm": _NORMS,
    "line_shape": ("linear", "spline", "hv", "vh", "hvh", "vhv"),
    "marginal": _MARGINALS,
    "marginal_x": _MARGINALS,
    "marginal_y": _MARGINALS,
    "points": ("all", "outliers", "suspectedoutliers", False),
    "stripmode": ("group", "overlay"),
    "violinmode": ("group", "overlay"),
})  # fmt: skip

NUMBERS = frozenset(
    "opacity nbins nbinsx nbinsy size_max hole facet_col_wrap facet_row_spacing facet_col_spacing"
    " color_continuous_midpoint maxdepth start_angle dimensions_max_cardinality".split()
)
SWITCHES = frozenset(
    "markers log_x log_y log_r notched box cumulative lines line_close text_auto".split()
)
PAIRS = frozenset("range_x range_y range_r range_theta range_color".split())
LISTS = frozenset(
    "color_discrete_sequence symbol_sequence line_dash_sequence pattern_shape_sequence".split()
)
MAPPINGS = frozenset(
    "category_orders color_discrete_map symbol_map line_dash_map pattern_shape_map".split()
)
EITHER = frozenset({"color_continuous_scale"})  # a scale's name, or a list of colours
