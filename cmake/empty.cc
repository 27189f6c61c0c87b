// Stands in for a folder that holds headers only.
