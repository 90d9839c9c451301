"""data/datapackage.yaml and the data files: Datasets, and their rows as Frames."""

from osai_essay.data.derive import derive_order, frame_from_table
from osai_essay.data.frame import Frame
from osai_essay.data.frames import read_frame, read_rows
from osai_essay.data.infer import infer_columns
from osai_essay.data.package import read_package
from osai_essay.data.references import check_references

__all__ = [
    "Frame",
    "check_references",
    "derive_order",
    "frame_from_table",
    "infer_columns",
    "read_frame",
    "read_package",
    "read_rows",
]
