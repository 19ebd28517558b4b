"""Placeholder while the desk is being written."""
