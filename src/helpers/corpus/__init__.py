"""Many articles: read as a stream, by the same finders on Dask, into Parquet tables for queries.

    inputs (listing ──► article_stream ──► batches) ──► driver (dask_cluster) ──► partition ──► tables ──► OUT/part-*/

`results_folder` records what a folder was made from, and so whether a run can be continued in it. `questions` and
`repeated_claims` read the tables. Nothing is imported here, since `isnad annotate` needs neither Dask nor Arrow.
"""
