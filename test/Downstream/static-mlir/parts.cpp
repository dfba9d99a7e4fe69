// Nothing is built here.
