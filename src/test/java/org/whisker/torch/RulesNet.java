package org.whisker.torch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.weights.FormulaWeights;

/** The network of rules/make_rules.py, and the maps that Captum and Zennit give of it. */
final class RulesNet {
  static final Canvas CANVAS = Canvas.square(24);
  static final String LAYER = "features.6";
  private static final long SEED = FormulaWeights.REFERENCE_SEED;

  private RulesNet() {}

  static Network network() {
    FeatureShape in = new FeatureShape(3, CANVAS.height(), CANVAS.width());
    Window three = Window.square(3, 1, 1);
    Map<String, Layer> layers = new LinkedHashMap<>();
    layers.put("input", new Layer.Input(in));
    layers.put("features.0", new Layer.Conv(3, 8, three, true));
    layers.put("features.1", Activation.relu());
    layers.put("features.2", new Layer.MaxPool(Window.square(2, 2, 0)));
    layers.put("features.3", new Layer.Conv(8, 12, three, true));
    layers.put("features.4", Activation.relu());
    layers.put("features.5", new Layer.Conv(12, 12, three, true));
    layers.put("features.6", Activation.relu());
    layers.put("features.7", new Layer.MaxPool(Window.square(2, 2, 0)));
    layers.put("flatten", new Layer.Flatten());
    layers.put("classifier.0", new Layer.Linear(12 * 36, 16));
    layers.put("classifier.1", Activation.of(Activation.Kind.TANH));
    layers.put("classifier.2", new Layer.Linear(16, 1));
    List<Node> nodes = new ArrayList<>();
    layers.forEach(
        (name, layer) -> {
          int before = nodes.size() - 1;
          nodes.add(
              before < 0
                  ? new Node(name, layer, List.of(), in)
                  : new Node(
                      name,
                      layer,
                      List.of(before),
                      layer.output(List.of(nodes.get(before).shape()))));
        });
    return new Network("rules", nodes, Map.of("block2", 7), Padding.ZERO);
  }

  static TorchClassifier classifier(Precision precision) {
    Network network = network();
    return new TorchClassifier(
        network.name(),
        network,
        new FormulaWeights(network.parameters(), SEED),
        new Preprocessing(List.of(0.5f), List.of(0.25f)),
        TorchClassifier.Settings.cpu(precision));
  }

  static GrayImage picture() {
    return new GrayImage(CANVAS, FormulaWeights.input(1, CANVAS.height(), CANVAS.width(), SEED));
  }

  /** A map that was made by another tool. */
  static float[] reference(String name) throws IOException {
    return reference("rules.json", name);
  }

  static float[] reference(String file, String name) throws IOException {
    try (InputStream in = RulesNet.class.getResourceAsStream("rules/" + file)) {
      JsonNode values = new ObjectMapper().readTree(in).path(name);
      float[] map = new float[values.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = (float) values.get(i).asDouble();
      }
      return map;
    }
  }
}
