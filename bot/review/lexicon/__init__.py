"""Cue phrases: the words that clinicians use, kept as data in knowledge/lexicon and looked up by name.

What a phrase means for a verdict is not decided here but in the elements.
"""
