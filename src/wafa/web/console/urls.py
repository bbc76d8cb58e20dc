"""The console's addresses."""

from django.urls import path

from wafa.web.console.views import member, members, overview, receipt, receipts
from wafa.web.console.views.programme import changing, rule, trying, version, versions
from wafa.web.console.views.webhooks import again, endpoint, endpoints
from wafa.web.console.views.webhooks import changing as webhook

app_name = "console"

urlpatterns = [
    path("", overview.home, name="home"),
    path("overview/", overview.overview, name="overview"),
    path("members/", members.member_list, name="members"),
    path("members/<uuid:member_id>/", member.member_page, name="member"),
    path("receipts/", receipts.receipt_list, name="receipts"),
    path("receipts/<uuid:document_id>/", receipt.receipt_page, name="receipt"),
    path("programme/", versions.version_list, name="programme"),
    path("programme/new/", versions.new_draft, name="new_draft"),
    path("programme/<int:number>/", version.version_page, name="version"),
    path("programme/<int:number>/json/", changing.save_json, name="version_json"),
    path("programme/<int:number>/publish/", changing.publish, name="publish"),
    path("programme/<int:number>/discard/", changing.discard, name="discard"),
    path("programme/<int:number>/rules/new/", rule.rule_page, name="new_rule"),
    path("programme/<int:number>/rules/new/sentence/", rule.rule_sentence, name="new_rule_sentence"),
    path("programme/<int:number>/rules/<int:index>/", rule.rule_page, name="rule"),
    path("programme/<int:number>/rules/<int:index>/sentence/", rule.rule_sentence, name="rule_sentence"),
    path("programme/<int:number>/rules/<int:index>/remove/", changing.remove_rule, name="remove_rule"),
    path("programme/<int:number>/try/", trying.try_page, name="try"),
    path("programme/<int:number>/last/", trying.last_page, name="try_last"),
    path("webhooks/", endpoints.endpoint_list, name="webhooks"),
    path("webhooks/add/", endpoints.add, name="add_webhook"),
    path("webhooks/<uuid:endpoint_id>/", endpoint.endpoint_page, name="webhook"),
    path("webhooks/<uuid:endpoint_id>/change/", webhook.change, name="change_webhook"),
    path("webhooks/<uuid:endpoint_id>/switch/", webhook.switch, name="switch_webhook"),
    path("webhooks/<uuid:endpoint_id>/secret/", webhook.rotate, name="rotate_webhook"),
    path("webhooks/<uuid:endpoint_id>/remove/", webhook.remove, name="remove_webhook"),
    path("webhooks/<uuid:endpoint_id>/again/", again.between, name="replay_between"),
    path("webhooks/<uuid:endpoint_id>/again/failed/", again.failed, name="replay_failed"),
    path("webhooks/<uuid:endpoint_id>/again/<uuid:event_id>/", again.one, name="replay_event"),
]
