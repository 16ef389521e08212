package org.whisker.feature.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypothesis;

/** Headings that say what was found. */
final class Headings {
  private Headings() {}

  /**
   * What was found of a hypothesis: claims with the models that they are about, or else the cause
   * and its verdict.
   *
   * @param tests the tests of the hypothesis, one per model
   */
  static String of(Hypothesis hypothesis, List<Finding> tests, ReportFolder folder) {
    boolean one = tests.size() == 1;
    Map<String, List<String>> claims = new LinkedHashMap<>();
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (Finding test : tests) {
      String claim = test.claim();
      Map<String, List<String>> kind = claim.isEmpty() ? others : claims;
      String said = claim.isEmpty() ? folder.words(test) : claim;
      kind.computeIfAbsent(said, s -> new ArrayList<>()).add(test.model());
    }
    List<String> parts = new ArrayList<>();
    claims.forEach((claim, models) -> parts.add(one ? claim : of(models) + claim));
    boolean alike = claims.isEmpty() && others.size() == 1;
    others.forEach((verdict, models) -> parts.add(alike ? verdict : of(models) + verdict));
    String all = String.join("; ", parts);
    return claims.isEmpty()
        ? capitalised(hypothesis.wording().cause()) + " – " + all
        : one ? capitalised(all) : all;
  }

  private static String of(List<String> models) {
    return String.join(" and ", models) + ": ";
  }

  static String capitalised(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /**
   * One value a model: "X on a, Y on b".
   *
   * @param values by model
   * @param unknown the heading where no model has a value
   */
  static String perModel(String before, Map<String, String> values, String after, String unknown) {
    if (values.isEmpty()) {
      return unknown;
    }
    List<String> parts = new ArrayList<>();
    values.forEach((model, value) -> parts.add(value + (values.size() == 1 ? "" : " on " + model)));
    return before + String.join(", ", parts) + after;
  }
}
