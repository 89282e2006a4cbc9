-- The holders' shares of a product never add up to more than its rate, on any day.
CREATE FUNCTION products_shares_within_rate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    product_in_question bigint := CASE TG_TABLE_NAME WHEN 'products_product' THEN NEW.id ELSE NULL END;
    rate integer;
    most integer;
BEGIN
    IF product_in_question IS NULL THEN
        product_in_question := (to_jsonb(NEW) ->> 'product_id')::bigint;
    END IF;
    SELECT royalty_rate INTO rate FROM products_product WHERE id = product_in_question FOR NO KEY UPDATE;
    SELECT max(total) INTO most FROM (
        SELECT sum(running.basis_points) AS total
        FROM products_royaltyshare began
        JOIN products_royaltyshare running
          ON running.product_id = began.product_id
         AND running.starts <= began.starts AND running.ends > began.starts
        WHERE began.product_id = product_in_question
        GROUP BY began.id
    ) sums;
    IF most > rate THEN
        RAISE EXCEPTION 'shares of product % add up to % basis points, its rate is %', product_in_question, most, rate
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_within_rate';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER shares_within_rate AFTER INSERT ON products_royaltyshare
    FOR EACH ROW EXECUTE FUNCTION products_shares_within_rate();
CREATE TRIGGER shares_within_rate AFTER UPDATE OF royalty_rate ON products_product
    FOR EACH ROW EXECUTE FUNCTION products_shares_within_rate();

-- What was granted or sold is not rewritten.
CREATE FUNCTION products_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON products_royaltyshare
    FOR EACH ROW EXECUTE FUNCTION products_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON products_sale
    FOR EACH ROW EXECUTE FUNCTION products_append_only();
