"""Files with mutations that know their structure: what a reader meets when something went wrong on the way."""
