"""Files with mutations that know their structure, and what is tried with them: for fuzz.py and fuzz_guided.py."""
