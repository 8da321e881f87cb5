"""The administrator's pages (管理): people, keys, packs, calendar, ladders, state diagrams."""
