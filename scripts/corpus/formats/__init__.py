"""A document's text as the files that public bodies publish: web pages, Word documents, PDFs."""
