"""Changes of the tables, one numbered file each in `versions`; how one is made stands in CONTRIBUTING.md."""
