"""The built pages, judged in browsers: by people's means of reading them, and by validators.

What a check finds it gives as a list of lines, so that it can be run over any built folder:
``ONTHERECORD_HTML=_build/html pytest tests/browser/test_every_page.py``.
"""
