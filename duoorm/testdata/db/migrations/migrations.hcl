# The migration environment: how revisions in versions/ are recorded and run.
# Every line may be left out; the values here are the defaults.

migrations {
  # The table in which the database records the revisions that were applied.
  version_table = "duo_orm_revisions"

  # How long an upgrade waits while somebody else holds the lock.
  lock_wait = "60s"

  # Tables and views that duo-orm leaves alone, both ways. * stands for any characters.
  # exclude = ["legacy_*"]

  # Whether models tell owners and privileges too (PostgreSQL). Otherwise plans keep those that there are.
  manage_privileges = false

  # What ${var.name} in the SQL of steps by hand stands for.
  # variables = { reader = "app_reader" }

  # What runs around an upgrade; also after_each and after_upgrade, and sql = "..." in place of exec.
  # before_upgrade {
  #   exec = ["./scripts/pause-workers"]
  # }
}
