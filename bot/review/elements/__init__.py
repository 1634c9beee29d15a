"""The thirteen elements of the rubric, one module an element or a small family.

Each takes what was read of a note (`passages`) and gives a `Verdict`. No module here looks at headings to decide,
knows of claims, or writes clinical content: a fix is a question.
"""
