package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.io.CsvWriter;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.saliency.faithfulness.MaxSensitivity;
import org.whisker.saliency.faithfulness.ParameterRandomisation;

/**
 * Whether maps can be believed, as tables. Logits are of not-cat.
 *
 * <ul>
 *   <li>{@code faithfulness.csv}: a row a picture and method; what cannot be asked of a map is
 *       empty
 *   <li>{@code curves.csv}: deletion and insertion, point by point, with where 95 % of random
 *       orders lie
 *   <li>{@code randomisation.csv}: how alike the maps of networks are whose layers were randomised
 *       from the logit down
 *   <li>{@code agreement.csv}: Spearman's rho between each two methods' maps of a picture
 * </ul>
 */
public final class FaithfulnessFiles {
  public static final String TABLE = "faithfulness.csv";
  private static final List<String> HEADER =
      List.of(
          "image",
          "method",
          "order",
          "deletion_auc_logit",
          "deletion_random_low",
          "deletion_random_high",
          "deletion_p",
          "deletion_auc_p_cat",
          "insertion_auc_logit",
          "insertion_random_low",
          "insertion_random_high",
          "insertion_p",
          "insertion_auc_p_cat",
          "infidelity",
          "infidelity_se",
          "infidelity_of_zero_map",
          "infidelity_scale",
          "infidelity_scaled",
          "max_sensitivity",
          "max_sensitivity_relative",
          "rho_logit_layer_randomised",
          "rho_all_layers_randomised",
          "mean_rho_other_methods");
  private static final List<String> CURVES =
      List.of(
          "image",
          "method",
          "curve",
          "pixels",
          "share",
          "logit",
          "logit_random_low",
          "logit_random_high",
          "p_cat",
          "p_cat_random_low",
          "p_cat_random_high");

  private FaithfulnessFiles() {}

  /** Writes all four tables. */
  public static void write(Path folder, List<TestedMap> maps) throws IOException {
    Map<ExplainedPicture, MethodAgreement> agreement = new LinkedHashMap<>();
    byPicture(maps).forEach((picture, of) -> agreement.put(picture, agreement(of)));
    table(folder.resolve(TABLE), maps, agreement);
    curves(folder.resolve("curves.csv"), maps);
    randomisation(folder.resolve("randomisation.csv"), maps);
    agreement(folder.resolve("agreement.csv"), agreement);
  }

  /** In the order in which they come. */
  public static Map<ExplainedPicture, List<TestedMap>> byPicture(List<TestedMap> maps) {
    Map<ExplainedPicture, List<TestedMap>> pictures = new LinkedHashMap<>();
    for (TestedMap map : maps) {
      pictures.computeIfAbsent(map.map().picture(), p -> new ArrayList<>()).add(map);
    }
    return pictures;
  }

  public static MethodAgreement agreement(List<TestedMap> ofOnePicture) {
    return MethodAgreement.of(ofOnePicture.stream().map(each -> each.map().map()).toList());
  }

