package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.MarkSearch.Group;
import org.whisker.diagnosis.MarkSearch.Mark;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.value.Text;

/** What of the photos a network does not read, and the marks in them that it reads instead. */
record PhotoCauses(Examined examined, Symptoms symptoms) {
  /** How much more than on average a network looks at a block where a mark may lie. */
  private static final double PEAK = 4;

  /** How much more than in other folders. */
  private static final double APART = 2.5;

  /** An effect of a mark, in its unit, that explains such a block. */
  private static final double SOME = 0.25;

  EvidenceRow unread(Cause cause) throws IOException {
    ReadPixels read =
        ReadPixels.of(examined.scene().pictures().get(0).canvas(), symptoms.maps().strongest());
    boolean crop = cause == Cause.CROP;
    List<UnreadRow> bands = new ArrayList<>(crop ? List.of() : read.missed());
    boolean crops = examined.network().flatMap(ReadPixels::cutter).isPresent();
    List<UnreadRow> cut = read.cut(crops);
    boolean leftOver = examined.network().isPresent() && !crops && ReadPixels.areBehind(cut);
    if (leftOver != crop) {
      bands.addAll(cut);
    }
    if (crop) {
      examined.sink().unread(read.bands());
    }
    if (bands.isEmpty()) {
      return examined
          .network()
          .filter(layers -> !crop)
          .flatMap(ReadPixels::skipped)
          .map(this::skipped)
          .orElseGet(() -> examined.exact(cause, 0, "", ""));
    }
    try (Classifier own = examined.subject().open()) {
      if (!read.isConfirmed(own, examined.scene().pictures().subList(0, Examined.FEWER))) {
        return examined.exact(cause, 0, "", "derivatives are 0 there, but the logits change");
      }
    }
    String layer =
        examined
            .network()
            .flatMap(
                layers ->
                    crop
                        ? ReadPixels.cutter(layers)
                        : ReadPixels.skipped(layers).map(ReadPixels.Skipped::layer))
            .map(name -> "layer " + name + ", ")
            .orElse("");
    return examined.exact(cause, read.share(bands), layer + ReadPixels.text(bands), "");
  }

  /** All pixels are read, but a part of a map behind them is not. */
  private EvidenceRow skipped(ReadPixels.Skipped skipped) {
    return examined.exact(
        Cause.MISSED,
        skipped.share(),
        Text.of(
            "layer %s, which leaves out %.0f %% of its map",
            skipped.layer(), 100 * skipped.share()),
        "");
  }

  EvidenceRow mark() throws IOException {
    List<Group> groups =
        examined.scene().folders().stream()
            .map(folder -> new Group(folder.name(), folder.photos()))
            .toList();
    if (groups.isEmpty()) {
      return EvidenceRow.untested(Cause.MARK.label(), CauseRow.NO_PHOTOS);
    }
    if (groups.stream().noneMatch(group -> group.photos().size() >= Effect.FEWEST)) {
      return EvidenceRow.untested(Cause.MARK.label(), "no folder has " + Effect.FEWEST + " photos");
    }
    try (Classifier own = examined.subject().open()) {
      MarkSearch search = new MarkSearch(own);
      List<Mark> marks = search.of(groups);
      examined.sink().marks(marks.stream().map(Mark::row).toList());
      Optional<EvidenceRow> peak = peak(search, groups, marks);
      if (peak.isPresent()) {
        return peak.get();
      } else if (marks.isEmpty()) {
        return examined.exact(Cause.MARK, 0, "", "no part near the border is alike in the photos");
      }
      Mark first = marks.get(0);
      return examined.row(
          Cause.MARK,
          marks.stream().map(Mark::effect).toList(),
          "photos of " + first.group().name() + ", " + text(first.row()) + more(marks),
          "");
    }
  }

  /**
   * The block of photos that the network looks at far more than at that of other folders, where no
   * mark was found that does much. What lies there may be what the photos are of, so that neither
   * verdict is shown. Empty where there is no such block.
   */
  private Optional<EvidenceRow> peak(MarkSearch search, List<Group> groups, List<Mark> marks)
      throws IOException {
    Optional<OwnMaps.ByClass> maps = symptoms.classMaps();
    if (maps.isEmpty()
        || marks.stream().anyMatch(mark -> mark.effect().estimate().value() >= SOME)) {
      return Optional.empty();
    }
    List<ClassMapRow> rows = maps.get().rows();
    return IntStream.range(0, rows.size())
        .filter(i -> maps.get().medians().get(i) >= PEAK / 2)
        .mapToObj(rows::get)
        .filter(row -> row.peak() >= PEAK && row.peak() >= APART * row.others())
        .max(Comparator.comparingDouble(row -> row.peak() / row.others()))
        .map(row -> peak(search.at(groups, row), row));
  }

  private EvidenceRow peak(Mark mark, ClassMapRow row) {
    return Examined.undecided(
        examined.row(Cause.MARK, mark.effect(), "", ""),
        Text.of(
            "in photos of %s the network looks at %s %.1f times as much as on average,"
                + " in others %.1f times; look what lies there",
            row.group(), text(mark.row()), row.peak(), row.others()));
  }

  /** How many other places of these photos have a mark that does as much as makes it a cause. */
  private static String more(List<Mark> marks) {
    String group = marks.get(0).group().name();
    long more =
        marks.stream()
            .skip(1)
            .filter(mark -> mark.group().name().equals(group))
            .filter(mark -> mark.effect().estimate().value() > Cause.MARK.threshold())
            .count();
    return more == 0 ? "" : " and " + more + " more";
  }

  private static String text(MarkRow mark) {
    return "columns "
        + mark.left()
        + " to "
        + (mark.left() + mark.width() - 1)
        + ", rows "
        + mark.top()
        + " to "
        + (mark.top() + mark.height() - 1);
  }
}
