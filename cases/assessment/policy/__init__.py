"""Policy documents: read, refused in sentences, compared."""
