"""The values that pass from stage to stage. They read nothing and write nothing."""

from osai_essay.model.charts import (
    Annotation,
    Chart,
    ChartSpec,
    Picture,
    ReferenceLine,
)
from osai_essay.model.data import (
    Cell,
    Column,
    Dataset,
    Licence,
    Source,
    Table,
)
from osai_essay.model.memo import NO_MEMO, Memo
from osai_essay.model.numbers import (
    Bound,
    Claim,
    Number,
    NumberSpec,
    seen_from,
)
from osai_essay.model.output import (
    Content,
    Heading,
    Later,
    LinkUse,
    OutputFile,
    Prose,
    Resolved,
    Slot,
)
from osai_essay.model.site import (
    CardImage,
    Config,
    Correction,
    Entity,
    Essay,
    NavItem,
    Site,
    StaticFile,
)
from osai_essay.model.texts import (
    ClaimSpec,
    Formula,
    Moment,
    Text,
    Use,
)
from osai_essay.model.units import Unit

__all__ = [
    "NO_MEMO",
    "Annotation",
    "Bound",
    "CardImage",
    "Cell",
    "Chart",
    "ChartSpec",
    "Claim",
    "ClaimSpec",
    "Column",
    "Config",
    "Content",
    "Correction",
    "Dataset",
    "Entity",
    "Essay",
    "Formula",
    "Heading",
    "Later",
    "Licence",
    "LinkUse",
    "Memo",
    "Moment",
    "NavItem",
    "Number",
    "NumberSpec",
    "OutputFile",
    "Picture",
    "Prose",
    "ReferenceLine",
    "Resolved",
    "Site",
    "Slot",
    "Source",
    "StaticFile",
    "Table",
    "Text",
    "Unit",
    "Use",
    "seen_from",
]
