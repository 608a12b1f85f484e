import os

from django.core.wsgi import get_wsgi_application

from amlportal import before_fork
from amlportal.content_types import ContentTypeWithoutCharset
from amlportal.request_bodies import WholeBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amlportal.settings")

application = ContentTypeWithoutCharset(WholeBodies(get_wsgi_application()))
before_fork.load()
