"""Documents: PDF files made with Typst, kept with their hash."""
