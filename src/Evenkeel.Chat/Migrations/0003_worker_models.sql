-- How the model endpoints are for each worker, whose breakers are its own: what administrators of a web node are shown. A JSON array of
-- {check, name, model, state, retry_at?, recent_failures, last_error_code?}.
ALTER TABLE workers ADD COLUMN model_endpoints jsonb NOT NULL DEFAULT '[]';
