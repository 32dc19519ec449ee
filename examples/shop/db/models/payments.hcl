# One part a year, and one for what fits no year.
table "payments" {
  column "order_id" {
    type = bigint
  }
  column "paid_on" {
    type = date
  }
  column "amount" {
    type = numeric(12, 2)
  }
  partition {
    type    = RANGE
    columns = [column.paid_on]
  }
  index "payments_order" {
    columns = [column.order_id]
  }
}

partition "payments_2026" {
  of   = table.payments
  from = ["2026-01-01"]
  to   = ["2027-01-01"]
}

partition "payments_2027" {
  of   = table.payments
  from = ["2027-01-01"]
  to   = ["2028-01-01"]
}

partition "payments_other" {
  of      = table.payments
  default = true
}
