"""How long the program takes beside others that make the same charts or pages: `make bench`."""
