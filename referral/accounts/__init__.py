"""Who coordinates, and by which rules they sign in: roles and rights, passwords, codes, sessions, delays.

All pure: days, seconds and secrets are handed in. What is stored is in ``referral.store``.
"""
