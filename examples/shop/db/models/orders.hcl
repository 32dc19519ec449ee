table "orders" {
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "customer_id" {
    type = bigint
  }
  column "state" {
    type    = enum.order_state
    default = "cart"
  }
  column "total" {
    type    = numeric(12, 2)
    default = 0
  }
  column "touched_at" {
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key {
    columns     = [column.customer_id]
    ref_columns = [table.customers.column.id]
  }
  index "orders_open" {
    columns = [column.customer_id]
    where   = "state <> 'shipped'::order_state"
  }
  row_security {
    enabled = true
  }
}

table "order_lines" {
  column "order_id" {
    type = bigint
  }
  column "sku" {
    type = varchar(40)
  }
  column "pieces" {
    type    = bigint
    default = 1
  }
  column "price" {
    type = numeric(10, 2)
  }
  primary_key {
    columns = [column.order_id, column.sku]
  }
  foreign_key {
    columns     = [column.order_id]
    ref_columns = [table.orders.column.id]
    on_delete   = CASCADE
  }
  foreign_key {
    columns     = [column.sku]
    ref_columns = [table.products.column.sku]
  }
  check {
    expr = "pieces > 0"
  }
}

# Staff sees all orders, a customer's session only its own.
policy "own_orders" {
  on    = table.orders
  for   = SELECT
  using = "customer_id = (current_setting('shop.customer'::text, true))::bigint"
}

function "add_up" {
  lang   = PLpgSQL
  return = trigger
  as     = <<-SQL

    BEGIN
      UPDATE orders
      SET total = (SELECT coalesce(sum(pieces * price), 0) FROM order_lines WHERE order_id = coalesce(NEW.order_id, OLD.order_id)),
          touched_at = now()
      WHERE id = coalesce(NEW.order_id, OLD.order_id);
      RETURN NULL;
    END
  SQL
}

trigger "order_lines_add_up" {
  on = table.order_lines
  after {
    insert = true
    update = true
    delete = true
  }
  for = ROW
  execute {
    function = function.add_up
  }
}
