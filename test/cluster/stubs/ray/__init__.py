"""Stands in for Ray where it is not installed: as much as cluster/examples/ray_train.py uses."""
