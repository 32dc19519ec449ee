# the shop
#
# Plan: 14 to add, 0 to change, 0 to drop
#
#   + enum order_state                        values cart, placed, paid, shipped                    db/models/types.hcl:3
#   + domain email                            text, checks email_has_at expr (VALUE ~~ '%_@_%'::text)  db/models/types.hcl:7
#   + table customers                         4 columns, 1 index, 1 primary key                     db/models/customers.hcl:1
#   + table order_lines                       4 columns, 2 foreign keys, 1 check, 1 primary key     db/models/orders.hcl:39
#   + table orders                            5 columns, 1 foreign key, 1 index, 1 primary key      db/models/orders.hcl:1
#   + table payments                          3 columns, 1 index                                    db/models/payments.hcl:2
#   + table payments_2026                     bounds FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'), partition_of payments  db/models/payments.hcl:21
#   + table payments_other                    bounds DEFAULT, partition_of payments                 db/models/payments.hcl:27
#   + table products                          4 columns, 1 check, 1 primary key, 1 index            db/models/products.hcl:1
#   + view open_orders                        as SELECT orders.id, customers.name, orders.state, orders.to…, comment What is still to be sent  db/models/reports.hcl:1
#   + materialized sales_by_product           1 materialized index                                  db/models/reports.hcl:11
#   + policy orders.own_orders                for SELECT, using customer_id = (current_setting('shop.customer'::text, tru…  db/models/orders.hcl:71
#   + function "add_up()"                     as BEGIN UPDATE orders SET total = (SELECT coalesce(sum(piec…, lang plpgsql, returns trigger  db/models/orders.hcl:77
#   + trigger order_lines.order_lines_add_up  AFTER, events INSERT, DELETE, UPDATE, execute add_up, for ROW  db/models/orders.hcl:92

revision "4ff8fd962fa0" {
  format  = 1
  message = "the shop"
  parents = []
  created = "2026-11-28T14:20:27Z"
  dialect = "postgres"
  end = {
    "domain email"                           = "8e57bdc9bb20d4b9~d081d321eab55c35"
    "enum order_state"                       = "7957b368918cf422"
    "function \"add_up()\""                  = "daed44602c5dc6a4"
    "materialized sales_by_product"          = "b0321751f863dcc4~65cc3efc9fb8a237"
    "policy orders.own_orders"               = "f268282c23f214ed~d0ebd02aa2e4f8b3"
    "table customers"                        = "b00b6a5d173c5fa3~749f012e10b2303f"
    "table order_lines"                      = "d02713cba70681b9~c5fe3d8feefebd9f"
    "table orders"                           = "4031a67831c61310~db6f3e386eedbb2d"
    "table payments"                         = "b79399f28e2ba1f0"
    "table payments_2026"                    = "669009ac55459d92"
    "table payments_other"                   = "ea0284687b393b17"
    "table products"                         = "f147f84d0d8d0975~3a25723cc97d9fb9"
    "trigger order_lines.order_lines_add_up" = "64feda8a002116cc"
    "view open_orders"                       = "af198533436da34b~7755a051b1ad059e"
  }
  proved = "PostgreSQL 15.18, with rows, dd8c2c97"
}

