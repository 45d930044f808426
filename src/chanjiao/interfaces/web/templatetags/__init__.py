"""Tags and filters of the components; every template has them without loading. See templates/components/README.md."""
