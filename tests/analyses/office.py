"""The configuration of a small office whose fields have names of their own, for the tests of analyses."""

from __future__ import annotations

OFFICE = """\
format: 1
title: Office
record_types:
  task:
    title: Task
    plural: Tasks
    paths: ["tasks/{id}.yml"]
    fields:
      title: {type: text, role: title}
      state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}
      by: {type: date, role: due}
      unit: {type: reference, role: group, to: unit}
      uptake: {type: object, role: adoption, fields: {look: {type: date, role: follow_up}}}
      steps:
        type: items
        role: milestones
        fields:
          id: {type: id}
          name: {type: text, role: title}
          when: {type: date, role: due}
          reached: {type: date, role: done}
      todo:
        type: items
        role: actions
        fields:
          id: {type: id}
          who: {type: person, role: owner}
          when: {type: date, role: due}
          state: {type: status, role: status, lifecycle: {open: [shut], shut: {final: true}}}
      promises:
        type: items
        fields: {id: {type: id}, when: {type: date, role: due}}
  aim:
    title: Aim
    plural: Aims
    paths: ["aims/{id}.yml"]
    fields:
      by: {type: date, role: due}
      whole: {type: reference, role: parent, to: aim}
      unit: {type: reference, role: group, to: unit}
  unit:
    title: Unit
    plural: Units
    paths: ["units/{id}.yml"]
    fields: {title: {type: text, role: title}, within: {type: reference, role: parent, to: unit}}
"""
