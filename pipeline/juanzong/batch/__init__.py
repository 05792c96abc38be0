"""Many bundles: here, in processes, on a Ray cluster; one summary."""
