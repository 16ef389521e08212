package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.boundary.Robustness;
import org.whisker.boundary.SmallChange;
import org.whisker.chart.kit.Arm;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.StripPlot;
import org.whisker.io.CsvWriter;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;

/**
 * What small changes do to pictures, as tables and a chart. Logits are of not-cat.
 *
 * <ul>
 *   <li>{@code robustness.csv}: {@code group,image,change,draw,logit,p_cat,delta_logit}, a row an
 *       image, change and draw ({@code draw} is empty where nothing is random; {@code delta_logit}
 *       is to the unchanged image, below 0 towards cat)
 *   <li>{@code summary.csv}: a row a group and change; the interval of the mean p(cat) is over
 *       images
 * </ul>
 */
public final class RobustnessFiles {
  private static final double BOUNDARY = 0.5;
  private static final int ACROSS = 3;

  private RobustnessFiles() {}

  /** The images of one name. */
  public record Group(String name, List<String> images, Robustness robustness) {
    public Group {
      images = List.copyOf(images);
    }
  }

  /**
   * Writes both tables and {@code robustness.png}.
   *
   * @param model which scored them
   */
  public static void write(Path folder, String model, List<Group> groups, RandomGenerator random)
      throws IOException {
    rows(folder.resolve("robustness.csv"), groups);
    List<Drawing> strips = new ArrayList<>();
    try (CsvWriter csv =
        CsvWriter.create(
            folder.resolve("summary.csv"),
            List.of(
                "group", "change", "images", "draws", "mean_p_cat", "low", "high", "same_side"))) {
      for (Group group : groups) {
        List<Arm> arms = new ArrayList<>();
        for (int change = 0; change < group.robustness.changes().size(); change++) {
          Arm arm = arm(group, change, random);
          summarise(csv, group, change, arm);
          arms.add(arm);
        }
        strips.add(strip(model + ": " + group.name, arms));
      }
      csv.finish();
    }
    List<Drawing> rows = new ArrayList<>();
    for (int at = 0; at < strips.size(); at += ACROSS) {
      rows.add(Row.across(20, strips.subList(at, Math.min(strips.size(), at + ACROSS))));
    }
    new Row(rows, 14, true).writePng(folder.resolve("robustness.png"));
  }

  private static void rows(Path target, List<Group> groups) throws IOException {
    List<String> header =
        List.of("group", "image", "change", "draw", "logit", "p_cat", "delta_logit");
    try (CsvWriter csv = CsvWriter.create(target, header)) {
      for (Group group : groups) {
        for (int image = 0; image < group.images.size(); image++) {
          rows(csv, group, image);
        }
      }
      csv.finish();
    }
  }

  private static void rows(CsvWriter csv, Group group, int image) throws IOException {
    float unchanged = group.robustness.logits(image, 0).get(0);
    for (int c = 0; c < group.robustness.changes().size(); c++) {
      SmallChange change = group.robustness.changes().get(c);
      List<Float> logits = group.robustness.logits(image, c);
      for (int draw = 0; draw < logits.size(); draw++) {
        float logit = logits.get(draw);
        csv.row(
            group.name,
            group.images.get(image),
            change.label(),
            change instanceof SmallChange.ExtraPixel ? draw + 1 : null,
            logit,
            group.robustness.catProbability(image, c, draw),
            (double) logit - unchanged);
      }
    }
  }

  /** Each image by its mean over the draws: the image is the unit. */
  private static Arm arm(Group group, int change, RandomGenerator random) {
    Robustness all = group.robustness;
    double[] means =
        IntStream.range(0, all.pictures())
            .mapToDouble(image -> all.meanCatProbability(image, change))
            .toArray();
    double mean = IntStream.range(0, means.length).mapToDouble(i -> means[i]).average().orElse(0);
    SmallChange what = all.changes().get(change);
    String name = what.label() + (what.draws() > 1 ? ", mean of " + what.draws() : "");
    if (means.length < 2) {
      return new Arm(name, means, mean, mean, mean);
    }
    Interval interval = Bootstrap.standard().mean(means, random);
    return new Arm(
        name, means, mean, Math.min(mean, interval.low()), Math.max(mean, interval.high()));
  }

  private static void summarise(CsvWriter csv, Group group, int change, Arm arm)
      throws IOException {
    boolean spread = arm.runs().size() > 1;
    csv.row(
        group.name,
        group.robustness.changes().get(change).label(),
        arm.runs().size(),
        group.robustness.changes().get(change).draws(),
        arm.mean(),
        spread ? OptionalDouble.of(arm.low()) : OptionalDouble.empty(),
        spread ? OptionalDouble.of(arm.high()) : OptionalDouble.empty(),
        group.robustness.sameSide(change));
  }

  private static Drawing strip(String title, List<Arm> arms) {
    String legend = StripPlot.legend("images", "95 % interval", "the boundary, ½");
    return new StripPlot(title, "p(cat)", arms, BOUNDARY, legend, true);
  }
}
