-- Compiling a plan takes longer than running it: every question here reads few rows by an index, however many the planner expects at worst.
-- It is a setting of the database, which its owner alone may change; without it a rare search takes a tenth of a second longer.
DO $$ BEGIN
    IF pg_has_role(current_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'USAGE') THEN
        EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
    ELSE
        RAISE NOTICE 'the database''s owner should run: ALTER DATABASE % SET jit = off', quote_ident(current_database());
    END IF;
END $$;
