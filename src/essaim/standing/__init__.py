"""Dated conclusions about members, written by projectors, read by all."""
