"""Many documents into one database: what is there already is skipped, a poisonous one harms no other.

`work` is what is done with one document, wherever it is done: in a worker process of this machine or on a cluster.
"""
