# What there is to be: nobody adds a currency but here.
table "currencies" {
  column "code" {
    type = varchar(3)
  }
  column "name" {
    type = text
  }
  column "digits" {
    type    = int
    default = 2
  }
  primary_key {
    columns = [column.code]
  }
}

data {
  table = table.currencies
  mode  = SYNC
  rows = csvdecode(<<-CSV
    code,name,digits
    EUR,Euro,2
    GBP,Pound sterling,2
    USD,United States dollar,2
  CSV
  )
}
