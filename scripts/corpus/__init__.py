"""A generator of final-account disclosures whose truth is known by construction."""
