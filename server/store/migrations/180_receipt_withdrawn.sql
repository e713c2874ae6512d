-- A receipt that was recorded by hand and was wrong: taken back with a reason. The record itself stands.
CREATE TABLE notice_receipt_withdrawal (
    receipt      INTEGER PRIMARY KEY REFERENCES notice_receipt (id),
    reason       TEXT NOT NULL CHECK (reason <> ''),
    withdrawn_at INTEGER NOT NULL, -- ballot clock
    withdrawn_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER notice_receipt_withdrawal_stands BEFORE UPDATE ON notice_receipt_withdrawal BEGIN SELECT raise(ABORT, 'a withdrawal stands'); END;
CREATE TRIGGER notice_receipt_withdrawal_stays BEFORE DELETE ON notice_receipt_withdrawal BEGIN SELECT raise(ABORT, 'a withdrawal stands'); END;
