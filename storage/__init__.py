"""What Likeness remembers: tables, and queries by concept, on SQLite or PostgreSQL. Only this room knows SQLModel."""