upgrade {
  step "create enum order_state" {
    makes = ["enum order_state"]
    sql   = <<-SQL
      CREATE TYPE order_state AS ENUM (
        'cart',
        'placed',
        'paid',
        'shipped'
      )
    SQL
  }

  step "create domain email" {
    makes = ["domain email"]
    sql   = <<-SQL
      CREATE DOMAIN email AS text
        NOT NULL
        CONSTRAINT email_has_at CHECK ((VALUE ~~ '%_@_%'::text))
    SQL
  }

  step "create table customers" {
    makes = ["table customers"]
    sql   = <<-SQL
      CREATE TABLE customers
      (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        name text NOT NULL,
        mail email NOT NULL,
        created_at timestamp with time zone DEFAULT now() NOT NULL,
        CONSTRAINT customers_pkey PRIMARY KEY (id)
      )
    SQL
  }

  step "create index customers.customers_mail" {
    sql = <<-SQL
      CREATE UNIQUE INDEX customers_mail ON customers
        ((lower((mail)::text)))
    SQL
  }

  step "comment on table customers" {
    sql = <<-SQL
      COMMENT ON TABLE customers IS 'Whoever buys'
    SQL
  }

  step "create table orders" {
    makes = ["table orders"]
    sql   = <<-SQL
      CREATE TABLE orders
      (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        customer_id bigint NOT NULL,
        state order_state DEFAULT 'cart'::order_state NOT NULL,
        total numeric(12,2) DEFAULT 0 NOT NULL,
        touched_at timestamp with time zone DEFAULT now() NOT NULL,
        CONSTRAINT orders_pkey PRIMARY KEY (id),
        CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id)
      )
    SQL
  }

  step "create index orders.orders_open" {
    sql = <<-SQL
      CREATE INDEX orders_open ON orders
        (customer_id) WHERE (state <> 'shipped'::order_state)
    SQL
  }

  step "settings of table orders" {
    sql = <<-SQL
      ALTER TABLE orders
        ENABLE ROW LEVEL SECURITY
    SQL
  }

  step "create table payments" {
    makes = ["table payments"]
    sql   = <<-SQL
      CREATE TABLE payments
      (
        order_id bigint NOT NULL,
        paid_on date NOT NULL,
        amount numeric(12,2) NOT NULL
      )
      PARTITION BY RANGE (paid_on)
    SQL
  }

  step "create index payments.payments_order" {
    sql = <<-SQL
      CREATE INDEX payments_order ON payments
        (order_id)
    SQL
  }

  step "create table payments_2026" {
    makes = ["table payments_2026"]
    sql   = <<-SQL
      CREATE TABLE payments_2026 PARTITION OF payments
      FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    SQL
  }

  step "create table payments_other" {
    makes = ["table payments_other"]
    sql   = <<-SQL
      CREATE TABLE payments_other PARTITION OF payments
      DEFAULT
    SQL
  }

  step "create table products" {
    makes = ["table products"]
    sql   = <<-SQL
      CREATE TABLE products
      (
        sku character varying(20) NOT NULL,
        title text NOT NULL,
        price numeric(10,2) NOT NULL,
        words tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, title)) STORED,
        CONSTRAINT products_pkey PRIMARY KEY (sku),
        CONSTRAINT price_is_positive CHECK (price > (0)::numeric)
      )
    SQL
  }

  step "create index products.products_words" {
    sql = <<-SQL
      CREATE INDEX products_words ON products
        USING gin (words)
    SQL
  }

  step "create table order_lines" {
    makes = ["table order_lines"]
    sql   = <<-SQL
      CREATE TABLE order_lines
      (
        order_id bigint NOT NULL,
        sku character varying(20) NOT NULL,
        pieces integer DEFAULT 1 NOT NULL,
        price numeric(10,2) NOT NULL,
        CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, sku),
        CONSTRAINT order_lines_pieces_check CHECK (pieces > 0),
        CONSTRAINT order_lines_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
        CONSTRAINT order_lines_sku_fkey FOREIGN KEY (sku) REFERENCES products (sku)
      )
    SQL
  }

  step "create view open_orders" {
    makes = ["view open_orders"]
    sql   = <<-SQL
      CREATE VIEW open_orders AS
       SELECT orders.id,
          customers.name,
          orders.state,
          orders.total
         FROM (orders
           JOIN customers ON ((customers.id = orders.customer_id)))
        WHERE (orders.state <> 'shipped'::order_state)
    SQL
  }

  step "comment on view open_orders" {
    sql = <<-SQL
      COMMENT ON VIEW open_orders IS 'What is still to be sent'
    SQL
  }

  step "create materialized sales_by_product" {
    makes = ["materialized sales_by_product"]
    sql   = <<-SQL
      CREATE MATERIALIZED VIEW sales_by_product
      AS
       SELECT order_lines.sku,
          sum(order_lines.pieces) AS pieces,
          sum(((order_lines.pieces)::numeric * order_lines.price)) AS sales
         FROM order_lines
        GROUP BY order_lines.sku
    SQL
  }

  step "create materialized_index sales_by_product.sales_by_product_sku" {
    sql = <<-SQL
      CREATE UNIQUE INDEX sales_by_product_sku ON sales_by_product
        (sku)
    SQL
  }

  step "create policy orders.own_orders" {
    makes = ["policy orders.own_orders"]
    sql   = <<-SQL
      CREATE POLICY own_orders ON orders
        FOR SELECT
        USING (customer_id = (current_setting('shop.customer'::text, true))::bigint)
    SQL
  }

  step "create function \"add_up()\"" {
    makes = ["function \"add_up()\""]
    sql   = <<-SQL
      CREATE FUNCTION add_up()
        RETURNS trigger
        LANGUAGE plpgsql
      AS $function$
      BEGIN
        UPDATE orders
        SET total = (SELECT coalesce(sum(pieces * price), 0) FROM order_lines WHERE order_id = coalesce(NEW.order_id, OLD.order_id)),
            touched_at = now()
        WHERE id = coalesce(NEW.order_id, OLD.order_id);
        RETURN NULL;
      END$function$
    SQL
  }

  step "create trigger order_lines.order_lines_add_up" {
    makes = ["trigger order_lines.order_lines_add_up"]
    sql   = <<-SQL
      CREATE TRIGGER order_lines_add_up
        AFTER INSERT OR DELETE OR UPDATE ON order_lines
        FOR EACH ROW
        EXECUTE FUNCTION add_up()
    SQL
  }
}

