# This file makes the folder a duo-orm project: commands find it from any folder below.

# Where the project's files lie, relative to this file.
duo_orm_dir = "sqlite"
