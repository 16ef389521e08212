package org.whisker.sweep.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.random.SplitMix64;

/** The options of each configuration of a part: all combinations, or some drawn at random. */
record Combinations(Map<String, OptionValues> options) {
  static List<Map<String, String>> of(SweepSpec.Part part) {
    Map<String, OptionValues> options = new LinkedHashMap<>();
    Map<String, JsonNode> asked = part.options().orElse(Map.of());
    asked.forEach((name, node) -> options.put(name, new OptionValues(name, node)));
    Combinations all = new Combinations(options);
    return part.draw().map(all::drawn).orElseGet(all::grid);
  }

  /** The first option varies slowest. */
  private List<Map<String, String>> grid() {
    List<Map<String, String>> grid = List.of(Map.of());
    for (Map.Entry<String, OptionValues> option : options.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> before : grid) {
        for (String value : option.getValue().grid()) {
          Map<String, String> with = new LinkedHashMap<>(before);
          with.put(option.getKey(), value);
          longer.add(with);
        }
      }
      grid = longer;
    }
    return grid;
  }

  /** Each by a stream of its own, so that a larger count has the smaller one's beginning. */
  private List<Map<String, String>> drawn(SweepSpec.Draw draw) {
    List<Map<String, String>> drawn = new ArrayList<>();
    for (int i = 0; i < draw.count(); i++) {
      SplitMix64 random = SplitMix64.stream(draw.seed().orElse(1L), "sweep", i);
      Map<String, String> values = new LinkedHashMap<>();
      options.forEach((name, option) -> values.put(name, option.draw(random)));
      drawn.add(values);
    }
    return drawn;
  }
}
