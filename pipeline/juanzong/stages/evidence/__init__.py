"""What the bundle says of itself, checked: quotations, citations, references, facts. It reads the documents and writes
nothing to them."""
