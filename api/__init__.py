"""How people and machines come in (入口): the JSON API, the command line, the receiver helper, the demonstration."""
