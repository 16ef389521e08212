package org.whisker.hypothesis;

/** When a plan that is to end within a time adds an experiment: the first is added first. */
public enum PlanTurn {
  /** Always planned: the control, and what costs by place. */
  ALWAYS,
  PARTS_OF_PLACE,
  TIES_TO_PLACE,
  LEARNED_FIELDS,
  PATHS,
  OPERATORS,
  CARRIERS,
  /** What names no other turn. */
  USUAL,
  /** What needs a score at every pixel. */
  LANDSCAPE
}