downgrade {
  step "drop trigger order_lines.order_lines_add_up" {
    drops = ["trigger order_lines.order_lines_add_up"]
    sql   = <<-SQL
      DROP TRIGGER order_lines_add_up ON order_lines
    SQL
  }

  step "drop function \"add_up()\"" {
    drops = ["function \"add_up()\""]
    sql   = <<-SQL
      DROP FUNCTION add_up()
    SQL
  }

  step "drop policy orders.own_orders" {
    drops = ["policy orders.own_orders"]
    sql   = <<-SQL
      DROP POLICY own_orders ON orders
    SQL
  }

  step "drop materialized sales_by_product" {
    drops = ["materialized sales_by_product"]
    sql   = <<-SQL
      DROP MATERIALIZED VIEW sales_by_product
    SQL
  }

  step "drop view open_orders" {
    drops = ["view open_orders"]
    sql   = <<-SQL
      DROP VIEW open_orders
    SQL
  }

  step "drop table payments_other" {
    drops    = ["table payments_other"]
    destroys = "the rows of payments_other"
    sql      = <<-SQL
      DROP TABLE payments_other
    SQL
  }

  step "drop table payments_2026" {
    drops    = ["table payments_2026"]
    destroys = "the rows of payments_2026"
    sql      = <<-SQL
      DROP TABLE payments_2026
    SQL
  }

  step "drop table payments" {
    drops    = ["table payments"]
    destroys = "the rows of payments"
    sql      = <<-SQL
      DROP TABLE payments
    SQL
  }

  step "drop table order_lines" {
    drops    = ["table order_lines"]
    destroys = "the rows of order_lines"
    sql      = <<-SQL
      DROP TABLE order_lines
    SQL
  }

  step "drop table products" {
    drops    = ["table products"]
    destroys = "the rows of products"
    sql      = <<-SQL
      DROP TABLE products
    SQL
  }

  step "drop table orders" {
    drops    = ["table orders"]
    destroys = "the rows of orders"
    sql      = <<-SQL
      DROP TABLE orders
    SQL
  }

  step "drop table customers" {
    drops    = ["table customers"]
    destroys = "the rows of customers"
    sql      = <<-SQL
      DROP TABLE customers
    SQL
  }

  step "drop domain email" {
    drops = ["domain email"]
    sql   = <<-SQL
      DROP DOMAIN email
    SQL
  }

  step "drop enum order_state" {
    drops = ["enum order_state"]
    sql   = <<-SQL
      DROP TYPE order_state
    SQL
  }
}
