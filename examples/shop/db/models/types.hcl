# Types that several tables share.

enum "order_state" {
  values = ["cart", "placed", "paid", "shipped", "returned"]
}

domain "email" {
  type = text
  check "email_has_at" {
    expr = "VALUE LIKE '%_@_%'"
  }
}
