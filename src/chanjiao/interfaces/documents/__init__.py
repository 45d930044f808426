"""Papers as files that people print: Word and PDF, from one plain form."""
