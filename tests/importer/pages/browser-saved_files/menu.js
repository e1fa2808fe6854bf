// the menu of the site, empty here
