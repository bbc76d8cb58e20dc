"""The pages, a file each: read, arrange, render. What is true is for the queries, how it is said for the wording."""
