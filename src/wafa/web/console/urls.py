"""The console's addresses."""

from django.urls import path

from wafa.web.console.views import member, members, overview, receipt, receipts

app_name = "console"

urlpatterns = [
    path("", overview.home, name="home"),
    path("overview/", overview.overview, name="overview"),
    path("members/", members.member_list, name="members"),
    path("members/<uuid:member_id>/", member.member_page, name="member"),
    path("receipts/", receipts.receipt_list, name="receipts"),
    path("receipts/<uuid:document_id>/", receipt.receipt_page, name="receipt"),
]
