package org.whisker.saliency.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.saliency.MethodAgreement;

/**
 * The tests of maps for faithfulness, as tables. Logits are of not-cat.
 *
 * @param maps {@code faithfulness.csv}, one row per image and method
 * @param curves {@code curves.csv}, one row per point of a deletion or insertion curve
 * @param randomisation {@code randomisation.csv}, one row per map and randomised network
 * @param agreement {@code agreement.csv}, one row per image and pair of methods
 */
public record FaithfulnessTables(
    List<FaithfulnessRow> maps,
    List<CurveRow> curves,
    List<RandomisationRow> randomisation,
    List<AgreementRow> agreement) {
  /** The name of the table that has one row per map. */
  public static final String MAPS = "faithfulness.csv";

  /** The name of the table of deletion and insertion. */
  public static final String CURVES = "curves.csv";

  /** The name of the table of randomised networks. */
  public static final String RANDOMISATION = "randomisation.csv";

  /** The name of the table that compares methods. */
  public static final String AGREEMENT = "agreement.csv";

  public FaithfulnessTables {
    maps = List.copyOf(maps);
    curves = List.copyOf(curves);
    randomisation = List.copyOf(randomisation);
    agreement = List.copyOf(agreement);
  }

  /** The tables of these maps, which are grouped by image. */
  public static FaithfulnessTables of(List<TestedMap> tested) {
    List<FaithfulnessRow> maps = new ArrayList<>();
    List<AgreementRow> pairs = new ArrayList<>();
    for (List<TestedMap> ofOne : byPicture(tested).values()) {
      MethodAgreement agreement =
          MethodAgreement.of(ofOne.stream().map(each -> each.map().map()).toList());
      ofOne.forEach(map -> maps.add(FaithfulnessRow.of(map, agreement)));
      pairs.addAll(AgreementRow.of(ofOne.get(0).map().picture().name(), agreement));
    }
    return new FaithfulnessTables(
        maps,
        tested.stream().flatMap(map -> CurveRow.of(map).stream()).toList(),
        tested.stream().flatMap(map -> RandomisationRow.of(map).stream()).toList(),
        pairs);
  }

  private static Map<ExplainedPicture, List<TestedMap>> byPicture(List<TestedMap> maps) {
    Map<ExplainedPicture, List<TestedMap>> pictures = new LinkedHashMap<>();
    for (TestedMap map : maps) {
      pictures.computeIfAbsent(map.map().picture(), p -> new ArrayList<>()).add(map);
    }
    return pictures;
  }

  /** Writes all four tables. */
  public void write(Path folder) throws IOException {
    FaithfulnessRow.TABLE.write(folder.resolve(MAPS), maps);
    CurveRow.TABLE.write(folder.resolve(CURVES), curves);
    RandomisationRow.TABLE.write(folder.resolve(RANDOMISATION), randomisation);
    AgreementRow.TABLE.write(folder.resolve(AGREEMENT), agreement);
  }

  /**
   * Reads all four tables; empty when the maps of the folder were not tested.
   *
   * @throws IOException naming file and line when a table is missing or can't be read
   */
  public static Optional<FaithfulnessTables> read(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(MAPS))) {
      return Optional.empty();
    }
    return Optional.of(
        new FaithfulnessTables(
            FaithfulnessRow.TABLE.read(folder.resolve(MAPS)),
            CurveRow.TABLE.read(folder.resolve(CURVES)),
            RandomisationRow.TABLE.read(folder.resolve(RANDOMISATION)),
            AgreementRow.TABLE.read(folder.resolve(AGREEMENT))));
  }

  /** The images whose maps were tested. */
  public List<String> images() {
    return maps.stream().map(FaithfulnessRow::image).distinct().toList();
  }

  /** The rows of one image. */
  public FaithfulnessTables of(String image) {
    return new FaithfulnessTables(
        maps.stream().filter(row -> row.image().equals(image)).toList(),
        curves.stream().filter(row -> row.image().equals(image)).toList(),
        randomisation.stream().filter(row -> row.image().equals(image)).toList(),
        agreement.stream().filter(row -> row.image().equals(image)).toList());
  }
}
