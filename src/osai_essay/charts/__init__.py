"""Charts: reading their files, making figures, drawing pictures, writing tables."""
