"""Checks of a whole site.

At every build: its names (source), the parts of pages that links name (pages). Where it is asked
for: its prose (unbound), its charts (figures), other slips (slips).
"""
