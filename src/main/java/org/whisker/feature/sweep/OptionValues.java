package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.whisker.io.Decimals;
import org.whisker.job.InvalidRequestException;

/**
 * The values of an option in a spec: one, a list, or a range {@code {from, to, steps, scale}}. A
 * range has so many steps in a grid, and is drawn from evenly, or evenly in the logarithm ({@code
 * scale: log}); between whole numbers there are whole numbers alone.
 */
final class OptionValues {
  private static final Set<String> ENTRIES = Set.of("from", "to", "steps", "scale");

  private final String name;
  private final JsonNode node;

  /**
   * Reads the values of an option.
   *
   * @throws InvalidRequestException when they are no values of an option
   */
  OptionValues(String name, JsonNode node) {
    this.name = name;
    this.node = node;
    if (node.isObject()) {
      node.fieldNames()
          .forEachRemaining(key -> refuse(!ENTRIES.contains(key), "has an entry '" + key + "'"));
      refuse(!node.path("from").isNumber() || !node.path("to").isNumber(), "has no from and to");
      refuse(from() >= to(), "runs from %s to %s".formatted(node.path("from"), node.path("to")));
      refuse(isLog() && from() <= 0, "has a logarithmic scale from " + node.path("from"));
    } else {
      all().forEach(this::checkValue);
    }
  }

  private void checkValue(JsonNode value) {
    refuse(!value.isValueNode() || value.isNull(), "has the value " + value);
  }

  private void refuse(boolean wrong, String what) {
    InvalidRequestException.refuse(
        wrong,
        "option %s of the spec %s; give a value, a list, or {from, to, steps, scale: linear or log}"
            .formatted(name, what));
  }

  private List<JsonNode> all() {
    List<JsonNode> values = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(values::add);
      refuse(values.isEmpty(), "has an empty list");
    } else {
      values.add(node);
    }
    return values;
  }

  private double from() {
    return node.path("from").asDouble();
  }

  private double to() {
    return node.path("to").asDouble();
  }

  private boolean isLog() {
    String scale = node.path("scale").asText("linear");
    refuse(!scale.equals("log") && !scale.equals("linear"), "has the scale '" + scale + "'");
    return scale.equals("log");
  }

  /** How many values a grid has at most, without listing them. */
  long count() {
    return node.isObject() ? Math.max(1, node.path("steps").asLong()) : all().size();
  }

  /** The values of a grid. */
  List<String> grid() {
    if (!node.isObject()) {
      return all().stream().map(JsonNode::asText).toList();
    }
    int steps = node.path("steps").asInt();
    refuse(steps < 2, "has no steps, at least 2, which a grid needs");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      values.add(at(i / (steps - 1.0)));
    }
    return values.stream().distinct().toList();
  }

  /** Draws one of the values at random. */
  String draw(RandomGenerator random) {
    if (!node.isObject()) {
      List<String> values = grid();
      return values.get(random.nextInt(values.size()));
    }
    long to = node.path("to").asLong();
    return isWhole() && !isLog() && to < Long.MAX_VALUE
        ? Long.toString(random.nextLong(node.path("from").asLong(), to + 1))
        : at(random.nextDouble());
  }

  private boolean isWhole() {
    return node.path("from").isIntegralNumber() && node.path("to").isIntegralNumber();
  }

  /** The value at a share of the range, 0 to 1. */
  private String at(double share) {
    double value =
        isLog() ? from() * StrictMath.pow(to() / from(), share) : from() + share * (to() - from());
    double within = share == 1 ? to() : value;
    return isWhole() ? Long.toString(Math.round(within)) : Decimals.shortest(within);
  }
}
