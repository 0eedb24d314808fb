"""The directory as others read it: the Human Services Data Specification, schema.org, files to take along."""
