"""Mes points permis: a driving-licence points service, from the daily file to the sealed paper."""
