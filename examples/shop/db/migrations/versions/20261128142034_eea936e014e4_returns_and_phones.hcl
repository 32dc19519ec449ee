# returns and phones
#
# Plan: 1 to add, 6 to change, 0 to drop
#
#   ~ enum order_state                                                                     db/models/types.hcl:3
#       ~ values                     cart, placed, paid, shipped → cart, placed, paid, shipped, returned
#   ~ table customers                                                                      db/models/customers.hcl:1
#       + column phone               text, null                                            db/models/customers.hcl:13
#       > column name → full_name    renamed                                               db/models/customers.hcl:9
#   ~ table order_lines              is rewritten for the type of pieces while all others wait  db/models/orders.hcl:39
#       ~ column sku                 type character varying(20) → character varying(40)    db/models/orders.hcl:43
#       ~ column pieces              type integer → bigint                                 db/models/orders.hcl:46
#   + table payments_2027            bounds FOR VALUES FROM ('2027-01-01') TO ('2028-01-01'), partition_of payments  db/models/payments.hcl:27
#   ~ table products                                                                       db/models/products.hcl:1
#       ~ column sku                 type character varying(20) → character varying(40)    db/models/products.hcl:2
#   ~ view open_orders                                                                     db/models/reports.hcl:1
#       ~ as                         changed
#   ± materialized sales_by_product  dropped and made again around the change              db/models/reports.hcl:11

revision "eea936e014e4" {
  format  = 1
  message = "returns and phones"
  parents = ["4ff8fd962fa0"]
  created = "2026-11-28T14:20:34Z"
  dialect = "postgres"
  start = {
    "enum order_state"              = "7957b368918cf422"
    "materialized sales_by_product" = "b0321751f863dcc4~65cc3efc9fb8a237"
    "table customers"               = "b00b6a5d173c5fa3~749f012e10b2303f"
    "table order_lines"             = "d02713cba70681b9~c5fe3d8feefebd9f"
    "table orders"                  = "4031a67831c61310~db6f3e386eedbb2d"
    "table products"                = "f147f84d0d8d0975~3a25723cc97d9fb9"
    "view open_orders"              = "af198533436da34b~7755a051b1ad059e"
  }
  end = {
    "enum order_state"              = "c23a33fb0eaeee3e"
    "materialized sales_by_product" = "b0321751f863dcc4~65cc3efc9fb8a237"
    "table customers"               = "2ae7971ade5f0134~c3d3ad4b3a48be03"
    "table order_lines"             = "a80217602bb6ebdc~166fbec8cfdfa1ac"
    "table orders"                  = "4031a67831c61310~db6f3e386eedbb2d"
    "table payments_2027"           = "30ac4f22cca97cab"
    "table products"                = "367bfa34161b5349~58d555307c539ac2"
    "view open_orders"              = "e3aa0e8d2b998dad~7755a051b1ad059e"
  }
  proved = "PostgreSQL 15.18, with rows, 6a13790f"
}

