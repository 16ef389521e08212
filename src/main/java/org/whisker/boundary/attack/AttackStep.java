package org.whisker.boundary.attack;

/** How an attack goes on from where it is. */
interface AttackStep {
  /**
   * Moves the change of an {@link AttackWalk}.
   *
   * @param number of the step, from 0
   * @param at what the classifier says where it is
   */
  void move(int number, AttackWalk.Point at);

  /** From 1 at the first step towards 0 at the last: half a cosine. */
  static double cosine(int number, int steps) {
    return (1 + Math.cos(Math.PI * number / steps)) / 2;
  }
}
