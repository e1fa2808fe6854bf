"""The timeline of a section: what its initiatives say of when, by year, each date as long as it may mean."""
