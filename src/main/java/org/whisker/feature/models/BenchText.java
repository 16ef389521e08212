package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.command.TextTable;

/** Speeds for the terminal. */
final class BenchText {
  private BenchText() {}

  /** A row a model. */
  static String of(List<BenchResult> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "MODEL",
            "FLOAT32 img/s",
            "BFLOAT16 img/s",
            "BFLOAT16 / FLOAT32",
            "EVOLUTION IN",
            "BARE img/s",
            "EVOLUTION img/s",
            "EVOLUTION / BARE",
            "A COPY A CORE / ONE"));
    all.forEach(each -> rows.add(row(each)));
    return TextTable.of(rows);
  }

  /** A row a precision. */
  static String against(List<AgainstResult> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "MODEL",
            "IN",
            "img/s",
            "AGAINST",
            "IN",
            "img/s",
            "RATIO",
            "GREATEST DIFFERENCE OF LOGITS"));
    for (AgainstResult each : all) {
      rows.add(
          List.of(
              each.model(),
              each.precision().label(),
              rate(each.rates().compared()),
              each.against(),
              each.other().label(),
              rate(each.rates().reference()),
              ratio(each.rates()),
              String.format(Locale.ROOT, "%.2g", each.difference())));
    }
    return TextTable.of(rows);
  }

  private static List<String> row(BenchResult bench) {
    return List.of(
        bench.card().name(),
        rate(bench.precisions().reference()),
        rate(bench.precisions().compared()),
        ratio(bench.precisions()),
        bench.precision().label(),
        rate(bench.evolution().reference()),
        rate(bench.evolution().compared()),
        ratio(bench.evolution()),
        bench.copies().map(BenchText::ratio).orElse("\u2013"));
  }

  private static String rate(List<Double> rates) {
    return String.format(Locale.ROOT, "%.1f", PairedRates.median(rates));
  }

  private static String ratio(PairedRates rates) {
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f, %d pairs)",
        rates.medianRatio(),
        rates.leastRatio(),
        rates.greatestRatio(),
        rates.ratios().size());
  }
}
