"""The one room that owns tables: models, migrations, and the only writer of points."""
