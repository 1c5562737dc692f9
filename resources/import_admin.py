"""Importing works in the admin: upload → dry run → result. Nothing is written before the last step."""

from datetime import datetime

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.models import Revision
from publishing.workflow import may_publish
from resources.formats import FORMATS
from resources.formats.reading import Fault, Reading
from resources.import_forms import FIELD_OF_ROW, UploadForm, choices_for, choices_in
from resources.importing import describing
from resources.importing.applying import Refused, apply, one_at_a_time
from resources.importing.kept import keep, kept_at
from resources.importing.planning import make_plan

ROWS_MAX = 2_000  # of one import in a browser, which waits for the answer; the command takes more
SALT = "resources.import_admin.result"
NOTE = "Imported from %s"

GROUPS = (
    ("fault", _("Rows with faults")),
    ("unsure", _("Perhaps known already: please choose")),
    ("update", _("Works that change")),
    ("new", _("New works")),
    ("skip", _("Skipped")),
    ("same", _("Known already, nothing changes")),
)


class ImportViews:
    """Part of the admin of publications."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        return [
            path("import/", wrap(self.import_view), name=name),
            path("import/done/<str:reference>/", wrap(self.import_done_view), name=f"{name}_done"),
            path("import/<str:reference>/", wrap(self.import_plan_view), name=f"{name}_plan"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        context = {"may_import": self.has_import_permission(request)} | (extra_context or {})
        return super().changelist_view(request, context)

    def import_view(self, request):
        """The upload."""
        self._require_import(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            kept = keep(form.cleaned_data["file"], form.cleaned_data["format"])
            return HttpResponseRedirect(self.url_for("import_plan", kept.reference(request.user)))
        return self._import_page(request, "import.html", form=form)

    def import_plan_view(self, request, reference):
        """The dry run, and the step that writes what it shows."""
        self._require_import(request)
        kept = kept_at(reference, request.user)
        if kept is None:
            messages.warning(request, _("The file is no longer here. Choose it once more."))
            return HttpResponseRedirect(self.url_for("import"))
        if request.method == "POST":
            return self._import(request, kept, reference)
        return self._plan_page(request, kept, make_plan(_reading_of(kept)))

    def _import(self, request, kept, reference):
        """Import what the person has seen; where the plan is another one by now, show that first."""
        note = NOTE % kept.name
        started = timezone.now()
        try:
            with one_at_a_time():
                plan = make_plan(_reading_of(kept), choices_in(request.POST))
                if plan.fingerprint != request.POST.get("fingerprint"):
                    messages.warning(
                        request, _("Nothing was imported yet: this differs from what you saw. Look again.")
                    )
                    return self._plan_page(request, kept, plan)
                result = apply(
                    _allowed(plan, request.user),
                    by=request.user,
                    note=note,
                    with_publishing=self._is_to_publish(request),
                )
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(self.url_for("import_plan", reference))
        facts = [note, started.isoformat(), timezone.now().isoformat(), result.made, result.updated, result.published]
        return HttpResponseRedirect(self.url_for("import_done", signing.dumps(facts, salt=SALT, compress=True)))

    def import_done_view(self, request, reference):
        """What came of an import: the works, with links to them."""
        self._require_import(request)
        try:
            note, started, ended, made, updated, published = signing.loads(reference, salt=SALT)
        except signing.BadSignature:
            raise Http404 from None
        moments = [datetime.fromisoformat(started), datetime.fromisoformat(ended)]
        saved = Revision.objects.of_existing([self.model]).filter(
            author=request.user, note=note, created_at__range=moments
        )
        numbers = {"made": made, "updated": updated, "published": published}
        return self._import_page(request, "import_done.html", revisions=saved.order_by("pk").defer("data"), **numbers)

    def _require_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _is_to_publish(self, request):
        if "publish" in request.POST and not may_publish(request.user, self.model):
            raise PermissionDenied
        return "publish" in request.POST

    def _plan_page(self, request, kept, plan):
        return self._import_page(
            request,
            "import_plan.html",
            file_name=kept.name,
            format=FORMATS[kept.format].label,
            plan=plan,
            totals=describing.totals(plan),
            groups=_groups(plan),
            field=FIELD_OF_ROW,
            may_publish=may_publish(request.user, self.model),
        )

    def _import_page(self, request, name, **context):
        context |= self.admin_site.each_context(request) | {"title": _("Import publications"), "opts": self.opts}
        return TemplateResponse(request, f"admin/resources/{name}", context)


def _reading_of(kept):
    with kept.open() as file:
        reading = FORMATS[kept.format].read(file)
    if len(reading.rows) <= ROWS_MAX:
        return reading
    sentence = gettext("The file holds %(number)s records; at most %(most)s can be imported here at once. Split it.")
    return Reading(faults=(Fault(sentence % {"number": f"{len(reading.rows):,}", "most": f"{ROWS_MAX:,}"}),))


def _allowed(plan, user):
    """The plan, if the person may add the people and organizations that it needs; else raises Refused."""
    for record in plan.made:
        opts = record._meta
        if not user.has_perm(f"{opts.app_label}.add_{opts.model_name}"):
            sentence = gettext("The file names new %(kind)s, which you may not add. Nothing was imported.")
            raise Refused(sentence % {"kind": opts.verbose_name_plural})
    return plan


def _groups(plan):
    """The rows under headings, those that need a person first; each with the choices that it offers."""
    rows = {name: [] for name, _heading in GROUPS}
    for row in plan.rows:
        name = "unsure" if row.is_unsure and not row.faults else row.outcome
        rows[name].append((row, choices_for(row)))
    return [{"name": name, "heading": heading, "rows": rows[name]} for name, heading in GROUPS if rows[name]]
