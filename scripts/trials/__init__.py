"""Trials of `hedui build`: what it is worth under load, killed, and poisoned."""
