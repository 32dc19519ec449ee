# The database entrypoint: which database duo-orm works on.
#
# URLs follow SQLAlchemy's rules, without a driver part:
#   sqlite:///app.db          a file, relative to the project's root
#   sqlite:////var/lib/app.db an absolute path
#
# env("NAME") reads an environment variable and fails where it is missing; env("NAME", "default") doesn't.
# Keep passwords out of this file: read the URL from the environment.

database {
  url = @URL@

  # Where plans are proved. Without this line a throwaway database is used; for SQLite it lies in memory.
  # scratch = "sqlite://"
}

# More databases, chosen with --env production or DUO_ORM_ENV=production. Only the chosen one is evaluated.
#
# environment "production" {
#   url       = env("PRODUCTION_DATABASE_URL")
#   protected = true # upgrade and downgrade ask first, and refuse without --yes where nobody can answer
# }
#
# Several databases, all of which upgrade works on: urls = ["…", "…"], or urls_query, schemas, schemas_query.
