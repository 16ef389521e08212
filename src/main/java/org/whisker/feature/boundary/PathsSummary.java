package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.Crossing;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PathProfile;
import org.whisker.classifier.Classifier;
import org.whisker.command.TextTable;

/** What the command line says of paths. */
final class PathsSummary {
  private static final List<String> HEADER =
      List.of("ORDER", "CROSSINGS", "FIRST", "LAST", "P(CAT) LOWEST", "HIGHEST");

  private PathsSummary() {}

  /** A table with a row a kind of path; the random orders' share one. */
  static String text(BoundaryPaths paths) {
    PathProfile any = paths.paths().get(0).profile();
    float last = any.logits().get(any.logits().size() - 1);
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "p(cat) %.4f at the start, %.4f at the end; they differ in %d pixels",
            Classifier.catProbability(any.logits().get(0)),
            Classifier.catProbability(last),
            paths.differing()));
    text.append(paths.block() > 1 ? ", changed in blocks of " + paths.block() + "\n" : "\n");
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (PathKind kind : PathKind.values()) {
      List<BoundaryPaths.ScoredPath> of = paths.of(kind);
      if (!of.isEmpty()) {
        rows.add(row(kind, of));
      }
    }
    return text.append(TextTable.of(rows))
        .append("positions: pixels changed; of straight: t from 0 to 1\n")
        .toString();
  }

  private static List<String> row(PathKind kind, List<BoundaryPaths.ScoredPath> paths) {
    List<PathProfile> profiles = paths.stream().map(BoundaryPaths.ScoredPath::profile).toList();
    String places = kind == PathKind.STRAIGHT ? "%.4f" : "%.0f";
    double[] all =
        profiles.stream()
            .flatMap(profile -> profile.catProbabilities().stream())
            .mapToDouble(p -> p)
            .toArray();
    return List.of(
        kind == PathKind.RANDOM ? kind.label() + " x " + paths.size() : kind.label(),
        range("%.0f", profiles.stream().mapToDouble(p -> p.crossings().size())),
        range(places, crossed(profiles).mapToDouble(c -> c.get(0).after())),
        range(places, crossed(profiles).mapToDouble(c -> c.get(c.size() - 1).after())),
        format("%.4f", DoubleStream.of(all).min().orElseThrow()),
        format("%.4f", DoubleStream.of(all).max().orElseThrow()));
  }

  private static Stream<List<Crossing>> crossed(List<PathProfile> profiles) {
    return profiles.stream().map(PathProfile::crossings).filter(c -> !c.isEmpty());
  }

  /** One number, or the least and the greatest of several. */
  private static String range(String form, DoubleStream values) {
    double[] all = values.toArray();
    if (all.length == 0) {
      return "-";
    }
    String low = format(form, DoubleStream.of(all).min().orElseThrow());
    String high = format(form, DoubleStream.of(all).max().orElseThrow());
    return low.equals(high) ? low : low + ".." + high;
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
