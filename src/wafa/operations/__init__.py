"""Operations: one verb a file, one transaction each. Doors call these; these call the core and the store."""
