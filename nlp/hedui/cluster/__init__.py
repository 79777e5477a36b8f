"""Past one machine: the work of `hedui build` as tasks of Dask, written as partitioned Parquet, and loaded from there.

Inputs → partitions → tasks, each of which writes the files of one partition → settling what no partition can know by
itself → a folder of Parquet, of which `load` makes a database. Nothing but this package knows Dask.
"""
