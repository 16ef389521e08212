package org.whisker.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Style attributes of drawings as classes, each defined once: a page whose content security policy
 * permits styles by hash alone has no style attributes.
 */
final class StyleBook {
  private static final Pattern STYLE = Pattern.compile(" style=\"([^\"]*)\"");

  private final Map<String, String> names = new LinkedHashMap<>();

  /** The drawing with classes in place of its styles. */
  String classed(String svg) {
    return STYLE
        .matcher(svg)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    " class=\""
                        + names.computeIfAbsent(m.group(1), s -> "i" + names.size())
                        + "\""));
  }

  /** The rules of all classes. */
  String rules() {
    StringBuilder rules = new StringBuilder();
    names.forEach(
        (style, name) -> rules.append('.').append(name).append('{').append(style).append("}\n"));
    return rules.toString();
  }
}
