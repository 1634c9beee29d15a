"""The whole report of a review as a file to keep: PDF, Word or CSV, made in memory and stored nowhere by us.

One content (`content.py`) is laid out three times. Nothing is judged here, and no word is added to what was judged.
"""
