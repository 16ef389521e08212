package org.whisker.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.network.Network;
import org.whisker.network.Parameter;

/**
 * The position of each tensor in two flat vectors: the trained parameters, and batch norm's running
 * statistics. With a single vector, an optimizer step is a handful of operations, whatever the
 * number of layers.
 */
record FlatLayout(Map<String, Slot> trained, Map<String, Slot> statistics) {
  /** A tensor's position in its vector. */
  record Slot(Parameter parameter, int offset) {
    int size() {
      return Math.toIntExact(parameter.size());
    }
  }

  static FlatLayout of(Network network) {
    List<Parameter> all = network.parameters();
    return new FlatLayout(
        slots(all.stream().filter(p -> p.role().trained()).toList()),
        slots(all.stream().filter(p -> !p.role().trained()).toList()));
  }

  private static Map<String, Slot> slots(List<Parameter> parameters) {
    Map<String, Slot> slots = new LinkedHashMap<>();
    int offset = 0;
    for (Parameter parameter : parameters) {
      Slot slot = new Slot(parameter, offset);
      slots.put(parameter.name(), slot);
      offset = Math.addExact(offset, slot.size());
    }
    return slots;
  }

  int trainedSize() {
    return trained.values().stream().mapToInt(Slot::size).sum();
  }

  int statisticsSize() {
    return statistics.values().stream().mapToInt(Slot::size).sum();
  }
}
