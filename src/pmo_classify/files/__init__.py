"""Tables in and out, CSV and workbooks; nothing in here knows about titles or labels."""
