"""Pages: who may enter, read the form, call one use case, show a page. Only this layer knows Flask."""
