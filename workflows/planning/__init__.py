"""The year of the bodies: dates, holidays, series, calendar feeds."""
