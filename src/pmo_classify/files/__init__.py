"""Tables in and out, of any kind; nothing in here knows about titles."""
