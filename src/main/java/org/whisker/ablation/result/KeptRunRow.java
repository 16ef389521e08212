package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.whisker.ablation.ArmRun;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.option.Records;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The single row of the file of a finished run, with all the results that an experiment uses. */
public record KeptRunRow(
    long seed,
    @Column(meaning = "why it ended, in lower case") String ending,
    @Column(
            meaning =
                "edge index E of the final image, 0 (border) to 1 (centre); empty "
                    + "when it is white")
        OptionalDouble edgeIndex,
    @Column(
            unit = "logit",
            meaning =
                "logit against the target of the final image; empty when no network was "
                    + "involved")
        OptionalDouble logit,
    @Column(
            unit = "logit",
            meaning = "value that the search minimised for the final image, in logits")
        OptionalDouble searchLogit,
    @Column(unit = "logit", meaning = "logit against the target of the empty (white) canvas")
        OptionalDouble bareLogit,
    @Column(
            unit = "images",
            meaning = "number of images scored until p(target) first reached the target")
        OptionalLong evaluationsToTarget,
    @Column(unit = "images", meaning = "number of images scored") long evaluations,
    int generations,
    @Column(unit = "px", meaning = "width of the canvas, in pixels") int width,
    @Column(unit = "px", meaning = "height of the canvas, in pixels") int height,
    @Column(meaning = "indices of the black pixels, separated by spaces") String pixels,
    @Column(unit = "images", meaning = "mean number of different images in a generation")
        double distinctImages,
    @Column(
            meaning =
                "each improvement as images:logit:E:pixels:generation:changes, "
                    + "separated by spaces; changes are the indices of the pixels that "
                    + "differ from the improvement before, joined by dots")
        String climb,
    @Column(
            meaning =
                "sha256 of what the row belongs to and its other cells, see hashed; "
                    + "empty before it is set")
        String sha256) {
  public static final Table<KeptRunRow> TABLE = Table.of(KeptRunRow.class);

  private static final Table<KeptRunRow> HASHED = TABLE.without("sha256");

  private static final int FIELDS = 4;
  private static final int WITH_IMAGE = 6;

  public KeptRunRow {
    pixels(pixels);
    steps(climb, new Canvas(width, height));
  }

  /** The row of a run that has a result. */
  public static KeptRunRow of(ArmRun run) {
    ArmRun.Outcome o = run.outcome().orElseThrow();
    return new KeptRunRow(
        run.seed(),
        run.ending(),
        o.edgeIndex(),
        o.logit(),
        o.searchLogit(),
        o.bareLogit(),
        o.toTarget(),
        o.evaluations(),
        o.generations(),
        o.image().canvas().width(),
        o.image().canvas().height(),
        ArmImageRow.indices(o.image()),
        o.distinct(),
        text(o.climb()),
        "");
  }

  /** The other cells as text, of which a hash can be made. */
  public String hashed() {
    return HASHED.line(this);
  }

  /** Returns this row with {@code hash} as its SHA-256. */
  public KeptRunRow with(String hash) {
    return Records.changed(this, KeptRunRow::sha256).to(hash);
  }

  private static String text(List<ArmRun.Step> climb) {
    List<String> steps = new ArrayList<>();
    BitSet before = new BitSet();
    for (ArmRun.Step step : climb) {
      String text = text(step);
      if (step.seen().isPresent()) {
        BitSet now = bits(step.seen().get().image());
        before.xor(now);
        String changes =
            before.stream().mapToObj(Integer::toString).collect(Collectors.joining("."));
        text += ":" + step.seen().get().generation() + ":" + changes;
        before = now;
      }
      steps.add(text);
    }
    return String.join(" ", steps);
  }

  private static BitSet bits(BlackPixels image) {
    BitSet bits = new BitSet();
    Arrays.stream(image.indices()).forEach(bits::set);
    return bits;
  }

  private static String text(ArmRun.Step step) {
    String edgeIndex =
        step.edgeIndex().isPresent() ? Decimals.shortest(step.edgeIndex().getAsDouble()) : "";
    return String.join(
        ":",
        Long.toString(step.evaluations()),
        Decimals.shortest(step.logit()),
        edgeIndex,
        Integer.toString(step.pixels()));
  }

  /** Converts the row back to a run. */
  public ArmRun run() {
    BlackPixels image = BlackPixels.of(new Canvas(width, height), pixels(pixels));
    return new ArmRun(
        seed,
        ending,
        "",
        Optional.of(
            new ArmRun.Outcome(
                image,
                edgeIndex,
                logit,
                searchLogit,
                bareLogit,
                evaluationsToTarget,
                evaluations,
                generations,
                distinctImages,
                steps(climb, image.canvas()))));
  }

  private static int[] pixels(String text) {
    try {
      return text.isEmpty()
          ? new int[0]
          : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "pixels holds something else than pixel indices; remove the file", e);
    }
  }

  private static List<ArmRun.Step> steps(String text, Canvas canvas) {
    List<ArmRun.Step> steps = new ArrayList<>();
    BitSet image = new BitSet();
    for (String step : text.isEmpty() ? new String[0] : text.split(" ")) {
      steps.add(step(step, image, canvas));
    }
    return steps;
  }

  /**
   * Reads one step.
   *
   * @param image the step before; becomes that of this one
   */
  private static ArmRun.Step step(String text, BitSet image, Canvas canvas) {
    String[] fields = text.split(":", -1);
    try {
      return new ArmRun.Step(
          Long.parseLong(fields[0]),
          Double.parseDouble(fields[1]),
          fields[2].isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(Double.parseDouble(fields[2])),
          Integer.parseInt(fields[3]),
          fields.length < WITH_IMAGE
              ? Optional.empty()
              : Optional.of(seen(fields[FIELDS], fields[FIELDS + 1], image, canvas)));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "climb holds '"
              + text
              + "', expected images:logit:E:pixels:generation:changes; remove the file",
          e);
    }
  }

  private static ArmRun.Seen seen(String generation, String changes, BitSet image, Canvas canvas) {
    for (String pixel : changes.isEmpty() ? new String[0] : changes.split("\\.")) {
      image.flip(Integer.parseInt(pixel));
    }
    return new ArmRun.Seen(
        Integer.parseInt(generation), BlackPixels.of(canvas, image.stream().toArray()));
  }
}
