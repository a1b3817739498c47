-- Whoever runs the server imports at its command line without an account.
ALTER TABLE catalogue_imports ALTER COLUMN user_id DROP NOT NULL;
