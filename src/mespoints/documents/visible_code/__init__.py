"""The visible code (cachet électronique visible, 2D-Doc) of licence papers: written, sealed, drawn, read, verified offline.

Source: 2D-Doc technical specification 3.2.6 (24 March 2023), C40 form, types A1, AA and AB. How to use it: ``docs/2d-doc.md``.
Not here: the binary form, messages split over several symbols, the signed XML list of authorities (a trust file stands for it).
"""
