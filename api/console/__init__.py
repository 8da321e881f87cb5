"""The console (办公台): server-rendered pages for the people who work with the cases. The folder's README says more."""
