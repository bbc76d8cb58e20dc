"""Numbers and days as the law knows them: money, rounding, windows, calendars."""