  private static void table(
      Path file, List<TestedMap> maps, Map<ExplainedPicture, MethodAgreement> agreement)
      throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, HEADER)) {
      for (TestedMap tested : maps) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(tested.map().picture().name());
        cells.add(tested.map().method());
        cells.add(order(tested));
        addCurve(cells, tested.faithfulness().causal().map(DeletionInsertion::deletion));
        addCurve(cells, tested.faithfulness().causal().map(DeletionInsertion::insertion));
        addInfidelity(cells, tested.faithfulness().infidelity());
        Optional<MaxSensitivity> sensitivity = tested.faithfulness().sensitivity();
        cells.add(sensitivity.map(MaxSensitivity::largest).orElse(null));
        cells.add(sensitivity.map(MaxSensitivity::relative).orElse(OptionalDouble.empty()));
        cells.add(rho(tested, true));
        cells.add(rho(tested, false));
        cells.add(meanAgreement(tested, agreement.get(tested.map().picture())));
        csv.row(cells.toArray());
      }
      csv.finish();
    }
  }

  private static String order(TestedMap tested) {
    return tested.faithfulness().order() == DeletionInsertion.Order.TOWARDS_CAT
        ? "towards cat first"
        : "strongest first";
  }

  private static void addCurve(List<@Nullable Object> cells, Optional<CausalCurve> curve) {
    Optional<CausalCurve.Series> logit = curve.map(CausalCurve::logit);
    cells.add(logit.map(CausalCurve.Series::auc).orElse(null));
    cells.add(logit.map(s -> s.randomAuc().low()).orElse(null));
    cells.add(logit.map(s -> s.randomAuc().high()).orElse(null));
    cells.add(logit.map(CausalCurve.Series::p).orElse(null));
    cells.add(curve.map(c -> c.cat().auc()).orElse(null));
  }

  private static void addInfidelity(List<@Nullable Object> cells, Optional<Infidelity> of) {
    cells.add(of.map(Infidelity::value).orElse(null));
    cells.add(of.map(Infidelity::standardError).orElse(null));
    cells.add(of.map(Infidelity::ofZeroMap).orElse(null));
    cells.add(of.map(Infidelity::scale).orElse(OptionalDouble.empty()));
    cells.add(of.map(Infidelity::scaled).orElse(null));
  }

  /** Of |value|, with the first layer or all randomised. */
  public static OptionalDouble rho(TestedMap tested, boolean first) {
    List<ParameterRandomisation.Step> steps =
        tested.randomised().map(ParameterRandomisation::steps).orElse(List.of());
    return steps.isEmpty()
        ? OptionalDouble.empty()
        : steps.get(first ? 0 : steps.size() - 1).absolute();
  }

  private static OptionalDouble meanAgreement(
      TestedMap tested, @Nullable MethodAgreement agreement) {
    if (agreement == null) {
      return OptionalDouble.empty();
    }
    int own = agreement.methods().indexOf(tested.map().method());
    List<OptionalDouble> row = agreement.absolute().get(own);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < row.size(); i++) {
      if (i != own && row.get(i).isPresent()) {
        sum += row.get(i).getAsDouble();
        count++;
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  private static void curves(Path file, List<TestedMap> maps) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, CURVES)) {
      for (TestedMap tested : maps) {
        Optional<DeletionInsertion> causal = tested.faithfulness().causal();
        if (causal.isPresent()) {
          curve(csv, tested, "deletion", causal.get().deletion());
          curve(csv, tested, "insertion", causal.get().insertion());
        }
      }
      csv.finish();
    }
  }

  private static void curve(CsvWriter csv, TestedMap tested, String name, CausalCurve curve)
      throws IOException {
    for (int i = 0; i < curve.pixels().size(); i++) {
      csv.row(
          tested.map().picture().name(),
          tested.map().method(),
          name,
          curve.pixels().get(i),
          curve.share(i),
          curve.logit().values().get(i),
          curve.logit().random().get(i).low(),
          curve.logit().random().get(i).high(),
          curve.cat().values().get(i),
          curve.cat().random().get(i).low(),
          curve.cat().random().get(i).high());
    }
  }

  private static void randomisation(Path file, List<TestedMap> maps) throws IOException {
    List<String> header =
        List.of("image", "method", "step", "last_layer", "rho_absolute", "rho_signed");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (TestedMap tested : maps) {
        int step = 0;
        for (ParameterRandomisation.Step each :
            tested.randomised().map(ParameterRandomisation::steps).orElse(List.of())) {
          csv.row(
              tested.map().picture().name(),
              tested.map().method(),
              ++step,
              each.layer(),
              each.absolute(),
              each.signed());
        }
      }
      csv.finish();
    }
  }

  private static void agreement(Path file, Map<ExplainedPicture, MethodAgreement> all)
      throws IOException {
    List<String> header = List.of("image", "method_a", "method_b", "rho_absolute", "rho_signed");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (Map.Entry<ExplainedPicture, MethodAgreement> of : all.entrySet()) {
        MethodAgreement agreement = of.getValue();
        for (int a = 0; a < agreement.methods().size(); a++) {
          for (int b = a + 1; b < agreement.methods().size(); b++) {
            csv.row(
                of.getKey().name(),
                agreement.methods().get(a),
                agreement.methods().get(b),
                agreement.absolute().get(a).get(b),
                agreement.signed().get(a).get(b));
          }
        }
      }
      csv.finish();
    }
  }
}
