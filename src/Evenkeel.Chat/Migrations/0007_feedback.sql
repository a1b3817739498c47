-- The few answers that people said something of, found by their turns. Writing an answer only looks whether it is one.
CREATE INDEX messages_with_feedback ON messages (organization_id, turn_id) WHERE meta ? 'feedback';
