"""Who may see what. A page says what it needs; whoever lacks it is told so kindly.

|                     | owner | branch manager | cashier |
|---------------------|-------|----------------|---------|
| members, a member   | all   | all            | all     |
| overview            | chain | their branch   | no      |
| receipts, a receipt | all   | their branch's | no      |
| programme           | all   | no             | no      |
| webhooks            | all   | no             | no      |

Members are the chain's, since its branches share one balance. Whatever belongs to another merchant is not
there at all (404): nobody learns that it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from wafa.queries.console.staff import staff_of
from wafa.store.models import Branch, Document, Merchant, Role, Staff


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in member of staff, at their merchant."""

    staff: Staff

    @property
    def merchant(self) -> Merchant:
        """Whose programme this is."""
        return self.staff.merchant

    @property
    def merchant_name(self) -> str:
        """The merchant's name in the reader's language."""
        return self.merchant.name(get_language() or "en")

    @property
    def role_name(self) -> str | Promise:
        """What they are there for."""
        return _ROLE_NAMES[self.staff.role]

    @property
    def branch(self) -> Branch | None:
        """The one branch whose receipts they see; None: all of them."""
        return None if self.staff.role == Role.OWNER else self.staff.branch

    @property
    def sees_overview(self) -> bool:
        """Figures are for those who answer for them."""
        return self.staff.role in (Role.OWNER, Role.BRANCH_MANAGER)

    @property
    def sees_receipts(self) -> bool:
        """So are receipts; at the till the paper one is at hand."""
        return self.sees_overview

    @property
    def runs_programme(self) -> bool:
        """What is earned, and by which rules, is for the owner to decide."""
        return bool(self.staff.role == Role.OWNER)

    @property
    def connects_systems(self) -> bool:
        """Who else is told what happens, too."""
        return bool(self.staff.role == Role.OWNER)

    def may_open(self, document: Document) -> bool:
        """A branch manager opens the receipts of their own branch."""
        return self.sees_receipts and (self.branch is None or document.branch_id == self.branch.id)


_ROLE_NAMES: dict[str, str | Promise] = {
    Role.OWNER: _("Owner"),
    Role.BRANCH_MANAGER: _("Branch manager"),
    Role.CASHIER: _("Cashier"),
}

View = Callable[..., HttpResponse]
_NO_PLACE = _("Your account is not assigned to a shop yet. Please ask the owner to add you to the staff.")
NOT_FOR_CASHIERS = _("This page is for the owner and the branch managers. You can look up members at any time.")


NOT_FOR_STAFF = _("This page is for the owner: it decides what everybody earns.")
NOT_FOR_OTHERS = _("This page is for the owner: it decides which other systems are told what happens.")
READING = ("GET", "HEAD")


def anyone(viewer: Viewer) -> bool:
    """A page for all staff."""
    return True


def console_page(
    allows: Callable[[Viewer], bool] = anyone,
    refusal: str | Promise = NOT_FOR_CASHIERS,
    methods: Sequence[str] = READING,
) -> Callable[[View], View]:
    """A page of the console: for staff who are signed in, told in the merchant's time, kept by no cache.

    To be read, unless it says by which other methods it is asked for.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @require_http_methods(list(methods))
        @cache_control(private=True, no_store=True)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            staff = staff_of(request.user)
            if staff is None:
                raise PermissionDenied(_NO_PLACE)
            viewer = Viewer(staff)
            request.viewer = viewer  # type: ignore[attr-defined]  # for the templates, error pages among them
            if not allows(viewer):
                raise PermissionDenied(refusal)
            with timezone.override(viewer.merchant.zone):
                return view(request, viewer, *args, **kwargs)

        return page

    return decorate


def owner_page(*methods: str) -> Callable[[View], View]:
    """A page of the programme; to be read, where no methods are named."""
    return console_page(lambda viewer: viewer.runs_programme, NOT_FOR_STAFF, methods or READING)


def webhook_page(*methods: str) -> Callable[[View], View]:
    """A page of the webhooks; to be read, where no methods are named."""
    return console_page(lambda viewer: viewer.connects_systems, NOT_FOR_OTHERS, methods or READING)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; where only a part of a page was asked for, the whole page is loaded again."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path())
