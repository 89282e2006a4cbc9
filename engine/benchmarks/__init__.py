"""Measurements: process CPU time and peak memory, each in a fresh process, medians of five, beside a reference."""
