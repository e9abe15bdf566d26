"""The channel layer: agency files become a Dataset (text as delivered, every row addressed) and Rejects."""