upgrade {
  step "rename column customers.name to full_name" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      ALTER TABLE customers RENAME COLUMN name TO full_name
    SQL
  }

  step "drop materialized sales_by_product" {
    drops = ["materialized sales_by_product"]
    sql   = <<-SQL
      DROP MATERIALIZED VIEW sales_by_product
    SQL
  }

  step "add \"returned\" to enum order_state" {
    sql = <<-SQL
      ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'returned'
    SQL
  }

  step "add column customers.phone" {
    sql = <<-SQL
      ALTER TABLE customers
        ADD COLUMN phone text
    SQL
  }

  step "type of column products.sku" {
    sql = <<-SQL
      ALTER TABLE products
        ALTER COLUMN sku TYPE character varying(40)
    SQL
  }

  step "drop the default of column order_lines.pieces" {
    sql = <<-SQL
      ALTER TABLE order_lines
        ALTER COLUMN pieces DROP DEFAULT
    SQL
  }

  step "types of sku, pieces of table order_lines" {
    because = "USING says how each value becomes one of the new type; change it where another way is right"
    sql     = <<-SQL
      ALTER TABLE order_lines
        ALTER COLUMN sku TYPE character varying(40),
        ALTER COLUMN pieces TYPE bigint USING pieces::bigint
    SQL
  }

  step "default of column order_lines.pieces" {
    sql = <<-SQL
      ALTER TABLE order_lines
        ALTER COLUMN pieces SET DEFAULT 1
    SQL
  }

  step "replace view open_orders" {
    sql = <<-SQL
      CREATE OR REPLACE VIEW open_orders AS
       SELECT orders.id,
          customers.full_name AS name,
          orders.state,
          orders.total,
          customers.phone
         FROM (orders
           JOIN customers ON ((customers.id = orders.customer_id)))
        WHERE (orders.state <> 'shipped'::order_state)
    SQL
  }

  step "create table payments_2027" {
    makes = ["table payments_2027"]
    sql   = <<-SQL
      CREATE TABLE payments_2027 PARTITION OF payments
      FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')
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
}

downgrade {
  step "rename column customers.full_name to name" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      ALTER TABLE customers RENAME COLUMN full_name TO name
    SQL
  }

  step "drop index orders.orders_open" {
    sql = <<-SQL
      DROP INDEX orders_open
    SQL
  }

  step "drop the default of column orders.state" {
    sql = <<-SQL
      ALTER TABLE orders
        ALTER COLUMN state DROP DEFAULT
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

  step "drop table payments_2027" {
    drops    = ["table payments_2027"]
    destroys = "the rows of payments_2027"
    sql      = <<-SQL
      DROP TABLE payments_2027
    SQL
  }

  step "set the old enum order_state aside" {
    sql = <<-SQL
      ALTER TYPE order_state RENAME TO order_state_old
    SQL
  }

  step "create enum order_state" {
    sql = <<-SQL
      CREATE TYPE order_state AS ENUM (
        'cart',
        'placed',
        'paid',
        'shipped'
      )
    SQL
  }

  step "have table orders use the new enum order_state" {
    because = "PostgreSQL can't take a value out of an enum or move one; each value is taken over by its text"
    sql     = <<-SQL
      ALTER TABLE orders
        ALTER COLUMN state TYPE order_state USING state::text::order_state
    SQL
  }

  step "drop the old enum order_state" {
    sql = <<-SQL
      DROP TYPE order_state_old
    SQL
  }

  step "drop column customers.phone" {
    destroys = "the values of customers.phone"
    sql      = <<-SQL
      ALTER TABLE customers
        DROP COLUMN phone
    SQL
  }

  step "type of column products.sku" {
    because = "USING says how each value becomes one of the new type; change it where another way is right"
    sql     = <<-SQL
      ALTER TABLE products
        ALTER COLUMN sku TYPE character varying(20) USING sku::character varying(20)
    SQL
  }

  step "drop the default of column order_lines.pieces" {
    sql = <<-SQL
      ALTER TABLE order_lines
        ALTER COLUMN pieces DROP DEFAULT
    SQL
  }

  step "types of sku, pieces of table order_lines" {
    because = "USING says how each value becomes one of the new type; change it where another way is right"
    sql     = <<-SQL
      ALTER TABLE order_lines
        ALTER COLUMN sku TYPE character varying(20) USING sku::character varying(20),
        ALTER COLUMN pieces TYPE integer USING pieces::integer
    SQL
  }

  step "default of column order_lines.pieces" {
    sql = <<-SQL
      ALTER TABLE order_lines
        ALTER COLUMN pieces SET DEFAULT 1
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

  step "default of column orders.state" {
    sql = <<-SQL
      ALTER TABLE orders
        ALTER COLUMN state SET DEFAULT 'cart'::order_state
    SQL
  }

  step "create index orders.orders_open" {
    sql = <<-SQL
      CREATE INDEX orders_open ON orders
        (customer_id) WHERE (state <> 'shipped'::order_state)
    SQL
  }
}
