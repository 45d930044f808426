"""The pages: one folder an app for views, forms and addresses; templates and static files beside them."""
