"""The driver behind `nasl run FILE --on ray`: trials of a search, evaluated by `nasl worker` processes on a Ray cluster."""

VERSION = "0.1.0"
