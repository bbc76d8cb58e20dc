"""What the database itself refuses, whoever asks: rows that are for ever, postings that do not add up."""

from django.db import migrations

FUNCTIONS = migrations.RunSQL(
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;

    CREATE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM added GROUP BY merchant_id, entry_id
            HAVING sum(points) <> 0 OR sum(points) FILTER (WHERE account IN ('qualifying', 'qualified')) <> 0
        ) THEN
            RAISE EXCEPTION 'the postings of an entry must add up to zero'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$;

    CREATE FUNCTION refuse_change_of_live_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft'
            OR (NEW.id, NEW.merchant_id, NEW.number, NEW.starts_at, NEW.body)
               IS DISTINCT FROM (OLD.id, OLD.merchant_id, OLD.number, OLD.starts_at, OLD.body)) THEN
            RAISE EXCEPTION 'a live programme version is immutable: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;

    CREATE TRIGGER balanced AFTER INSERT ON posting REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced();
    CREATE TRIGGER live_is_immutable BEFORE UPDATE OR DELETE ON programme_version
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_live_version();
    CREATE TRIGGER live_stays BEFORE TRUNCATE ON programme_version
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    """,
    migrations.RunSQL.noop,
)


def append_only(table: str) -> migrations.RunSQL:
    """Rows that are never changed and never go."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        migrations.RunSQL.noop,
    )


def append_only_but_for(table: str, *projections: str) -> migrations.RunSQL:
    """Rows that never go, and of which nothing changes but these projections of the ledger."""
    movable = ", ".join(f"'{column}'" for column in projections)
    return migrations.RunSQL(
        f"""
        DO $$ BEGIN
            EXECUTE (
                SELECT format(
                    'CREATE TRIGGER fixed BEFORE UPDATE OF %s ON {table} '
                    'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
                    string_agg(quote_ident(attname), ', ')
                )
                FROM pg_attribute
                WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ({movable})
            );
        END $$;
        CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
        migrations.RunSQL.noop,
    )


def never_changed(table: str) -> migrations.RunSQL:
    """Rows that may go, but of which nothing changes while they are there."""
    return migrations.RunSQL(
        f"CREATE TRIGGER fixed BEFORE UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        migrations.RunSQL.noop,
    )


def never_goes(table: str) -> migrations.RunSQL:
    """Rows that may change, but that others point at for ever."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        migrations.RunSQL.noop,
    )


def free(table: str, trigger: str) -> migrations.RunSQL:
    """Take a guard away, so that another one can stand in its place."""
    return migrations.RunSQL(f"DROP TRIGGER {trigger} ON {table}", migrations.RunSQL.noop)
