from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Publications")

    def ready(self):
        from feedback import register_place, register_subject
        from links import register_source
        from publishing import hooks, preview, retention, stored_files
        from publishing.checks.links import register_path_check
        from resources.addresses import VIEWS, answering_paths, outward_addresses, subject_at
        from resources.exports import links_of_search
        from resources.file_store import delete_unused, files_of_works, unused_in_words
        from resources.importing import kept
        from resources.models import DeletedWork, Publication
        from resources.searching import FACETS, document_of, read_identifiers
        from resources.views.records import show_publication
        from search import register, register_facet, register_identifier_reader, register_taking_along

        register_source(outward_addresses)
        retention.register(kept.forget_old, kept.kept_in_words)
        retention.register(delete_unused, unused_in_words)
        stored_files.register(files_of_works)
        stored_files.register_temporary("private", kept.FOLDER)
        hooks.on_delete(DeletedWork.remember)
        preview.register(Publication, show_publication)
        register_subject(subject_at)
        register_place("resources:publication_list", _("Publications"))
        register_path_check(answering_paths, views=VIEWS)
        register(Publication, document_of)
        register_identifier_reader(read_identifiers)
        register_taking_along(Publication, links_of_search)
        for facet in FACETS:
            register_facet(facet)
