"""Search in sections: ``words`` makes terms, ``rows`` what is written, ``question`` what is asked, ``excerpts`` what is shown."""
