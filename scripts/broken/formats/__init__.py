"""The broken files of each format; a module that is here is found."""
