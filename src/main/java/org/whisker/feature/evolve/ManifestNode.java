package org.whisker.feature.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A JSON object whose missing or misshapen entries are refused by name. */
final class ManifestNode {
  private final JsonNode node;

  ManifestNode(JsonNode node) {
    this.node = node;
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Text, or a number as text. */
  String text(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value.asText();
  }

  double number(String key) {
    return parsed(key, "a number", Double::parseDouble);
  }

  int whole(String key) {
    return parsed(key, "a whole number", Integer::parseInt);
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    node.path(key).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** The object under this key, an empty one when there is none. */
  ManifestNode under(String key) {
    return new ManifestNode(node.path(key));
  }

  private <T> T parsed(String key, String what, Function<String, T> parse) {
    String text = text(key);
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + key + "' must be " + what + ", was " + text, e);
    }
  }
}
