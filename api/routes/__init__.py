"""The JSON API's routes (接口路由), one module a subject."""
