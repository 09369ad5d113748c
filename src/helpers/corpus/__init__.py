"""Many articles: read by the same finders on Dask, into Parquet tables for queries.

    driver:   listing ──► stretches ──► survey (on workers) ──► plan ──► tasks
    workers:  task ──► pieces of files ──► partition ──► tables ──► OUT/part-*/
    driver:   passes over all partitions (repeated_ids) ──► complete

`dask_cluster` has the workers, `killers` finds what they die of. `results_folder` records what a folder was made from, and
so whether a run can be continued in it; `additions`, what was added to it. `questions` and
`repeated_claims` read the tables. Nothing is imported here, since `isnad annotate` needs neither Dask nor Arrow.
"""
