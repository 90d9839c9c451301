"""Which pages there will be, at which addresses, and who uses which chart and dataset."""

from osai_essay.plan.addresses import (
    CHART_FILES,
    GENERATED,
    Address,
    chart_file,
    chart_url,
    dataset_csv,
    dataset_file,
    dataset_url,
    embed_url,
    number_file,
    number_url,
    tag_url,
)
from osai_essay.plan.due import DRAFT, choose, next_due, published
from osai_essay.plan.make import Plan, make_plan

__all__ = [
    "CHART_FILES",
    "DRAFT",
    "GENERATED",
    "Address",
    "Plan",
    "chart_file",
    "chart_url",
    "choose",
    "dataset_csv",
    "dataset_file",
    "dataset_url",
    "embed_url",
    "make_plan",
    "next_due",
    "number_file",
    "number_url",
    "published",
    "tag_url",
]
