-- So that an inbox is not flooded: a challenge may be answered with the code that was mailed for an earlier one of the same number.
ALTER TABLE sign_in_challenge ADD COLUMN code_of TEXT; -- id of that challenge; NULL: it has a code of its own
CREATE INDEX sign_in_challenge_mailed ON sign_in_challenge (number, created) WHERE code_hash IS NOT NULL AND code_of IS NULL;
