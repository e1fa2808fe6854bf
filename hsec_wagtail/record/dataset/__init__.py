"""The page that describes the data of a section: what there is, its fields, licence, version and checksum."""
