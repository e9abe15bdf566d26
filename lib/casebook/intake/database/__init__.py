"""Tables of databases → snapshot files that are read like delivered ones."""
