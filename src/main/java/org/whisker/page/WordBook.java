package org.whisker.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deduplicates shapes that a page draws repeatedly, mainly text as outlines: each is defined once,
 * rounded to a tenth of a unit, and referenced.
 */
final class WordBook {
  private static final Pattern PATH = Pattern.compile("<path d=\"(M[^\"]{160,})\"");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z]|-?[0-9.]+(?:E-?[0-9]+)?");
  private static final int STEPS = 10;

  private final Map<String, String> names = new LinkedHashMap<>();

  /** The drawing with its long paths replaced by references. */
  String shortened(String svg) {
    return PATH.matcher(svg).replaceAll(m -> Matcher.quoteReplacement(use(m)));
  }

  /** The definitions of all shapes. */
  String shapes() {
    StringBuilder out = new StringBuilder();
    names.forEach(
        (path, name) ->
            out.append("<path id=\"").append(name).append("\" d=\"").append(path).append("\"/>"));
    return out.toString();
  }

  private String use(MatchResult match) {
    List<String> tokens = TOKEN.matcher(match.group(1)).results().map(MatchResult::group).toList();
    if (tokens.stream().anyMatch(t -> !isKnown(t))) {
      return match.group();
    }
    String x = tokens.get(1);
    String y = tokens.get(2);
    String path = relative(tokens, Double.parseDouble(x), Double.parseDouble(y));
    String name = names.computeIfAbsent(path, p -> "w" + names.size());
    return "<use xlink:href=\"#" + name + "\" x=\"" + x + "\" y=\"" + y + "\"";
  }

  private static boolean isKnown(String token) {
    return !Character.isLetter(token.charAt(0)) || "MLQCZ".contains(token);
  }

  /** Relative coordinates from (0, 0); rounding errors do not accumulate. */
  private static String relative(List<String> tokens, double x0, double y0) {
    StringBuilder out = new StringBuilder();
    long[] at = {0, 0};
    long[] start = {0, 0};
    List<Long> points = new ArrayList<>();
    for (int i = 0; i < tokens.size(); ) {
      char command = tokens.get(i++).charAt(0);
      points.clear();
      while (i < tokens.size() && !Character.isLetter(tokens.get(i).charAt(0))) {
        double from = points.size() % 2 == 0 ? x0 : y0;
        points.add(Math.round(STEPS * (Double.parseDouble(tokens.get(i++)) - from)));
      }
      out.append(Character.toLowerCase(command));
      for (int k = 0; k < points.size(); k++) {
        number(out, points.get(k) - at[k % 2], k > 0);
      }
      if (points.size() >= 2) {
        at[0] = points.get(points.size() - 2);
        at[1] = points.get(points.size() - 1);
      }
      if (command == 'M') {
        start = at.clone();
      } else if (command == 'Z') {
        at = start.clone();
      }
    }
    return out.toString();
  }

  private static void number(StringBuilder out, long tenths, boolean inner) {
    if (inner && tenths >= 0) {
      out.append(' ');
    }
    long whole = Math.abs(tenths) / STEPS;
    long part = Math.abs(tenths) % STEPS;
    out.append(tenths < 0 ? "-" : "");
    out.append(whole == 0 && part != 0 ? "" : Long.toString(whole));
    out.append(part == 0 ? "" : "." + part);
  }
}
