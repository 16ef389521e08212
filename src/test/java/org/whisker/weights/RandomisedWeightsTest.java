package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;

class RandomisedWeightsTest {
  private static final Network NETWORK =
      Vgg16.of(
          new Vgg16.Options(new FeatureShape(1, 32, 32), 0.1, true, new Vgg16.Head.Pooled(0.1), 1));
  private static final Weights TRAINED = new FormulaWeights(NETWORK.parameters(), 3);

  private static List<String> changed(Weights weights, Weights from) {
    return NETWORK.parameters().stream()
        .map(Parameter::name)
        .filter(name -> !weights.floats(name).equals(from.floats(name)))
        .toList();
  }

  @Test
  void listsConvolutionsAndLinearLayersFromTheOutputDown() {
    List<String> layers = InitialWeights.layers(NETWORK);
    assertEquals(14, layers.size());
    assertEquals(List.of("classifier", "features.40"), layers.subList(0, 2));
    assertEquals("features.0", layers.get(13));
  }

  @Test
  void drawsTheLastLayersWithTheirNorms() {
    assertTrue(
        changed(InitialWeights.randomisedWeights(NETWORK, TRAINED, 0, 5), TRAINED).isEmpty());
    assertEquals(
        List.of(
            "features.40.weight",
            "features.40.bias",
            "features.41.weight",
            "features.41.bias",
            "features.41.running_mean",
            "features.41.running_var",
            "classifier.weight",
            "classifier.bias"),
        changed(InitialWeights.randomisedWeights(NETWORK, TRAINED, 2, 5), TRAINED));
  }

  @Test
  void oneLayerMoreLeavesTheOthersAsTheyWere() {
    Weights three = InitialWeights.randomisedWeights(NETWORK, TRAINED, 3, 5);
    Weights two = InitialWeights.randomisedWeights(NETWORK, TRAINED, 2, 5);
    assertTrue(changed(three, two).stream().allMatch(n -> n.matches("features\\.3[78]\\..*")));
    assertEquals(6, changed(three, two).size());
  }

  @Test
  void allOfThemMakeAnUntrainedNetwork() {
    Weights all = InitialWeights.randomisedWeights(NETWORK, TRAINED, 14, 5);
    assertTrue(changed(all, InitialWeights.of(NETWORK.parameters(), 5)).isEmpty());
    assertTrue(
        changed(all, InitialWeights.randomisedWeights(NETWORK, TRAINED, 14, 6))
            .contains("classifier.weight"));
  }

  @Test
  void refusesMoreLayersThanThereAre() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> InitialWeights.randomisedWeights(NETWORK, TRAINED, 15, 5))
            .getMessage();
    assertEquals("vgg16 has 14 layers with weights, cannot randomise 15", message);
    assertThrows(
        IllegalArgumentException.class,
        () -> InitialWeights.randomisedWeights(NETWORK, TRAINED, -1, 5));
  }
}
