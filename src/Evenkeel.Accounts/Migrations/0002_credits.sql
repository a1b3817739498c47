-- Credits of an organization, in thousandths. The ledger is the truth and is only ever appended to; the account is its running total.
-- Whatever of the ledger is marked as metered changed the balance: balance = sum(amount) of those, always. Usage under an unmetered
-- plan is recorded the same way and costs nothing, so it takes no lock that all turns of the organization would wait for.

CREATE TABLE credit_accounts (
    organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    plan            text,                       -- NULL: the default plan of the settings
    is_metered      boolean NOT NULL,           -- of that plan, as last told by a server's settings
    balance         bigint NOT NULL DEFAULT 0,  -- may fall below 0 when an answer costs more than was held
    held            bigint NOT NULL DEFAULT 0,  -- by turns that have not ended; already taken off the balance
    allowance_month date,                       -- month (UTC) of the newest refill
    allowance_given bigint NOT NULL DEFAULT 0,  -- allowance of that month: a change of plan adds only what it gives more
    opened_at       timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
CALL enable_tenancy('credit_accounts');

CREATE TABLE credit_ledger (
    organization_id uuid NOT NULL,
    id              uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('hold', 'settle', 'release', 'grant', 'refill', 'plan')),
    amount          bigint NOT NULL,            -- positive: given
    is_metered      boolean NOT NULL,           -- it changed the balance
    turn_id         uuid,
    conversation_id uuid,
    price           bigint,                     -- settle: what the turn cost in the end
    model           text,
    input_tokens    integer,
    output_tokens   integer,
    note            text,
    actor           uuid,                       -- who granted, or chose the plan
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, id),
    CHECK ((kind IN ('hold', 'settle', 'release')) = (turn_id IS NOT NULL))
);
-- A turn is held once and ends once, whoever calls how often.
CREATE UNIQUE INDEX credit_ledger_holds ON credit_ledger (turn_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX credit_ledger_ends ON credit_ledger (turn_id) WHERE kind IN ('settle', 'release');
CALL enable_tenancy('credit_ledger');

-- For everybody, the tables' owner included.
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the credit ledger is only appended to' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON credit_ledger
    FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON credit_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- UUIDv7, as everywhere: the entries of an organization lie and are listed in the order they were made.
CREATE FUNCTION credit_entry_id() RETURNS uuid LANGUAGE sql VOLATILE
    RETURN encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid;

-- The three functions of a turn. They run in the caller's transaction and scope, lock nothing but the account of a metered organization,
-- and lock it last: call them after the conversation's row is locked.

-- Sets amount aside for a turn. Returns what was set aside; 0 where this turn's hold exists already.
-- EK003: the organization's balance does not reach; the caller's transaction must end.
CREATE FUNCTION credit_hold(organization uuid, turn uuid, conversation uuid, amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    metered boolean;
    available bigint;
BEGIN
    IF amount < 0 THEN
        RAISE EXCEPTION 'a hold cannot be negative' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    -- An organization without an account is one that an older version of the program has just made: not metered until it is opened.
    SELECT a.is_metered INTO metered FROM credit_accounts a WHERE a.organization_id = organization;
    IF metered THEN
        SELECT a.is_metered, a.balance INTO metered, available
        FROM credit_accounts a WHERE a.organization_id = organization FOR NO KEY UPDATE;
    END IF;

    INSERT INTO credit_ledger (organization_id, id, kind, amount, is_metered, turn_id, conversation_id)
    VALUES (organization, credit_entry_id(), 'hold', -credit_hold.amount, coalesce(metered, false), turn, conversation)
    ON CONFLICT (turn_id) WHERE kind = 'hold' DO NOTHING;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;

    IF metered THEN
        IF available < amount THEN
            RAISE EXCEPTION 'not enough credits' USING ERRCODE = 'EK003';
        END IF;
        UPDATE credit_accounts a SET balance = a.balance - credit_hold.amount, held = a.held + credit_hold.amount WHERE a.organization_id = organization;
    END IF;
    RETURN amount;
END
$$;

-- Ends a turn's hold. price NULL: nothing is charged.
CREATE FUNCTION credit_end(organization uuid, turn uuid, price bigint, model text, input_tokens integer, output_tokens integer)
    RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    given bigint;
    metered boolean;
    charged bigint := coalesce(price, 0);
BEGIN
    IF charged < 0 THEN
        RAISE EXCEPTION 'a price cannot be negative' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    INSERT INTO credit_ledger (
        organization_id, id, kind, amount, is_metered, turn_id, conversation_id, price, model, input_tokens, output_tokens)
    SELECT h.organization_id, credit_entry_id(), CASE WHEN credit_end.price IS NULL THEN 'release' ELSE 'settle' END, -h.amount - charged, h.is_metered,
           h.turn_id, h.conversation_id, credit_end.price, credit_end.model, credit_end.input_tokens, credit_end.output_tokens
    FROM credit_ledger h WHERE h.organization_id = organization AND h.turn_id = turn AND h.kind = 'hold'
    ON CONFLICT (turn_id) WHERE kind IN ('settle', 'release') DO NOTHING
    RETURNING credit_ledger.amount, credit_ledger.is_metered INTO given, metered;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;

    -- As it was held: a change of plan in between neither gives nor takes.
    IF metered THEN
        UPDATE credit_accounts a SET balance = a.balance + given, held = a.held - given - charged WHERE a.organization_id = organization;
    END IF;
    RETURN CASE WHEN price IS NULL THEN given ELSE charged END;
END
$$;

-- The turn succeeded: its hold becomes its price. Returns the price; 0 where the turn has no hold or its hold has ended.
CREATE FUNCTION credit_settle(organization uuid, turn uuid, price bigint, model text, input_tokens integer, output_tokens integer)
    RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN credit_end(organization, turn, coalesce(price, 0), model, input_tokens, output_tokens);
END
$$;

-- The turn ended in any other way: its hold is given back. Returns what was given; 0 where the turn has no hold or its hold has ended.
CREATE FUNCTION credit_release(organization uuid, turn uuid) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN credit_end(organization, turn, NULL, NULL, NULL, NULL);
END
$$;

-- Fills the balance up to the plan's monthly allowance, once a month; what was granted beyond it stays. A greater allowance within the
-- month (another plan) adds the difference, once. Returns what was given.
CREATE FUNCTION credit_refill(organization uuid, month date, allowance bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    account credit_accounts;
    given bigint;
BEGIN
    SELECT * INTO account FROM credit_accounts a WHERE a.organization_id = organization FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT account.is_metered OR month < account.allowance_month THEN
        RETURN 0;
    END IF;

    IF month = account.allowance_month THEN
        given := greatest(0, allowance - account.allowance_given);
    ELSE
        given := greatest(0, allowance - account.balance - account.held);
        account.allowance_given := 0;
    END IF;

    UPDATE credit_accounts a
    SET balance = a.balance + given, allowance_month = month, allowance_given = greatest(allowance, account.allowance_given)
    WHERE a.organization_id = organization;
    IF given > 0 THEN
        INSERT INTO credit_ledger (organization_id, id, kind, amount, is_metered, note)
        VALUES (organization, credit_entry_id(), 'refill', given, true, to_char(month, 'YYYY-MM'));
    END IF;
    RETURN given;
END
$$;

-- Servers open the accounts of new organizations; these exist already. Their plan is the default one, unmetered until settings say otherwise.
SELECT set_config('evenkeel.scope', 'system', true);
INSERT INTO credit_accounts (organization_id, is_metered) SELECT id, false FROM organizations;
SELECT set_config('evenkeel.scope', '', true);
