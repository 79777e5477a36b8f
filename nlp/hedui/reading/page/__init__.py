"""A printed page, be it of a PDF or a picture: what it shows → lines and tables → text."""
