"""Tests of the validation on real battles."""
