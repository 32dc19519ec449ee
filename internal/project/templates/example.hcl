# A first model. Every .hcl file below this folder is read, in any split: one table a file keeps reviews short.
#
# Take the # away, change it, and run
#
#   duo-orm migration create "add users"
#
# table "users" {
#   column "id" {
#     type           = int
#     auto_increment = true
#   }
#   column "email" {
#     type = varchar(255) # NOT NULL unless null = true
#   }
#   column "created_at" {
#     type    = timestamp
#     default = sql("CURRENT_TIMESTAMP")
#   }
#   primary_key {
#     columns = [column.id]
#   }
#   index "users_email_idx" {
#     unique  = true
#     columns = [column.email]
#   }
# }
