package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.ablation.PartShares;
import org.whisker.ablation.PartShares.Part;
import org.whisker.ablation.PartShares.Variant;
import org.whisker.position.DoseResponse;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/** The tables of which part of a network knows places. */
public final class PartTables {
  /** The network averaged over all rolls of its input, in tables and observations. */
  public static final String ROLLED = "averaged over all rolls of the input";

  private PartTables() {}

  /** A row of {@value #FILE}: the radial contrast of a network some of whose parts are blind. */
  public record PartRow(
      @Column(meaning = "which parts of the network are its own and which are blind to places")
          String network,
      @Column(
              unit = "px",
              meaning = "number of black pixels on white; empty for the mean over these numbers")
          OptionalDouble pixels,
      @Column(
              unit = "logit",
              meaning =
                  "their cost in the innermost zone minus that in the outermost one; above 0,"
                      + " the middle is closed")
          double contrast,
      @Column(unit = "logit", meaning = "lower end of its 95 % interval over draws") double ciLow,
      @Column(unit = "logit") double ciHigh,
      @Column(
              unit = "share",
              meaning =
                  "mean change of the logit by pixels at all places, as a share of that in"
                      + " the unchanged network: the gain check")
          OptionalDouble gain,
      @Column(meaning = "number of draws") int draws) {
    public static final String FILE = "parts.csv";
    public static final Table<PartRow> TABLE = Table.of(PartRow.class, FILE);

    /** Whether it is over all numbers of pixels. */
    public boolean isMean() {
      return pixels.isEmpty();
    }

    /** The mean and each dose of every variant, then the network averaged over rolls. */
    public static List<PartRow> of(PartShares shares, RandomGenerator random) {
      List<PartRow> rows = new ArrayList<>();
      for (Variant variant : Variant.values()) {
        add(rows, variant.label(), shares.response(variant), shares, random);
      }
      shares.others().forEach((name, response) -> add(rows, name, response, shares, random));
      rows.add(
          row(ROLLED, OptionalDouble.empty(), shares.rolled(), OptionalDouble.empty(), random));
      return rows;
    }

    private static void add(
        List<PartRow> rows,
        String network,
        DoseResponse response,
        PartShares shares,
        RandomGenerator random) {
      OptionalDouble gain =
          OptionalDouble.of(PartShares.gain(response, shares.response(Variant.OWN)));
      rows.add(row(network, OptionalDouble.empty(), PartShares.contrast(response), gain, random));
      for (int dose = 0; dose < response.counts().size(); dose++) {
        OptionalDouble pixels = OptionalDouble.of(response.counts().get(dose));
        rows.add(row(network, pixels, response.contrast(dose), gain, random));
      }
    }

    private static PartRow row(
        String network,
        OptionalDouble pixels,
        double[] values,
        OptionalDouble gain,
        RandomGenerator random) {
      Interval interval = Bootstrap.standard().mean(values, random);
      return new PartRow(
          network,
          pixels,
          Samples.Summary.of(values).mean(),
          interval.low(),
          interval.high(),
          gain,
          values.length);
    }
  }

  /** A row of {@value #FILE}: the Shapley value of a part. */
  public record PartShareRow(
      @Column(
              meaning =
                  "padding, head, other operations (such as an embedding of places), or what is"
                      + " left when all are blind")
          String part,
      @Column(
              unit = "logit",
              meaning =
                  "its Shapley value: what it adds to the contrast, with and without the others")
          double contrast,
      @Column(unit = "logit", meaning = "lower end of its 95 % interval over draws") double ciLow,
      @Column(unit = "logit") double ciHigh,
      @Column(
              unit = "share",
              meaning =
                  "as a share of the contrast minus that of the network averaged over all"
                      + " rolls; empty where this difference may be 0")
          OptionalDouble share,
      @Column(unit = "share") OptionalDouble shareCiLow,
      @Column(unit = "share") OptionalDouble shareCiHigh,
      @Column(
              unit = "share",
              meaning =
                  "the share at equal gain: each network's contrast divided by its gain; empty"
                      + " where a network hardly answers")
          OptionalDouble equalGainShare,
      @Column(unit = "share") OptionalDouble equalGainCiLow,
      @Column(unit = "share") OptionalDouble equalGainCiHigh) {
    public static final String FILE = "part_shares.csv";
    public static final Table<PartShareRow> TABLE = Table.of(PartShareRow.class, FILE);

    public static List<PartShareRow> of(PartShares shares, RandomGenerator random) {
      List<PartShareRow> rows = new ArrayList<>();
      for (Part part : shares.parts()) {
        double[] values = shares.value(part);
        Interval interval = Bootstrap.standard().mean(values, random);
        Optional<Estimate> share = shares.share(part, random);
        Optional<Estimate> equal = shares.shareAtEqualGain(part, random);
        rows.add(
            new PartShareRow(
                part.label(),
                Samples.Summary.of(values).mean(),
                interval.low(),
                interval.high(),
                OptionalNumber.of(share, Estimate::value),
                OptionalNumber.of(share, s -> s.interval().low()),
                OptionalNumber.of(share, s -> s.interval().high()),
                OptionalNumber.of(equal, Estimate::value),
                OptionalNumber.of(equal, s -> s.interval().low()),
                OptionalNumber.of(equal, s -> s.interval().high())));
      }
      return rows;
    }
  }

  /**
   * A row of {@value #FILE}: what of the contrast goes when one place of the network is changed.
   */
  public record PartPlaceRow(
      @Column(
              meaning =
                  "what is changed: padding of a layer, a stage or a side made circular, or"
                      + " channels set to their values on white")
          String kind,
      @Column(meaning = "the layer, the stage, the side, or the layer and the number of channels")
          String place,
      @Column(
              unit = "logit",
              meaning = "the contrast with that change, mean over the numbers of pixels")
          double contrast,
      @Column(unit = "logit", meaning = "by how much this change lowers the contrast") double goes,
      @Column(unit = "logit", meaning = "lower end of its 95 % interval over draws") double ciLow,
      @Column(unit = "logit") double ciHigh,
      @Column(
              unit = "share",
              meaning = "as a share of the network's own contrast; empty where that may be 0")
          OptionalDouble share,
      @Column(unit = "share") OptionalDouble shareCiLow,
      @Column(unit = "share") OptionalDouble shareCiHigh,
      @Column(
              unit = "share",
              meaning =
                  "mean change of the logit by pixels anywhere, as a share of the network's own")
          double gain,
      @Column(
              unit = "logit",
              meaning =
                  "by how much the same change of equally many random channels lowers"
                      + " the contrast, mean over their draws")
          OptionalDouble random,
      @Column(
              unit = "probability",
              meaning =
                  "p of the difference, by sign flips over draws of pixels; padding: of the change"
                      + " itself; corrected (Holm) over the rows of the table")
          double pHolm) {
    public static final String FILE = "part_places.csv";
    public static final Table<PartPlaceRow> TABLE = Table.of(PartPlaceRow.class, FILE);
  }
}
