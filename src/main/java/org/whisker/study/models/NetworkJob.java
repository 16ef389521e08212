package org.whisker.study.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.classifier.ModelStore;
import org.whisker.image.Canvas;
import org.whisker.io.JsonFile;
import org.whisker.network.Network;
import org.whisker.network.Padding;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.OutputFolder;
import org.whisker.study.Provenance;
import org.whisker.study.WhiskerVersion;
import org.whisker.table.model.FoveationTables;
import org.whisker.table.model.LayerRow;

/**
 * Derives layers, receptive fields and path counts from the graph of a network, without running it,
 * and measures the effective receptive field of a layer where it is asked to.
 */
public final class NetworkJob {
  private final NetworkConfig config;
  private final JobContext context;
  private final ModelStore store;

  public NetworkJob(NetworkConfig config, JobContext context) {
    this.config = config;
    this.context = context;
    this.store = new ModelStore(context.home().models());
  }

  /**
   * What was derived, and written to the folder.
   *
   * @param layer position of the layer that paths are counted to
   * @param layers a row a layer
   * @param foveation a padding each
   * @param leftOut paddings that the network can't have, a line each with the reason
   * @param fields effective receptive fields by {@code trained} and {@code untrained}; empty where
   *     none were measured
   */
  public record Result(
      Path folder,
      Network network,
      int layer,
      List<LayerRow> layers,
      List<PaddingFoveation> foveation,
      List<String> leftOut,
      Map<String, EffectiveReceptiveField> fields) {}

  /**
   * Writes {@code layers.csv}, the tables of {@link FoveationTables} and, if measured, {@code
   * receptive_field.csv} with its maps.
   *
   * @throws InvalidRequestException for a network, layer or padding that there is not
   */
  public Result run() throws IOException {
    NetworkChoice choice = NetworkChoice.of(store, config.network());
    Network network = choice.network();
    int layer =
        config
            .layer()
            .map(name -> InvalidRequestException.check(() -> network.position(name)))
            .orElseGet(network::lastFeatureMap);
    InvalidRequestException.refuse(
        config.gradientImages() > 0 && choice.card().isEmpty(),
        "--gradient needs a model with weights; the published " + config.network() + " has none");
    List<String> leftOut = new ArrayList<>();
    List<PaddingFoveation> foveation = foveation(network, layer, leftOut);
    Path folder =
        OutputFolder.create(
            config.out(), context.home().analyses(), "network-" + choice.name(), context.clock());
    List<LayerRow> layers = NetworkLayers.of(network);
    LayerRow.TABLE.write(folder.resolve(LayerRow.FILE), layers);
    tables(network, foveation).write(folder);
    JsonFile.write(folder.resolve("manifest.json"), manifest(choice, layer, foveation));
    Map<String, EffectiveReceptiveField> fields = fields(network, layer);
    if (!fields.isEmpty()) {
      EffectiveFields.write(folder, fields);
    }
    context.listener().tablesWritten(folder);
    return new Result(folder, network, layer, layers, foveation, leftOut, fields);
  }

  private Map<String, EffectiveReceptiveField> fields(Network network, int layer)
      throws IOException {
    return config.gradientImages() == 0
        ? Map.of()
        : new EffectiveFields(store.open(config.network()), network, layer, config.gradientImages())
            .measure();
  }

  /** All paddings that the network can have, or exactly those asked for. */
  private List<PaddingFoveation> foveation(Network network, int layer, List<String> leftOut) {
    Set<Padding> asked = config.paddings();
    List<PaddingFoveation> all = new ArrayList<>();
    for (Padding padding : asked.isEmpty() ? EnumSet.allOf(Padding.class) : asked) {
      try {
        all.add(PaddingFoveation.of(network, layer, padding));
      } catch (IllegalArgumentException e) {
        InvalidRequestException.refuse(
            !asked.isEmpty(), "--padding " + padding.label() + ": " + e.getMessage());
        leftOut.add("left out " + padding.label() + ": " + e.getMessage());
      }
    }
    return all;
  }

  private static FoveationTables tables(Network network, List<PaddingFoveation> foveation) {
    Map<String, double[]> maps = new LinkedHashMap<>();
    foveation.forEach(each -> maps.put(each.padding().label(), each.foveation().relative()));
    return FoveationTables.of(new Canvas(network.input().width(), network.input().height()), maps);
  }

  private Map<String, Object> manifest(
      NetworkChoice choice, int layer, List<PaddingFoveation> foveation) {
    Network network = choice.network();
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("command", "network show");
    manifest.put("created", context.clock().instant().toString());
    manifest.put("network", choice.name());
    manifest.put("architecture", network.name());
    choice.card().ifPresent(card -> manifest.put("sha256", card.weights().sha256()));
    manifest.put("input", network.input().toString());
    manifest.put("own_padding", network.padding().label());
    manifest.put("paddings", foveation.stream().map(each -> each.padding().label()).toList());
    manifest.put("layer", network.nodes().get(layer).name());
    manifest.put("gradient_pictures", config.gradientImages());
    manifest.put("whisker", WhiskerVersion.get());
    Provenance.asked(manifest, context.asked());
    return manifest;
  }
}
