"""The command line of what learns: `vivavoce train` and `vivavoce stage`."""
