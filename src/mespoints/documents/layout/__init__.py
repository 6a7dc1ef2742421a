"""The sheet of each paper: its content in ready French words, in the order of reading, and nothing left to decide.

The words of the law (labels, reasons, conditions) come in the content; what is written here is only what surrounds them.
"""
