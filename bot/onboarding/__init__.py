"""The course: modules and drills from `knowledge/course`, how far each person is, what comes back, the certificate.

Knows no Slack and no model. No drill's answer is decided here: the review and the answers of the real engine decide.
"""
