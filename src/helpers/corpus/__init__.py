"""Many articles: read as a stream, through the same finders on Dask, into Parquet that anybody can question.

    inputs (listing ──► streams ──► batches) ──► running (clusters: Dask) ──► partition ──► tables ──► OUT/part-*/

`runs` knows what a folder was made of, and so whether a run may go on in it; `questions` and `copies` read it back.
Nothing is imported here: `isnad annotate` needs neither Dask nor Arrow.
"""
