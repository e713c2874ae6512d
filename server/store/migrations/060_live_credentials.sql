-- The database's second opinion (040): no ballot under a spare that is not active, nor under a revoked credential.
CREATE TRIGGER waiting_ballot_under_live_credential BEFORE INSERT ON waiting_ballot
WHEN EXISTS (SELECT 1 FROM register_record r WHERE r.constituency = new.constituency AND r.credential_out = new.credential)
  OR (EXISTS (SELECT 1 FROM board_credential c WHERE c.constituency = new.constituency AND c.credential = new.credential AND c.spare)
      AND NOT EXISTS (SELECT 1 FROM register_record r WHERE r.constituency = new.constituency AND r.credential_in = new.credential))
BEGIN SELECT raise(ABORT, 'that credential is not live'); END;
