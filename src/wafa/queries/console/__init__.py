"""What the console's pages show, each page's figures in a fixed number of statements."""
