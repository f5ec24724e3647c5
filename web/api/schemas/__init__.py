"""What goes in and comes out, per resource; the document of the interface shows it."""
