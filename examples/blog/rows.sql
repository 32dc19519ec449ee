INSERT INTO users (name, email) VALUES ('Ada', 'ada@example.org'), ('Grace', 'grace@example.org');
INSERT INTO posts (author_id, title, body) VALUES
  (1, 'On engines', 'It weaves algebraic patterns as a loom weaves flowers and leaves.'),
  (2, 'On compilers', 'Nobody believed that a computer could write programs.'),
  (2, 'On ships', 'In port they are safe.');
INSERT INTO comments (post_id, author_id, body) VALUES (1, 2, 'Well said.');
