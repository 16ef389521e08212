package org.whisker.page;

import java.util.OptionalDouble;

/**
 * An effect with its interval, and the axis it is drawn on.
 *
 * @param value the estimate
 * @param low lower end of its interval
 * @param high upper end of it
 * @param unit name or unit of the quantity
 * @param nullValue value without an effect
 * @param axisLow left end of the axis; rows with one quantity share one axis
 * @param axisHigh right end of the axis
 * @param margin half width of the range around the null that counts as no effect, if one was fixed
 */
public record Effect(
    double value,
    double low,
    double high,
    String unit,
    double nullValue,
    double axisLow,
    double axisHigh,
    OptionalDouble margin) {
  public Effect {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(value + " is not in its interval " + low + " to " + high);
    }
    if (!(axisLow < axisHigh && axisLow <= nullValue && nullValue <= axisHigh)) {
      throw new IllegalArgumentException(
          "no axis from " + axisLow + " to " + axisHigh + " around " + nullValue);
    }
    if (margin.isPresent() && !(margin.getAsDouble() > 0)) {
      throw new IllegalArgumentException("margin must be above 0, was " + margin.getAsDouble());
    }
  }
}
