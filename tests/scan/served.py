"""What gunicorn serves while it is scanned: the application, at the hour of the court that it keeps."""

from tests.torture.keeper import standing_clock
from wsgi import app as application

app = standing_clock(application)
