"""Published faults of what the portal runs on: in which version each is mended, and when that was looked up.

Nothing here looks for new ones. Look again with every change of requirements.txt, in issues, advisories and release
notes of each package, and write the day down. What could be searched on 2026-11-27 ended in September 2026, as far as
could be seen: what was published after that is not known here.
"""

# The first version without the faults that were found, and when it was looked up.
FLOORS = {
    "aiohttp": ("3.14.3", "2026-11-27"),  # CVE-2026-69244, and twenty of this year before it
    "authlib": ("1.7.2", "2026-11-27"),  # CVE-2026-41425, CVE-2026-44681
    "babel": ("2.9.1", "2026-11-27"),  # CVE-2021-42771
    "brotli": ("1.2.0", "2026-11-23"),  # CVE-2025-6176: decompression bomb
    "certifi": ("2024.7.4", "2026-11-23"),  # CVE-2024-39689
    "cryptography": ("50.0.0", "2026-11-27"),  # CVE-2026-69247; 49.0.0: CVE-2026-69248, CVE-2026-69249
    "django": (
        "5.2.19",
        "2026-11-23",
    ),  # the newest found on 2026-11-27 is CVE-2026-15920 and its kin, in 5.2.17
    "django-storages": ("1.7", "2026-11-27"),  # files in a bucket were public by default
    "fonttools": ("4.60.2", "2026-11-23"),  # CVE-2025-66034
    "gunicorn": ("23.0.0", "2026-11-27"),  # CVE-2024-6827: request smuggling
    "idna": ("3.7", "2026-11-23"),  # CVE-2024-3651
    "joserfc": ("1.7.4", "2026-11-27"),  # CVE-2026-48990, CVE-2026-49852
    "lxml": ("6.1.3", "2026-11-27"),  # CVE-2026-49825; 6.1.0: CVE-2026-41066
    "pillow": ("12.3.0", "2026-11-27"),  # PYSEC-2026-2253 and its kin, CVE-2026-55379
    "pip": ("26.2", "2026-11-27"),  # PYSEC-2026-3721; 26.1.2: CVE-2026-8643
    "pydantic": ("2.4.0", "2026-11-27"),  # CVE-2024-3772
    "pyhanko": ("0.38.0", "2026-11-23"),  # on 2026-11-27 no advisory was found
    "pypdf": ("6.16.1", "2026-11-27"),  # CVE-2026-84309, CVE-2026-84310, CVE-2026-84311
    "reportlab": ("3.6.13", "2026-11-27"),  # CVE-2023-33733: code execution
    "requests": ("2.33.0", "2026-11-27"),  # CVE-2026-25645
    "setuptools": ("83.0.0", "2026-11-27"),  # PYSEC-2026-3447
    "sqlparse": ("0.5.4", "2026-11-23"),
    "urllib3": ("2.7.0", "2026-11-27"),  # CVE-2026-44431, CVE-2026-44432
    "weasyprint": ("70.0", "2026-11-27"),  # CVE-2026-55073; its fetcher can be closed entirely
}
# Of these no published fault of their own was found, and when it was looked up. psycopg brings a libpq, whose faults
# are not told by its version.
NONE_FOUND = {
    "anyascii": "2026-11-27",
    "django-axes": "2026-11-27",
    "django-csp": "2026-11-27",
    "django-htmx": "2026-11-27",
    "django-q2": "2026-11-27",
    "psycopg": "2026-11-27",
    "python-stdnum": "2026-11-27",
    "rapidfuzz": "2026-11-27",
    "whitenoise": "2026-11-27",
}
