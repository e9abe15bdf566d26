"""Cases: conditions as columns, five bins, ledger, leads, evidence."""
