"""Branches and their groups; items and their categories: what rules know of the shop, kept as another system says."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from wafa.operations.group_branches import group_branches
from wafa.operations.keep_branch import keep_branch
from wafa.operations.keep_catalogue import (
    CategoryCircleError,
    CategoryRow,
    CategoryUnknownError,
    ItemRow,
    upsert_categories,
    upsert_items,
)
from wafa.store.models import Branch, Category, Item, Scope
from wafa.web.api import shapes, shapes_shop
from wafa.web.api.access import Needs, caller_of
from wafa.web.api.answers import as_json
from wafa.web.api.bodies import Tags
from wafa.web.api.fields import Body, Code, Description, MaybeCode
from wafa.web.api.problems import ProblemError

router = Router(tags=["shop"])
READS, WRITES = Needs(Scope.PROGRAMME_READ), Needs(Scope.PROGRAMME_WRITE, chain_wide=True)
BATCH_MOST = 1000


class BranchIn(Body):
    """A branch as it shall be."""

    name: Annotated[Description, Field(min_length=1, max_length=120)]
    groups: Tags = []


class ItemIn(Body):
    """An item as it shall be; `category` by code, empty for none."""

    code: Code
    name: Description = ""
    category: MaybeCode = ""
    brand: MaybeCode = ""
    supplier: MaybeCode = ""
    tags: Tags = []


class CategoryIn(Body):
    """A category as it shall be; `parent` is the code of the one that it lies in, empty for none."""

    code: Code
    name: Annotated[Description, Field(max_length=120)] = ""
    parent: MaybeCode = ""


class ItemsIn(Body):
    """Items, by their codes."""

    items: Annotated[list[ItemIn], Field(min_length=1, max_length=BATCH_MOST)]


class CategoriesIn(Body):
    """Categories, by their codes; parents may come with their children, in any order."""

    categories: Annotated[list[CategoryIn], Field(min_length=1, max_length=BATCH_MOST)]


class Page(Body):
    """How many, and where to go on."""

    limit: Annotated[int, Field(strict=False, ge=1, le=1000)] = 200
    cursor: MaybeCode = Field("", description="`next` of the page before.")


@router.get("/branches", auth=READS, response=shapes.read(shapes_shop.Branches), summary="All branches")
def list_branches(request: HttpRequest) -> HttpResponse:
    """By their codes."""
    rows = Branch.objects.of(caller_of(request).merchant).order_by("code")
    return as_json({"branches": [_branch(row) for row in rows]})


@router.put("/branches/{code}", auth=WRITES, response=shapes.read(shapes_shop.BranchOut), summary="Keep a branch")
def put_branch(request: HttpRequest, code: str, body: BranchIn) -> HttpResponse:
    """Opened where there is none by this code. Receipts of before keep the groups that it was in then."""
    caller = caller_of(request)
    if not 0 < len(code) <= 60 or "\0" in code:
        raise ProblemError(404, "not_found")
    keep_branch(caller.merchant.id, code, body.name)
    group_branches(caller.merchant.id, {code: body.groups})
    return as_json(_branch(Branch.objects.of(caller.merchant).get(code=code)))


@router.get("/items", auth=READS, response=shapes.read(shapes_shop.Items), summary="Items, page by page")
def list_items(request: HttpRequest, wanted: Query[Page]) -> HttpResponse:
    """By their codes."""
    everything = Item.objects.of(caller_of(request).merchant).select_related("category").order_by("code")
    rows = list(everything.filter(code__gt=wanted.cursor)[: wanted.limit + 1])
    page = rows[: wanted.limit]
    return as_json({"items": [_item(row) for row in page], "next": page[-1].code if len(rows) > len(page) else ""})


@router.put("/items:batch", auth=WRITES, response=shapes.read(shapes_shop.Kept), summary="Keep up to 1,000 items")
def put_items(request: HttpRequest, body: ItemsIn) -> HttpResponse:
    """All of them or none. What was sold before keeps what rules read of it then."""
    rows = [
        ItemRow(each.code, each.name, each.category, each.brand, each.supplier, tuple(each.tags)) for each in body.items
    ]
    try:
        upsert_items(caller_of(request).merchant.id, rows)
    except CategoryUnknownError as error:
        raise ProblemError(422, "category_unknown", path="items", detail={"category": error.codes[0]}) from None
    return as_json({"kept": len({row.code for row in rows})})


@router.get("/categories", auth=READS, response=shapes.read(shapes_shop.Categories), summary="All categories")
def list_categories(request: HttpRequest) -> HttpResponse:
    """By their codes."""
    rows = Category.objects.of(caller_of(request).merchant).select_related("parent").order_by("code")
    return as_json(
        {
            "categories": [
                {"code": row.code, "name": row.name, "parent": row.parent.code if row.parent else ""} for row in rows
            ]
        }
    )


@router.put(
    "/categories:batch", auth=WRITES, response=shapes.read(shapes_shop.Kept), summary="Keep up to 1,000 categories"
)
def put_categories(request: HttpRequest, body: CategoriesIn) -> HttpResponse:
    """All of them or none."""
    rows = [CategoryRow(each.code, each.name, each.parent) for each in body.categories]
    try:
        upsert_categories(caller_of(request).merchant.id, rows)
    except CategoryUnknownError as error:
        raise ProblemError(422, "category_unknown", path="categories", detail={"category": error.codes[0]}) from None
    except CategoryCircleError as error:
        raise ProblemError(422, "category_circle", path="categories", detail={"category": error.codes[0]}) from None
    return as_json({"kept": len({row.code for row in rows})})


def _branch(row: Branch) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "groups": row.groups}


def _item(row: Item) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "category": row.category.code if row.category else "",
        "brand": row.brand,
        "supplier": row.supplier,
        "tags": row.tags,
    }
