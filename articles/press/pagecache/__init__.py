"""The page cache: a page is drawn once for all its readers, and kept until the paper turns.

`keeping`  what a view says of a page that may be kept
`watch`    which numbers (models.turns) are in force, known to each process without asking on a reader's request
`page`     one kept page, and whether it is current
`shelves`  where pages are kept: in this process, and in one place for all processes
`answers`  what the application said, and how a kept page is sent
`layer`    the WSGI layer that answers before Django has heard of the request
"""
