-- What a client calls a grant, so that the same one is never given twice. Not the entry's own id, whose order is the ledger's.
ALTER TABLE credit_ledger ADD COLUMN grant_id uuid;
CREATE UNIQUE INDEX credit_ledger_grants ON credit_ledger (organization_id, grant_id) WHERE grant_id IS NOT NULL;
