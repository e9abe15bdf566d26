"""Identifiers: citizen and organisation numbers, permits, certificates, parcels, documents, divisions; one module each."""
