"""The claims file before it goes out (X12 837P, or a CSV of service lines): read as a stream, its 90853 lines checked.

Nothing in the file is changed, and no part of it is kept. A member's name becomes initials where it is read, and may
stand in no message, log line or error: claim numbers and segment numbers do.
"""
