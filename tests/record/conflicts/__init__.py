"""Conflicts between claims."""
