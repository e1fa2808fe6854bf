"""Reports for editors on the pages of sections: what is missing, out of date or at odds."""
