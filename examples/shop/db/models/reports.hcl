view "open_orders" {
  as      = <<-SQL
    SELECT orders.id, customers.full_name AS name, orders.state, orders.total, customers.phone
    FROM orders
    JOIN customers ON customers.id = orders.customer_id
    WHERE orders.state <> 'shipped'
  SQL
  comment = "What is still to be sent"
}

materialized "sales_by_product" {
  as = <<-SQL
    SELECT sku, sum(pieces) AS pieces, sum(pieces * price) AS sales
    FROM order_lines
    GROUP BY sku
  SQL
  index "sales_by_product_sku" {
    unique  = true
    columns = [column.sku]
  }
}
