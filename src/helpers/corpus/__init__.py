"""Many articles: read as a stream, through the same finders on Dask, into Parquet that anybody can question.

    inputs (listing ──► article_stream ──► batches) ──► driver (dask_cluster) ──► partition ──► tables ──► OUT/part-*/

`results_folder` knows what a folder was made of, and so whether a run may go on in it; `questions` and `repeated_claims`
read it back.
Nothing is imported here: `isnad annotate` needs neither Dask nor Arrow.
"""
